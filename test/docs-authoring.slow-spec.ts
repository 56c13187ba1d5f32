import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stepsOf, type GuideStep, type Slip } from './given/guide.js';
import { runCommand, type Printed } from './given/command.js';

const checkout = process.cwd();
let shop: string;

/** A checkout as its reader has it. */
beforeEach(async () => {
  shop = await mkdtemp(path.join(tmpdir(), 'peyk-guide-'));
  for (const directory of ['journeys', 'templates'])
    await cp(directory, path.join(shop, directory), { recursive: true });
  process.chdir(shop);
});

afterEach(async () => {
  process.chdir(checkout);
  await rm(shop, { recursive: true, force: true });
});

const guides = ['docs/authoring.md', 'docs/fa/authoring.md'].map((page) => [page, stepsOf(page)] as const);

describe('a reader of the guide for authors', () => {
  it.each(guides)(
    'gets from nothing to a tested journey: %s',
    async (page, steps) => {
      let printed: Printed = { code: 0, lines: [] };
      for (const step of steps) printed = await take(step, printed, `${page}:${String(step.line)}`);
      expect(steps.filter(({ kind }) => kind === 'runs').length).toBeGreaterThan(5);
    },
    180_000,
  );
});

/** Answers what the last command printed. */
async function take(step: GuideStep, printed: Printed, place: string): Promise<Printed> {
  switch (step.kind) {
    case 'writes':
      await write(step.file, step.text);
      return printed;
    case 'runs': {
      const ran = await runCommand(step.command);
      expect({ place, command: step.command, ...ran }).toMatchObject({ code: step.fails ? 1 : 0 });
      return ran;
    }
    case 'sees':
      expect({ place, missing: missingFrom(printed.lines, step.lines), printed: printed.lines }).toMatchObject({
        missing: [],
      });
      return printed;
    case 'errs':
      for (const slip of step.slips) await slipAndMend(step, slip, place);
      return printed;
  }
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Without the marks that keep Persian and Latin apart on a terminal. */
function visible(line: string): string {
  return line.replace(/[\u2066-\u2069]/g, '').trim();
}

/** Lines that do not come, or not in this order. */
function missingFrom(printed: readonly string[], lines: readonly string[]): readonly string[] {
  const rest = [...printed];
  return lines.filter((line) => {
    const found = rest.findIndex((one) => visible(one) === line.trim());
    if (found >= 0) rest.splice(0, found + 1);
    return found < 0;
  });
}

async function slipAndMend(
  { file, lang }: { file: string; lang: string },
  { written, message }: Slip,
  place: string,
): Promise<void> {
  const text = await readFile(file, 'utf8');
  const number = Number(/^[^:]+:(\d+):/.exec(message)?.[1]);
  const lines = text.split('\n');
  const line = lines[number - 1] ?? '';
  const slipped = lines.with(number - 1, `${/^\s*/.exec(line)?.[0] ?? ''}${written}`).join('\n');
  await writeFile(file, slipped);
  const { lines: printed } = await runCommand(['check', '--lang', lang]);
  await writeFile(file, text);
  expect({ place, written, printed, isTold: printed.map(visible).includes(message) }).toMatchObject({ isTold: true });
}
