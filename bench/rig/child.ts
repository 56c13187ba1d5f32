import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ChildSettings {
  /** What runs the file; this Node. */
  readonly program?: string;
  /** What Node is started with. */
  readonly nodeFlags?: readonly string[];
  /** The file to run, from the checkout's root. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where to leave a `.cpuprofile` when it ends. */
  readonly profileInto?: string | undefined;
}

const root = new URL('../../../', import.meta.url);
const START_MS = 60_000;
const STOP_MS = 30_000;

const running = new Set<Child>();

/** Ends every process that is still there, by its id: for the way out of a failure. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()));
}

/** A process of ours, known by its id. */
export class Child {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #said: string[] = [];
  #heard: (() => void)[] = [];

  constructor(private readonly settings: ChildSettings) {
    const { program = process.execPath, nodeFlags = [], file, args = [], env = {}, profileInto } = settings;
    const profiled = profileInto === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileInto}`];
    this.#process = spawn(program, [...nodeFlags, ...profiled, fileURLToPath(new URL(file, root)), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    });
    this.#ended = new Promise((resolve) => {
      this.#process.once('exit', resolve);
      this.#process.once('error', resolve);
    });
    void this.#ended.then(() => {
      running.delete(this);
      this.#tell();
    });
    running.add(this);
    this.#listen();
  }

  get pid(): number {
    return this.#process.pid ?? NaN;
  }

  get hasEnded(): boolean {
    const { pid, exitCode, signalCode } = this.#process;
    return pid === undefined || exitCode !== null || signalCode !== null;
  }

  /** The first group of `pattern` in the first line that has it. Throws where the process ends before it says so. */
  async says(pattern: RegExp): Promise<string> {
    const deadline = Date.now() + START_MS;
    for (;;) {
      for (const line of this.#said) {
        const found = pattern.exec(line)?.[1];
        if (found !== undefined) return found;
      }
      if (this.hasEnded || Date.now() > deadline) throw new Error(this.lastWords(`never said ${String(pattern)}`));
      await this.#nextLine();
    }
  }

  /** Throws where it is no longer there. */
  mustRun(): void {
    if (this.hasEnded) throw new Error(this.lastWords('ended'));
  }

  lastWords(what: string): string {
    return `${this.settings.file} ${what}; its last lines:\n${this.#said.slice(-12).join('\n')}`;
  }

  /** The most resident memory that it ever had, in MB of 2^20 bytes; NaN where the system does not tell. */
  async peakMemory(): Promise<number> {
    const status = await readFile(`/proc/${String(this.#process.pid)}/status`, 'utf8').catch(() => '');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) / 1024;
  }

  /** Asks it to end; one that does not is killed. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.#process.kill('SIGTERM');
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS);
    await this.#ended;
    clearTimeout(kill);
  }

  #listen(): void {
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        this.#said.push(line);
        if (this.#said.length > 200) this.#said.shift();
        this.#tell();
      });
    }
  }

  #tell(): void {
    for (const heard of this.#heard.splice(0)) heard();
  }

  #nextLine(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1_000);
      this.#heard.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
