import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shopFiles } from '../../test/given/workspace.js';
import { explain, type ExplainOptions } from './explain.js';

const files: Readonly<Record<string, string>> = {
  ...shopFiles,
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  service: { consent: not_needed, quiet_hours: "22:00-08:00" }
  marketing: { consent: required, caps: [1 per 1 day], when_capped: drop }
channel_order: [sms, email]
`,
  'journeys/thanks.yaml': `journey: thanks
title: Thanks for buying
purpose: marketing
trigger: { event: purchase.completed, when: event.amount >= toman(100000) }
steps: [{ send: hello }]
`,
  'journeys/repair.yaml': `journey: repair
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - send: repair-received
  - wait_for: repair.ready
    at_most: 5 days
`,
  'journeys/never.yaml': 'journey: never\npurpose: service\ntrigger: { event: order.placed }\nsteps: [send: hello]\n',
};

const purchase = (time: string, amount: number) => ({
  type: 'purchase.completed',
  subject: 'c1',
  time: `2026-11-${time}:00+03:30`,
  data: { amount, kind: 'phone', order: { id: 1 } },
});
const repair = (time: string, type: string, id: string) => ({
  type: `repair.${type}`,
  subject: 'c1',
  time: `2026-11-${time}:00+03:30`,
  data: { repair_id: id },
});

let directory: string;
let [out, err]: [string[], string[]] = [[], []];

async function put(name: string, text: string): Promise<string> {
  const file = join(directory, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function run(events: readonly object[], more: Partial<ExplainOptions> = {}): Promise<number> {
  [out, err] = [[], []];
  const options = {
    simulate: true,
    customer: 'c1',
    events: await put('events.jsonl', events.map((event) => JSON.stringify(event)).join('\n')),
    customers: await put('customers.jsonl', '{"id":"c1","phone":"09121234567","consent":{"marketing":true}}\n'),
    until: '2026-11-23T12:00:00+03:30',
    journeys: join(directory, 'journeys'),
    templates: join(directory, 'templates'),
    ...{ channelResults: [], sample: '200', lang: 'en' },
    ...more,
  };
  return explain(
    options as ExplainOptions,
    (line) => out.push(line),
    (line) => err.push(line),
  );
}

describe('peyk explain --simulate', () => {
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'peyk-explain-'));
    for (const [name, text] of Object.entries(files)) await put(name, text);
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('tells why they did not enter, with what the condition saw', async () => {
    expect(await run([purchase('21T10:00', 50_000)], { journey: 'thanks' })).toBe(0);
    expect(out).toEqual([
      'thanks — Thanks for buying: did not enter',
      '  ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰  did not enter: condition_false',
      '      trigger purchase.completed: event.amount >= toman(100000) → no: event.amount is 50,000 rials',
    ]);
  });

  it('tells of a message that is held and leaves, and of what is waited for', async () => {
    expect(await run([repair('21T23:00', 'received', 'r1'), repair('22T10:00', 'ready', 'r2')])).toBe(0);
    expect(out).toEqual([
      'repair · r1',
      '  ۱۴۰۵/۰۸/۳۰ ۲۳:۰۰  entered by repair.received',
      '  ۱۴۰۵/۰۸/۳۰ ۲۳:۰۰  send-repair-received: held repair-received: quiet_hours until ۱۴۰۵/۰۹/۰۱ ۰۸:۰۰',
      '      consent to service: not needed',
      '      channels: sms is open',
      '      quiet hours 22:00-08:00: until ۱۴۰۵/۰۹/۰۱ ۰۸:۰۰',
      '  ۱۴۰۵/۰۹/۰۱ ۰۸:۰۰  send-repair-received: sent repair-received by sms to +989121234567',
      '        دستگاه شما رسید: r1',
      '      consent to service: not needed',
      '      channels: sms is open',
      '      quiet hours 22:00-08:00: not now',
      '  ۱۴۰۵/۰۹/۰۱ ۰۸:۰۰  wait-for-repair-ready: waits for repair.ready until ۱۴۰۵/۰۹/۰۶ ۰۸:۰۰',
      '      repair.ready since ۱۴۰۵/۰۸/۳۰ ۲۳:۰۰: none yet',
      '  ۱۴۰۵/۰۹/۰۱ ۱۰:۰۰  repair.ready came; nothing came of it here',
      '      repair_id is r2, here r1: not about this one',
      '  now: at wait-for-repair-ready: waits for repair.ready until ۱۴۰۵/۰۹/۰۶ ۰۸:۰۰; leaves at the latest at ۱۴۰۶/۰۸/۳۰ ۲۳:۰۰',
      '',
      'never: nothing that happened starts it: it listens to order.placed',
      'thanks: nothing that happened starts it: it listens to purchase.completed',
    ]);
  });

  const twice = [purchase('21T10:00', 2_000_000), purchase('21T12:00', 3_000_000)];

  it('tells of a cap and of what has filled it', async () => {
    await run(twice, { journey: 'thanks' });
    expect(out).toContain('  ۱۴۰۵/۰۸/۳۰ ۱۲:۰۰  send-hello: not sent: hello: capped');
    expect(out).toContain('      caps: 1 per 1 day, 1 sent (۱۴۰۵/۰۸/۳۰ ۱۰:۰۰): room from ۱۴۰۵/۰۹/۰۱ ۱۰:۰۰');
  });

  it('prints one JSON object a line with --json, in the order of decisions', async () => {
    expect(await run(twice, { json: true, journey: 'thanks' })).toBe(0);
    const lines = out.map((line) => JSON.parse(line) as Record<string, Readonly<Record<string, unknown>> | undefined>);
    const told = lines.map(
      ({ line, asked, tested, stands }) =>
        line?.['kind'] ?? asked?.['result'] ?? tested?.['rule'] ?? stands?.['status'],
    );
    const tests = ['consent', 'channels', 'caps'];
    const once = (last: string) => [true, 'entered', ...tests, last, 'exited'];
    expect(told).toEqual([...once('sent'), ...once('suppressed'), 'ended', 'ended']);
    expect(lines[0]).toMatchObject({
      at: '2026-11-21T06:30:00.000Z',
      journey: 'thanks',
      asked: { source: 'event.amount >= toman(100000)', seen: [{ what: 'event.amount', value: 2_000_000 }] },
    });
  });

  it('tells in Persian', async () => {
    await run([purchase('21T10:00', 50_000)], { journey: 'thanks', lang: 'fa' });
    expect(out.slice(1)).toEqual([
      '  ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰  وارد نشد: شرط آن برقرار نیست',
      '      آغازگر purchase.completed: event.amount >= toman(100000) ← نه: event.amount برابر ۵۰٬۰۰۰ ریال است',
    ]);
  });

  it('names the customer or journey that was meant, and exits 1', async () => {
    const events = [purchase('21T10:00', 50_000)];
    expect(await run(events, { customer: 'c2' })).toBe(1);
    expect(err).toEqual(['there is no customer "c2"; did you mean "c1"?']);
    expect(await run(events, { journey: 'thank' })).toBe(1);
    expect([out, err]).toEqual([[], ['there is no journey "thank"; did you mean "thanks"?']]);
  });

  it.each([
    ['no customer', { customer: undefined }, /--customer ID/],
    ['no events', { events: undefined }, /needs --events/],
    ['no end', { until: undefined }, /--until/],
    ['files without --simulate', { simulate: false }, /--events is of a simulation; add --simulate/],
    ['two ways at once', { verify: true }, /either --verify or --simulate/],
  ])('is used wrongly with %s', async (_, more, sentence) => {
    await expect(run([], more as Partial<ExplainOptions>)).rejects.toThrow(sentence);
    await expect(run([], more as Partial<ExplainOptions>)).rejects.toMatchObject({ name: 'UsageError' });
  });
});
