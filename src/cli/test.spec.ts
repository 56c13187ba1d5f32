import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { journeyText, shopFiles } from '../../test/given/workspace.js';
import { check } from './check.js';
import { test as testCases, type TestOptions } from './test.js';

const journey = journeyText({
  steps: `  - send: hello
  - choose:
      - when: trigger.device == "iPhone"
        then: [ send: bye ]
      - else: [ stop: other ]
  - wait: 2 days
`,
});
const good = `cases:
  - name: an iPhone
    customers: [{ id: c1, phone: "09121234567" }]
    timeline:
      - at: 2026-11-21T10:00:00+03:30
        event: { type: repair.received, subject: c1, data: { repair_id: r1, device: iPhone } }
    until: 2026-11-30T00:00:00+03:30
    expect:
      - { at: 2026-11-21T10:00:00+03:30, sent: hello, channel: sms, text_contains: سلام } # a greeting
      - { sent: bye }
      - { exited: completed }
`;
const wrong = good
  .replace('text_contains: سلام', 'text_contains: علی')
  .replace('- { sent: bye }\n', '- { sent: hello }\n');

let root: string;
let told: string[] = [];
const at = () => ({ journeys: path.join(root, 'journeys'), templates: path.join(root, 'templates') });
const file = (name: string): string => path.join(root, name);

async function write(name: string, content: string): Promise<void> {
  await mkdir(path.dirname(file(name)), { recursive: true });
  await writeFile(file(name), content);
}

async function run(
  options: Partial<TestOptions> = {},
  name?: string,
): Promise<{ code: number; lines: readonly string[] }> {
  const lines: string[] = [];
  told = [];
  const code = await testCases(
    name,
    { ...at(), ...options },
    (line) => lines.push(line),
    (line) => told.push(line),
  );
  return { code, lines };
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'peyk-test-'));
  for (const [name, text] of Object.entries(shopFiles)) await write(name, text);
  await write('journeys/test.yaml', journey);
  await write('journeys/test.cases.yaml', good);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('peyk test', () => {
  it('says that cases hold, and what none reaches', async () => {
    expect(await run()).toEqual({
      code: 0,
      lines: ['test', '  ok      an iPhone', '  no case reaches: choose: else, stop', '1 case ok'],
    });
  });

  it('speaks Persian', async () => {
    expect((await run({ lang: 'fa' })).lines).toEqual([
      'test',
      '  درست    an iPhone',
      '  هیچ نمونه‌ای به این‌ها نمی‌رسد: choose: else، stop',
      '۱ نمونه درست است',
    ]);
    await write('journeys/test.cases.yaml', wrong);
    const { lines } = await run({ lang: 'fa' });
    expect(lines[1]).toMatch(/^ {2}نادرست {2}an iPhone {2}\(/);
    expect(lines[2]).toMatch(/^ {6}انتظار +\| آنچه رخ داد$/);
    expect(lines.join('\n')).toContain('در متن نیست: ');
    expect(lines.at(-1)).toBe('از ۱ نمونه ۱ نادرست است');
    await write('journeys/test.yaml', journey.replace('send: hello', 'send: helo'));
    await run({ lang: 'fa' });
    expect(told[0]).toContain('قالب «helo» وجود ندارد');
  });

  it('shows what was expected beside what happened, and ends with 1', async () => {
    await write('journeys/test.cases.yaml', wrong);
    const { code, lines } = await run();
    expect(code).toBe(1);
    const text = lines.join('\n');
    expect(text).toContain(`failed  an iPhone  (${file('journeys/test.cases.yaml')}:2:5)`);
    expect(text).toContain('the text does not contain \u2068علی\u2069');
    expect(text).toMatch(/✗ sent hello +\| 2026-11-21 10:00 sent bye/);
    expect(lines.at(-1)).toBe('1 of 1 case failed');
  });

  it('writes what happened into the cases that fail, and leaves the rest of the file alone', async () => {
    await write('journeys/test.cases.yaml', wrong);
    expect((await run({ update: true })).code).toBe(0);
    const text = await readFile(file('journeys/test.cases.yaml'), 'utf8');
    expect(text.slice(0, text.indexOf('expect'))).toBe(good.slice(0, good.indexOf('expect')));
    expect(text).toContain('sent: bye');
    expect((await run()).code).toBe(0);
  });

  it('is well with cases that have no expect yet, once it has been written', async () => {
    await write('journeys/test.cases.yaml', good.slice(0, good.indexOf('    expect')));
    expect((await run()).code).toBe(1);
    await run({ update: true });
    expect((await run()).code).toBe(0);
    expect((await check(at(), () => undefined)).toString()).toBe('0');
  });

  it('prints an object for programs, and JUnit’s XML into a file', async () => {
    await write('journeys/test.cases.yaml', wrong);
    const { lines } = await run({ json: true, junit: file('junit.xml') });
    const result = JSON.parse(lines.join('')) as {
      ok: boolean;
      cases: readonly object[];
      unreached: readonly object[];
    };
    expect(result).toMatchObject({
      ok: false,
      cases: [{ journey: 'test', name: 'an iPhone', ok: false, line: 2 }],
      unreached: [{ journey: 'test', places: ['choose: else', 'stop'] }],
    });
    expect(await readFile(file('junit.xml'), 'utf8')).toMatch(
      /^<\?xml[^]*<testsuites tests="1" failures="1"[^]*<testcase classname="test" name="an iPhone"[^]*<failure/,
    );
  });

  it('takes a journey’s name, and refuses one that there is not', async () => {
    expect((await run({}, 'test')).code).toBe(0);
    await expect(run({}, 'tset')).rejects.toThrow('there is no journey "tset"; did you mean "test"?');
  });

  it('runs nothing where the files are not well', async () => {
    await write('journeys/test.cases.yaml', good.replace('sent: bye', 'sent: by'));
    expect(await run()).toEqual({ code: 1, lines: [] });
    expect(told).toEqual([`${file('journeys/test.cases.yaml')}:10:17: there is no template "by"; did you mean "bye"?`]);
  });

  it('says that there are none', async () => {
    await rm(file('journeys/test.cases.yaml'));
    expect((await run()).code).toBe(0);
    expect(told).toEqual(['there are no cases; write journeys/<name>.cases.yaml']);
  });

  it('is quick with 200 cases', async () => {
    const one = good.slice('cases:\n'.length);
    const many = Array.from({ length: 200 }, (_, index) => one.replace('an iPhone', `case ${String(index)}`));
    await write('journeys/test.cases.yaml', `cases:\n${many.join('')}`);
    const { code, lines } = await run({ json: true });
    expect(code).toBe(0);
    const { cases } = JSON.parse(lines.join('')) as { cases: readonly { milliseconds: number }[] };
    expect(cases).toHaveLength(200);
    expect(cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeLessThan(4_000);
  });
});
