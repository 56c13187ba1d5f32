/** What a command printed, on either stream, and its exit code. */
export interface Printed {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Runs `peyk …` in this process and in its directory. */
export async function runCommand(command: readonly string[]): Promise<Printed> {
  const main = await commandLine();
  const texts: string[] = [];
  const { log, error } = console;
  const write = process.stdout.write.bind(process.stdout);
  const listening = process.listeners('SIGINT');
  const keep = (text: string): number => texts.push(`${text}\n`);
  Object.assign(console, { log: keep, error: keep });
  process.stdout.write = (text: string | Uint8Array) => texts.push(String(text)) > 0;
  try {
    const code = await main(['node', 'peyk', ...command]);
    return { code, lines: texts.join('').split('\n') };
  } finally {
    Object.assign(console, { log, error });
    process.stdout.write = write;
    for (const added of process.listeners('SIGINT')) if (!listening.includes(added)) process.off('SIGINT', added);
  }
}

/** The module runs what the process was called with when it is loaded: here that asks for nothing. */
async function commandLine(): Promise<(argv: readonly string[]) => Promise<number>> {
  const { argv, exitCode } = process;
  process.argv = ['node', 'peyk', 'help', 'check'];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = () => true;
  try {
    return (await import('../../src/cli/main.js')).main;
  } finally {
    process.argv = argv;
    process.exitCode = exitCode;
    process.stdout.write = write;
  }
}
