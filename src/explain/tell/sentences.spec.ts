import { c1, on, tehran, workspaceOf, type GivenEvent } from '../../../test/given/simulation.js';
import { readCustomers, readEvents } from '../../simulate/read-inputs.js';
import type { Simulation } from '../../simulate/simulator.js';
import type { Language } from '../../language/language.js';
import { explainSimulation } from '../explain-simulation.js';
import { printExplanation } from '../print-explanation.js';
import { tellExplanation } from './tell-explanation.js';

interface Given {
  readonly journey: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly events: readonly GivenEvent[];
  readonly customer?: object;
  readonly until?: string;
  readonly language?: Language;
  readonly channelResults?: Simulation['channelResults'];
}

/** The whole story of c1, each line without its indentation. */
function told({
  journey,
  files = {},
  events,
  customer = c1,
  until = '12-31 00:00',
  language = 'en',
  ...rest
}: Given): readonly string[] {
  const workspace = workspaceOf({ journey, files });
  const inputs = [
    readCustomers(JSON.stringify(customer), workspace),
    readEvents(events.map((one) => JSON.stringify(one)).join('\n'), workspace),
  ] as const;
  const simulation = {
    ...{ workspace, customers: inputs[0].accepted, events: inputs[1].accepted, from: undefined },
    ...{ until: Date.parse(tehran(until)), channelResults: rest.channelResults ?? {} },
  };
  const lines = tellExplanation(explainSimulation(simulation, { customer: 'c1', journey: undefined }), language);
  return lines.map((line) => line.trim());
}

const policy = (marketing: string) => `timezone: Asia/Tehran
calendar: gregorian
purposes:
  transactional: { consent: not_needed }
  marketing: { ${marketing} }
channel_order: [sms, email]
`;
const marketing = (text: string, events = [on('11-21 10:00', 'visit')], more: Partial<Given> = {}) =>
  told({
    journey: 'purpose: marketing\ntrigger: { event: visit }\nsteps: [ send: both ]\n',
    files: { 'journeys/policy.yaml': policy(text) },
    events,
    ...more,
  });

describe('a condition is told with what it saw:', () => {
  const asked = (when: string, events: readonly GivenEvent[], more: Partial<Given> = {}) =>
    told({ journey: `trigger: { event: purchase, when: '${when}' }\nsteps: [ send: hello ]\n`, events, ...more }).find(
      (line) => line.startsWith('trigger purchase: '),
    );
  const purchase = on('11-21 10:00', 'purchase', { amount: 50_000 });

  it.each([
    ['money, with its unit', 'event.amount >= toman(100000)', 'no: event.amount is 50,000 rials'],
    ['what is absent', 'event.kind == "phone"', 'not known: event.kind is not known'],
    ['the customer', 'customer.name == "Sara"', 'yes: customer.name is "Sara"'],
    ['a count', 'count("purchase") > 1', 'no: 1 of purchase'],
    ['a count in a window', 'count("purchase", "2 hours") > 1', 'no: 1 of purchase since ۱۴۰۵/۰۸/۳۰ ۰۸:۰۰'],
    ['a sum', 'sum("purchase", "amount") > toman(1)', 'yes: amount of purchase comes to 50,000 rials'],
    ['an event that never came', 'known(last("visit"))', 'no: there was no visit'],
    ['the newest one', 'known(last("purchase"))', 'yes: the last purchase was at ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰'],
    ['credit', 'credit() > toman(1)', 'no: unspent credit is 0 rials'],
  ])('%s', (_, when, said) => {
    expect(asked(when, [purchase])).toBe(`trigger purchase: ${when} → ${said}`);
  });

  it('both sides of what was asked, and none that needed no asking', () => {
    expect(asked('event.amount > 0 and customer.name == "Ann"', [purchase])).toMatch(
      /event\.amount is 50,000 rials, customer\.name is "Sara"$/,
    );
    expect(asked('event.amount < 0 and customer.name == "Ann"', [purchase])).not.toContain('customer.name is');
  });
});

describe('why somebody did not start is told with its values:', () => {
  const visits = [on('11-21 10:00', 'visit'), on('11-22 10:00', 'visit')];
  const refused = (top: string, events: readonly GivenEvent[] = visits, steps = '[ send: hello ]') =>
    told({ journey: `trigger: { event: visit }\n${top}\nsteps: ${steps}\n`, events });

  it.each([
    ['a draft', 'draft: true', /^the journey is a draft/],
    ['never again', 'entry: { again: never }', /^it lets nobody in again; left last at ۱۴۰۵\/۰۸\/۳۰ ۱۰:۰۰$/],
    [
      'again after a while',
      'entry: { again: after 3 days }',
      /^it lets in again after 3 days: left last at .*۰۸\/۳۰ ۱۰:۰۰, may enter from .*۰۹\/۰۳ ۱۰:۰۰$/,
    ],
    ['a limit', 'limits: { entries: 1 per 7 days }', /^1 entered, of at most 1 per 7 days$/],
    ['the control group', 'holdout: 99%', /^in the control group: drew [\d.]+%, below 99%$/],
    ['its time is over', 'runs: { to: 2026-11-20 }', /^it starts people only until ۱۴۰۵\/۰۸\/۲۹ ۰۰:۰۰$/],
  ])('%s', (_, top, sentence) => {
    expect(refused(top).some((line) => sentence.test(line))).toBe(true);
  });

  it('being inside, and where', () => {
    expect(refused('', visits, '[ wait: 5 days ]')).toContain('already inside since ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰, at wait-5-days');
  });

  it('an event that was too old', () => {
    const late = { ...on('11-21 10:00', 'visit'), arrives_at: tehran('11-25 10:00') };
    expect(refused('', [late])).toContain('it was of ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰ and came at ۱۴۰۵/۰۹/۰۴ ۱۰:۰۰: older than 1 day');
  });
});

describe('why a message left, was held or was not sent is told with its values:', () => {
  it.each([
    ['consent that is missing', 'consent: required', 'consent to marketing: required and never given'],
    ['consent to another purpose', 'consent: transactional', 'consent to marketing: not needed'],
    [
      'quiet hours',
      'consent: not_needed, quiet_hours: "09:00-12:00"',
      'quiet hours 09:00-12:00: until 2026-11-21 12:00',
    ],
    [
      'quiet hours that are over',
      'consent: not_needed, quiet_hours: "21:00-09:00"',
      'quiet hours 21:00-09:00: not now',
    ],
    ['channels', 'consent: not_needed', 'channels: sms is open, email has no address'],
    ['the last instant', 'consent: not_needed, not_after: 3 days', 'may leave until 2026-11-24 10:00'],
  ])('%s', (_, text, sentence) => {
    expect(marketing(text)).toContain(sentence);
  });

  it('a survey that thins out', () => {
    expect(marketing('consent: not_needed, sample: 0%').find((line) => line.startsWith('sample'))).toMatch(
      /^sample: drew [\d.]+%, beyond 0%$/,
    );
  });

  it('a cap, with what has filled it', () => {
    const lines = marketing('consent: not_needed, caps: [1 per 1 day]', [
      on('11-21 10:00', 'visit'),
      on('11-21 12:00', 'visit'),
    ]);
    expect(lines).toContain('caps: 1 per 1 day, 0 sent: there is room');
    expect(lines).toContain('caps: 1 per 1 day, 1 sent (2026-11-21 10:00): room from 2026-11-22 10:00');
  });

  it('a channel that failed, and the next one that was tried', () => {
    const customer = { ...c1, email: 'sara@example.com' };
    const lines = marketing('consent: not_needed', undefined, { customer, channelResults: { sms: 'failed' } });
    expect(lines.filter((line) => line.includes('both by'))).toEqual([
      expect.stringContaining('sent both by sms') as string,
      expect.stringContaining('failed: both by sms') as string,
      expect.stringContaining('sent both by email') as string,
    ]);
  });
});

describe('somebody inside:', () => {
  const journey = `about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - wait_for:
      - event: repair.estimated
        when: event.cost > toman(100)
      - after: 2 days
        then: [ send: hello ]
    at_most: 5 days
  - send: bye
`;
  const received = on('11-21 10:00', 'repair.received');

  it('is told which events were not about this one, and which met no condition', () => {
    const events = [
      received,
      on('11-21 11:00', 'repair.cancelled', { repair_id: 'r2' }),
      on('11-21 12:00', 'repair.estimated', { cost: 500 }),
    ];
    const lines = told({ journey, events, until: '11-22 00:00' });
    expect(lines).toContain('repair_id is r2, here r1: not about this one');
    expect(lines).toContain('wait for repair.estimated, arm 1: event.cost > toman(100) → no: event.cost is 500 rials');
  });

  it('is told what they wait for, until when, and what comes meanwhile', () => {
    expect(told({ journey, events: [received], until: '11-22 00:00' }).at(-1)).toBe(
      'now: at wait-for-any: waits for repair.estimated until ۱۴۰۵/۰۹/۰۵ ۱۰:۰۰; does more at ۱۴۰۵/۰۹/۰۲ ۱۰:۰۰ if nothing came; ' +
        'leaves at the latest at ۱۴۰۶/۰۸/۳۰ ۱۰:۰۰',
    );
  });

  it('is told of an earlier event that a wait still counts', () => {
    const early = { ...received, arrives_at: tehran('11-21 13:00') };
    const lines = told({ journey, events: [on('11-21 12:00', 'repair.estimated', { cost: 5_000 }), early] });
    expect(lines).toContain('repair.estimated since ۱۴۰۵/۰۸/۳۰ ۱۰:۰۰: came at ۱۴۰۵/۰۸/۳۰ ۱۲:۰۰');
    expect(lines).toContain(
      'wait for repair.estimated, arm 1 (that of ۱۴۰۵/۰۸/۳۰ ۱۲:۰۰): event.cost > toman(100) → yes: event.cost is 5,000 rials',
    );
  });

  it('is told why they left', () => {
    const lines = told({ journey, events: [received, on('11-21 12:00', 'repair.cancelled')] });
    expect(lines).toContain('exit by repair.cancelled: no condition → yes');
    expect(lines.at(-1)).toBe('now: left at ۱۴۰۵/۰۸/۳۰ ۱۲:۰۰: exit_rule');
  });

  it('is told in Persian as well', () => {
    const lines = told({
      journey,
      events: [received, on('11-21 12:00', 'repair.estimated', { cost: 500 })],
      until: '11-22 00:00',
      language: 'fa',
    });
    expect(lines).toContain(
      'انتظار برای repair.estimated، شاخهٔ ۱: event.cost > toman(100) ← نه: event.cost برابر ۵۰۰ ریال است',
    );
    expect(lines.join('\n')).not.toMatch(/\b(waits|held|entered|until|since)\b/);
  });
});

it('a restart tells each rule once, and nothing of what only might have been', () => {
  const journey = `trigger: { event: visit, when: event.n > 0 }
entry: { again: always, while_inside: restart }
steps: [ wait: 5 days ]
`;
  const lines = told({ journey, events: [on('11-21 10:00', 'visit', { n: 1 }), on('11-21 12:00', 'visit', { n: 2 })] });
  expect(lines.filter((line) => line.includes('event.n is'))).toHaveLength(2);
  expect(lines.filter((line) => line.includes('entered by visit'))).toHaveLength(2);
});

it('says what a journey listens to that nothing has started', () => {
  const journey = 'trigger: [ { event: visit }, { every: day, at: "18:00" } ]\nsteps: [ send: hello ]\n';
  const lines = told({ journey, events: [on('11-21 10:00', 'purchase', { amount: 5 })], until: '11-21 12:00' });
  expect(lines).toEqual([
    'nothing happened to c1',
    '',
    'test: nothing that happened starts it: it listens to visit or every day at 18:00',
  ]);
});

it('says of a journey that is not served what it needs, and not that nothing happened', () => {
  const workspace = workspaceOf({ journey: 'trigger: { event: visit }\nsteps: [ send: hello ]\n' });
  const explanation = { customer: 'c1', workspace, journey: undefined, heard: [], standing: [], messages: [] };
  const given = { ...explanation, notRun: new Map([['test', ['grant', 'credit']]]), pauses: [], gaps: [] };
  expect(tellExplanation(given, 'en')).toContain(
    'test: starts nobody here: it needs grant, credit, which serving does not do yet',
  );
  expect(printExplanation(given).map((line) => JSON.parse(line) as unknown)).toEqual([
    { journey: 'test', listens_to: ['visit'], not_served: ['grant', 'credit'] },
  ]);
});

it('says in Persian too why something cannot be told', () => {
  const workspace = workspaceOf({ journey: 'trigger: { event: visit }\nsteps: [ send: hello ]\n' });
  const explanation = { customer: 'c1', workspace, journey: undefined, heard: [], standing: [], messages: [] };
  const gaps = ['customer c2 was merged into it: what was decided on the two is not decided once more'];
  const given = { ...explanation, notRun: new Map<string, readonly string[]>(), pauses: [], gaps };
  expect(tellExplanation(given, 'fa').at(-1)).toBe(
    'معلوم نیست: مشتری c2 با آن یکی شد: آنچه دربارهٔ آن دو تصمیم گرفته شده دوباره بررسی نمی‌شود',
  );
});

it('says that somebody waits for a task, and not for what becomes of a message', () => {
  const journey = 'trigger: { event: visit }\nsteps: [ { task: call, within: 2 days } ]\n';
  const lines = told({ journey, events: [on('11-21 10:00', 'visit')], until: '11-21 12:00' });
  expect(lines.at(-1)).toMatch(/^now: at task: waits for task\.done until /);
});
