import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shopFiles } from '../../test/given/workspace.js';
import { simulate, type SimulateOptions } from './simulate.js';

const journey = 'journey: welcome\npurpose: transactional\ntrigger: { event: visit }\nsteps: [ send: hello ]\n';
const visit = (time: string) => JSON.stringify({ type: 'visit', subject: 'c1', time });

let directory: string;
let [out, err]: [string[], string[]] = [[], []];
const [write, error] = [process.stdout.write.bind(process.stdout), console.error.bind(console)];

async function put(name: string, text: string): Promise<string> {
  const file = join(directory, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function run(more: Partial<SimulateOptions> = {}): Promise<number> {
  const events = `${visit('2026-11-21T10:00:00+03:30')}\n{"type":"visits","subject":"c1"}\n`;
  return simulate({
    events: await put('events.jsonl', events),
    customers: await put('customers.jsonl', '{"id":"c1","phone":"09121234567"}\n{"id":""}\n'),
    journeys: join(directory, 'journeys'),
    templates: join(directory, 'templates'),
    until: '2026-12-01T00:00:00+03:30',
    channelResults: [],
    json: true,
    ...more,
  });
}

describe('peyk simulate', () => {
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'peyk-simulate-'));
    for (const [name, text] of Object.entries({ ...shopFiles, 'journeys/welcome.yaml': journey }))
      await put(name, text);
    [out, err] = [[], []];
    process.stdout.write = (text: string | Uint8Array) => out.push(String(text)) > 0;
    console.error = (text: string) => err.push(text);
  });
  afterEach(async () => {
    process.stdout.write = write;
    console.error = error;
    await rm(directory, { recursive: true });
  });

  it('prints one JSON object a line, refuses lines on stderr with their number, and exits 0', async () => {
    expect(await run()).toBe(0);
    expect(
      out
        .join('')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { kind: string }).kind),
    ).toEqual(['entered', 'sent', 'exited']);
    expect(
      err.map((line) =>
        line
          .slice(directory.length + 1)
          .split(' ')
          .slice(0, 2)
          .join(' '),
      ),
    ).toEqual(['customers.jsonl:2: id', 'events.jsonl:2: type']);
  });

  it('writes many lines at once, each whole and in its order, however long', async () => {
    await put('templates/hello/sms.hbs', `${'سلام '.repeat(8_000)}\n`);
    const days = Array.from({ length: 9 }, (_, day) => visit(`2026-11-2${String(day)}T10:00:00+03:30`));
    await run({ events: await put('many.jsonl', days.join('\n')) });
    const lines = out.join('').trimEnd().split('\n');
    const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toEqual(days.flatMap(() => ['entered', 'sent', 'exited']));
    expect(lines.filter((line) => line.includes('سلام '.repeat(7_999)))).toHaveLength(9);
    expect(out.length).toBeLessThan(lines.length);
  });

  it('prints sentences for people without --json', async () => {
    expect(await run({ json: false })).toBe(0);
    expect(out.join('')).toMatch(/^c1\n {2}۱۴۰۵\/۰۸\/۳۰ ۱۰:۰۰ {2}welcome {2}entered by visit\n/);
    expect(out.join('')).toContain('sent hello by sms to +989121234567\n      سلام');
    expect(out.join('')).toMatch(/\n\nentered +1 {2}welcome 1\nsent +1 {2}sms 1\n/);
  });

  it('exits 1 with the place where the files are wrong, and simulates nothing', async () => {
    await put('journeys/welcome.yaml', journey.replace('hello', 'helo'));
    expect(await run()).toBe(1);
    expect(out).toEqual([]);
    expect(err[0]).toMatch(/welcome\.yaml:4:\d+: .*"hello"/);
  });

  it('reads dates for --from and --until on the clock of the workspace', async () => {
    expect(await run({ until: '2026-11-21' })).toBe(0);
    expect(out).toEqual([]);
    expect(await run({ from: '1405-08-30', until: '1405-09-01' })).toBe(0);
    expect(out.join('').trimEnd().split('\n')).toHaveLength(3);
  });

  it.each<[Partial<SimulateOptions>, string]>([
    [{ until: '2026-11-20' }, 'nothing happened: 1 event lies after --until'],
    [{ from: '2026-11-22' }, 'nothing happened: 1 event lies before --from'],
  ])('says to people why nothing happened: %j', async (options, said) => {
    expect(await run({ json: false, ...options })).toBe(0);
    expect(out).toEqual([]);
    expect(err.at(-1)).toBe(said);
    expect(err.filter((line) => line.startsWith('nothing'))).toHaveLength(1);
    [out, err] = [[], []];
    expect(await run({ ...options })).toBe(0);
    expect(err.filter((line) => line.startsWith('nothing'))).toEqual([]);
  });

  it('says so too where there is no event, and where none starts a journey', async () => {
    await run({ json: false, events: await put('none.jsonl', '\n') });
    const ready = '{"type":"repair.ready","subject":"c1","data":{"repair_id":"r"},"time":"2026-11-21T10:00:00Z"}\n';
    await run({ json: false, events: await put('others.jsonl', ready.repeat(2)) });
    expect(err.filter((line) => line.startsWith('nothing'))).toEqual([
      'nothing happened: there is no event to run',
      'nothing happened: 2 events start no journey',
    ]);
  });

  it('names an attribute that nobody declared, with its line', async () => {
    const customers = await put('slips.jsonl', '{"id":"c1","phne":"09121234567"}\n');
    expect(await run({ customers })).toBe(0);
    expect(err).toContain(`${customers}:1: warning: unknown attribute "phne"; did you mean phone?`);
  });

  it('says what is wrong with a type once', async () => {
    await run();
    expect(err.find((line) => line.includes('"visits"'))).toMatch(
      /events\.jsonl:2: type "visits" is not in the catalogue; did you mean "visit"\?$/,
    );
  });

  it('takes what becomes of a channel', async () => {
    expect(await run({ channelResults: ['sms=failed'] })).toBe(0);
    expect(out.join('')).toContain('"kind":"failed"');
  });

  it('takes what web hooks answer', async () => {
    await put(
      'journeys/welcome.yaml',
      journey.replace('send: hello', '{ webhook: "https://crm.example.com/", id: crm }'),
    );
    expect(await run({ webhookResults: ['crm=503'] })).toBe(0);
    expect(out.join('')).toContain('"status":503');
  });

  it('counts for people the lines of events that it left out', async () => {
    await run({ json: false });
    expect(err.at(-1)).toBe(`1 line of ${join(directory, 'events.jsonl')} was left out, as told above`);
    const events = await put(
      'bad.jsonl',
      `${visit('1405-08-30T10:00:00+03:30')}\n{}\n${visit('2026-11-21T10:00:00Z')}\n`,
    );
    await run({ json: false, events });
    expect(err.at(-1)).toBe(`2 lines of ${events} were left out, as told above`);
    expect(err.join('\n')).toContain('a time has a Gregorian date, and 1405-08-30 is 2026-11-21');
    err = [];
    await run({ json: false, events: await put('good.jsonl', visit('2026-11-21T10:00:00Z')) });
    expect(err.filter((line) => line.includes('left out'))).toEqual([]);
  });

  it('speaks Persian', async () => {
    await run({ json: false, lang: 'fa' });
    const story = out.join('');
    expect(story).toContain('welcome  وارد شد، با visit');
    expect(story).toContain('hello با sms به +989121234567 فرستاده شد');
    expect(story).toMatch(/\n\nوارد شده +۱ {2}welcome ۱\n/);
    expect(err.find((line) => line.includes('"visits"') || line.includes('«visits»'))).toContain('«visits»');
    expect(err.at(-1)).toMatch(/^۱ سطر از .*events\.jsonl کنار گذاشته شد/);
    err = [];
    await run({ json: false, lang: 'fa', until: '2026-11-20' });
    expect(err.at(-1)).toBe('هیچ رخ نداد: ۱ رویداد پس از \u200e--until\u200e است');
  });

  it.each([
    [{ webhookResults: ['crm=no'] }, '--webhook-results crm=no: expected STEP=STATUS'],
    [{ until: 'soon' }, '--until soon: expected an instant'],
    [{ channelResults: ['fax=failed'] }, '--channel-results fax=failed: expected CHANNEL=failed'],
    [{ channelResults: ['sms=lost'] }, '--channel-results sms=lost'],
    [{ events: '/nowhere/events.jsonl' }, '/nowhere/events.jsonl cannot be read: it is not there'],
  ])('is wrong usage with %j', async (options, message) => {
    await expect(run(options)).rejects.toThrow(message);
  });
});
