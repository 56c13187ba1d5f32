import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { journeyText, shopFiles } from '../../test/given/workspace.js';
import { check, type CheckOptions } from './check.js';

let root: string;
const at = () => ({ journeys: path.join(root, 'journeys'), templates: path.join(root, 'templates') });

async function write(name: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, name)), { recursive: true });
  await writeFile(path.join(root, name), content);
}

async function run(options: Partial<CheckOptions> = {}): Promise<{ code: number; lines: readonly string[] }> {
  const lines: string[] = [];
  const code = await check({ ...at(), ...options }, (line) => lines.push(line));
  return { code, lines };
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'peyk-check-'));
  for (const [name, text] of Object.entries(shopFiles))
    if (!name.startsWith('templates/') || name.startsWith('templates/hello/')) await write(name, text);
  await write('journeys/test.yaml', journeyText({}));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('peyk check', () => {
  it('says that all is well', async () => {
    expect(await run()).toEqual({ code: 0, lines: ['well: 1 journey'] });
  });

  it('prints a line for every problem, and ends with 1', async () => {
    await write('journeys/test.yaml', journeyText({ top: 'titel: a', steps: '  - send: helo' }));
    expect(await run()).toEqual({
      code: 1,
      lines: [
        `${root}/journeys/test.yaml:3:1: "titel" is no key of a journey; did you mean "title"?`,
        `${root}/journeys/test.yaml:6:11: there is no template "helo"; did you mean "hello"?`,
        '2 errors',
      ],
    });
  });

  it('tells of a type that is misspelt in events.yaml a few times, and how often else it is named', async () => {
    const steps = Array.from({ length: 12 }, () => '  - wait_for: repair.recieved').join('\n');
    await write('journeys/test.yaml', journeyText({ steps }));
    const { code, lines } = await run();
    expect([code, lines.length]).toEqual([1, 7]);
    expect(lines[4]).toMatch(/test\.yaml:\d+:15: event type "repair\.recieved" is not in the catalogue/);
    expect(lines.slice(5)).toEqual([
      '…and 7 more places name "repair.recieved": is it misspelt in events.yaml? (--json lists them all)',
      '12 errors',
    ]);
    expect((await run({ lang: 'fa' })).lines[5]).toContain('۷ جای دیگر «repair.recieved»');
    expect(JSON.parse((await run({ json: true })).lines[0] ?? '')).toHaveLength(12);
    const fewer = Array.from({ length: 6 }, () => '  - wait_for: repair.recieved').join('\n');
    await write('journeys/test.yaml', journeyText({ steps: fewer }));
    expect((await run()).lines).toHaveLength(7);
    expect((await run()).lines.join()).not.toContain('more places');
  });

  it('is well with warnings', async () => {
    await write('templates/bye/sms.hbs', 'bye');
    const { code, lines } = await run();
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe('well: 1 journey, 1 warning');
  });

  it('checks the cases too, in the order of the files', async () => {
    await write('journeys/test.cases.yaml', 'cases: [ { name: a, untill: 2026-12-01 } ]\n');
    await write('journeys/test.yaml', journeyText({ top: 'titel: a' }));
    expect(await run()).toEqual({
      code: 1,
      lines: [
        `${root}/journeys/test.cases.yaml:1:10: from is missing; a case without a timeline says when it begins`,
        `${root}/journeys/test.cases.yaml:1:21: "untill" is no key of a case; did you mean "until"?`,
        `${root}/journeys/test.yaml:3:1: "titel" is no key of a journey; did you mean "title"?`,
        '3 errors',
      ],
    });
  });

  it('speaks Persian', async () => {
    await write('journeys/test.yaml', journeyText({ top: 'titel: a' }));
    const { lines } = await run({ lang: 'fa' });
    expect(lines).toEqual([
      `${root}/journeys/test.yaml:3:1: \u2067«titel» از کلیدهای یک سفر نیست؛ منظورتان "title" بود؟\u2069`,
      '\u2067۱ خطا\u2069',
    ]);
  });

  it('prints an array for programs', async () => {
    expect((await run({ json: true })).lines).toEqual(['[]']);
    await write('journeys/test.yaml', journeyText({ steps: '  - send: helo' }));
    const { code, lines } = await run({ json: true });
    expect(code).toBe(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual([
      {
        severity: 'error',
        file: `${root}/journeys/test.yaml`,
        line: 5,
        column: 11,
        message: 'there is no template "helo"; did you mean "hello"?',
      },
    ]);
  });

  it('checks again when a file changes, until it is stopped', async () => {
    const stop = new AbortController();
    let heard: (line: string) => void = () => undefined;
    const next = () => new Promise<string>((resolve) => (heard = resolve));
    const first = next();
    const done = check({ ...at(), watch: true, signal: stop.signal }, (line) => {
      heard(line);
    });
    expect(await first).toBe('well: 1 journey');
    const second = next();
    await write('journeys/test.yaml', journeyText({ steps: '  - send: helo' }));
    expect(await second).toMatch(/there is no template "helo"/);
    stop.abort();
    expect(await done).toBe(1);
  });
});
