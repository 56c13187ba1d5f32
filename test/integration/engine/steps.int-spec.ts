import type { Trace } from '../../../src/domain/journey/decision.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { verify } from '../../../src/explain/verify.js';
import { printTraceJson } from '../../../src/simulate/print-trace.js';
import { simulate } from '../../../src/simulate/simulator.js';
import { putCustomer } from '../../../src/store/customers/put-customer.js';
import { Bench, DAY, event, HOUR, shopWith } from './engine-bench.js';

/** Noon in Tehran. */
const START = Date.parse('2040-03-01T08:30:00Z');

function journeyOf(steps: string, top = ''): ReturnType<typeof shopWith> {
  return shopWith({
    'journeys/one.yaml': `journey: one\npurpose: service\ntrigger: { event: visit }\n${top}steps:\n${steps}`,
    'templates/counted/sms.hbs': '{{default customer.tier "-"}}\n',
  });
}

describe('the engine', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
  });
  afterAll(() => bench.close());

  const isTrue = async (): Promise<void> => {
    expect(await verify(bench.db, { sample: 100, seed: 1 })).toMatchObject({ differences: [], unverified: [] });
  };
  const attributes = async () =>
    (await bench.sql<{ attributes: JsonObject }>('select attributes from customer'))[0]?.attributes;
  const wakesAt = () => bench.number('select extract(epoch from wake_at) * 1000 from enrolment');

  it('sets attributes, which the steps below know, and keeps how they came about', async () => {
    const { engine } = await bench.engine(
      journeyOf('  - set: { tier: gold }\n  - send: counted\n  - wait: 1 hour\n  - set: { tier: late }\n'),
    );
    await putCustomer(bench.db, 'ann', { phone: '+989121234567', tier: 'silver' });
    await engine.decide({ source: 'http', events: [event('visit', 'ann', {})] });
    expect(await attributes()).toEqual({ phone: '+989121234567', tier: 'gold' });
    expect(await bench.sql('select content from message')).toMatchObject([{ content: { text: 'gold' } }]);
    bench.now = START + HOUR;
    await engine.decideDueTimers();
    expect(await attributes()).toEqual({ phone: '+989121234567', tier: 'late' });
    expect(
      await bench.sql('select source, patch from customer_change where source <> $1 order by no', ['http']),
    ).toEqual([
      { source: 'event:2', patch: { tier: 'gold' } },
      { source: 'timer:2', patch: { tier: 'late' } },
    ]);
    await isTrue();
  });

  it('counts by the clock that a journey has just set', async () => {
    const { engine, watcher } = await bench.engine(
      journeyOf(`  - set: { timezone: America/New_York }
  - choose:
      - when: count("repair.ready", "1 month") == 1 and sum("repair.estimated", "cost", "1 week") == 0 and count("repair.ready", "1 month", past.repair_id == "r1") == 1
        then: [{ stop: one }]
`),
    );
    const ready = (id: string, time: number) => event('repair.ready', 'ann', { repair_id: id }, { time });
    const [first, second] = [START - 40 * DAY, START - 20 * DAY];
    await engine.decide({ source: 'http', events: [ready('r0', first), ready('r1', second)] });
    await engine.decide({ source: 'http', events: [event('visit', 'ann', {})] });
    expect(watcher.poison).toEqual([]);
    expect(watcher.traces).toContainEqual(expect.objectContaining({ kind: 'exited', reason: 'one' }));
    await isTrue();
  });

  it('waits for the hour at which somebody answers', async () => {
    const { engine, watcher } = await bench.engine(journeyOf('  - wait_until: best_hour\n'));
    const reply = (days: number) =>
      event(
        'message.received',
        'ann',
        { channel: 'sms', from: '+989121234567', text: 'hm' },
        { time: START - days * DAY - HOUR },
      );
    await engine.decide({ source: 'http', events: [reply(3), reply(2), reply(1)] });
    await engine.decide({ source: 'http', events: [event('visit', 'ann', {})] });
    expect(watcher.poison).toEqual([]);
    // It is noon, and they write between eleven and twelve: the half hours of Tehran.
    expect(await wakesAt()).toBe(START + 23 * HOUR);
    await isTrue();
  });

  it('waits for a moment, and for working hours', async () => {
    const { engine } = await bench.engine(
      shopWith({
        'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
working_hours: { sat-wed: "09:00-18:00" }
purposes: { service: { consent: not_needed } }
channel_order: [sms]
`,
        'journeys/one.yaml': `journey: one
purpose: service
trigger: { event: visit }
steps:
  - wait_until: =trigger_event.time + duration("8h")
  - wait: working
`,
      }),
    );
    await engine.decide({ source: 'http', events: [event('visit', 'ann', {})] });
    expect(await wakesAt()).toBe(START + 8 * HOUR);
    // It is a Thursday evening: on Saturday they work again.
    bench.now = START + 8 * HOUR;
    await engine.decideDueTimers();
    expect(await wakesAt()).toBe(START + 45 * HOUR);
    await isTrue();
  });

  it('splits people, and holds them out, as a simulation does', async () => {
    const workspace = journeyOf(
      `  - split:
      - { name: half, weight: 50%, then: [{ stop: half }] }
      - { name: some, weight: 30%, then: [{ stop: some }] }
    id: arms
`,
      'holdout: 20%\ngoal: { event: repair.delivered }\nentry: { again: never }\n',
    );
    const events = Array.from({ length: 60 }, (_, no) => {
      const type = no < 40 ? 'visit' : 'repair.delivered';
      const data = no < 40 ? {} : { repair_id: 'r' };
      return { ...event(type, `c${String(no % 20)}`, data), time: START + no, arrival: START + no };
    });
    const expected: Trace[] = [];
    simulate({
      ...{ workspace, customers: [], events, from: undefined, until: START + DAY, channelResults: {} },
      print: (line) => expected.push(line),
    });
    const { engine, watcher } = await bench.engine(workspace);
    for (const one of events) {
      bench.now = one.arrival;
      await engine.decide({ source: 'http', events: [one] });
    }
    expect(watcher.traces.map(printTraceJson)).toEqual(expected.map(printTraceJson));
    const kinds = expected.map((line) =>
      'branch' in line ? String(line.branch) : 'holdout' in line ? 'held out' : '',
    );
    expect(new Set(kinds)).toEqual(new Set(['', 'half', 'some', 'none', 'held out']));
    await isTrue();
  });

  it('starts nobody in a journey that needs what is not done yet, and says what; who is inside goes on', async () => {
    const files = (top: string) => journeyOf('  - wait: 1 hour\n  - stop: done\n', top);
    const before = await bench.engine(files(''));
    await before.engine.decide({ source: 'http', events: [event('visit', 'ann', {})] });
    const after = await bench.engine(files('limits: { credit: 5 toman per 1 day }\n'));
    expect([...after.live.notRun]).toEqual([['one', ['limits.credit']]]);
    await after.engine.decide({ source: 'http', events: [event('visit', 'bob', {})] });
    bench.now = START + HOUR;
    await after.engine.decideDueTimers();
    expect(await bench.sql('select customer_id, reason from enrolment')).toEqual([
      { customer_id: 'ann', reason: 'done' },
    ]);
    await isTrue();
  });
});
