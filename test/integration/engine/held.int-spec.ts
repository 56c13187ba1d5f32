import { Metrics } from '../../../src/ops/metrics.js';
import { outboxGauges } from '../../../src/ops/outbox-gauges.js';
import { heldCounts } from '../../../src/store/engine/held-counts.sql.js';
import { Bench, event, HOUR, shopWith } from './engine-bench.js';

// Noon in Tehran.
const START = Date.parse('2040-03-01T08:30:00Z');

const workspace = shopWith({
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  service: { consent: not_needed }
  quiet: { consent: not_needed, quiet_hours: "11:00-14:00" }
  rare: { consent: not_needed, caps: [ 1 per 1 day ] }
channel_order: [sms]
`,
  'journeys/quiet.yaml': `journey: quiet
purpose: quiet
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - send: hello
`,
  'journeys/rare.yaml': `journey: rare
purpose: rare
trigger: { event: visit }
entry: { while_inside: restart }
steps:
  - send: hello
  - send: hello
`,
  'journeys/waiting.yaml': `journey: waiting
purpose: service
trigger: { event: repair.delivered }
steps:
  - wait: 1 hour
`,
});

describe('what is held', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
  });
  afterAll(() => bench.close());

  /** By reason, those above 0, as Prometheus reads it. */
  const held = async (): Promise<Record<string, number>> => {
    const metrics = new Metrics({ process: false });
    await outboxGauges(metrics, bench.db, [])();
    const lines = [...(await metrics.print()).matchAll(/^peyk_held\{reason="(\w+)"\} (\d+)$/gm)];
    return Object.fromEntries(
      lines.flatMap(([, reason = '', count]) => (count === '0' ? [] : [[reason, Number(count)]])),
    );
  };
  const begin = async () => {
    const { engine, watcher } = await bench.engine(workspace);
    const phone = (id: string) => event('customer.updated', id, { phone: '09121234567' });
    await engine.decide({ source: 'http', events: ['ann', 'bob', 'eve'].map(phone) });
    const decide = (...events: Parameters<typeof engine.decide>[0]['events']) =>
      engine.decide({ source: 'http', events });
    return { engine, watcher, decide };
  };

  it('at a step is told by its reason until it leaves or its enrolment ends', async () => {
    const { engine, decide } = await begin();
    const data = { repair_id: 'r1' };
    await decide(event('repair.received', 'ann', data), event('repair.received', 'bob', data), event('visit', 'eve'));
    expect(await held()).toEqual({ quiet_hours: 2, capped: 1 });
    await decide(event('repair.cancelled', 'ann', data));
    expect(await held()).toEqual({ quiet_hours: 1, capped: 1 });
    bench.now = START + 2 * HOUR;
    await engine.decideDueTimers();
    expect(await held()).toEqual({ capped: 1 });
  });

  it('in the queue is told by the reason why it was taken back', async () => {
    await bench.sql(
      `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, bundle,
         created_at, state, reason, next_at)
       select id, 'ann', 'quiet', 1, 's', 'hello', 'quiet', 5, 'sms', '+98', '{}', 1, now(), 'deferred',
         case when id < 4 then 'quiet_hours' else 'blackout' end, now()
       from generate_series(1, 5) id`,
    );
    expect(await held()).toEqual({ quiet_hours: 3, blackout: 2 });
  });

  it('by a pause are timers as well as messages', async () => {
    const { engine, decide } = await begin();
    await decide(
      event('repair.delivered', 'ann', { repair_id: 'r1' }),
      event('repair.delivered', 'bob', { repair_id: 'r1' }),
    );
    await bench.sql(
      `insert into pause (kind, name, reason) values ('journey', 'waiting', 'test'), ('purpose', 'rare', 'test')`,
    );
    await decide(event('visit', 'eve'));
    bench.now = START + 2 * HOUR;
    expect(await engine.holdTimers()).toBe(2);
    expect(await held()).toEqual({ capped: 1, paused: 1, paused_timers: 2 });
  });

  it('is counted without a look at what is not', async () => {
    await bench.sql(
      `insert into enrolment (customer_id, journey, seq, version, status, started_by, entered_at, state, decided_at, bundle,
         stimulus, held_by)
       select 'c' || n, 'quiet', 1, 'v', 'active', 'x', now(), '{}', now(), 1, 'event:1',
         case when n % 1000 = 0 then 'capped' end
       from generate_series(1, 50000) n`,
    );
    await bench.sql('vacuum analyze enrolment');
    const plan = await bench.sql<{ 'QUERY PLAN': string }>(`explain ${heldCounts.text}`);
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/enrolment_held_by/);
    expect(text).not.toMatch(/Seq Scan on enrolment/);
    expect(await held()).toEqual({ capped: 50 });
  });
});
