import { explainKept } from '../../../src/explain/explain-kept.js';
import { tellExplanation } from '../../../src/explain/tell/tell-explanation.js';
import { verify } from '../../../src/explain/verify.js';
import { findReceipts } from '../../../src/receipts/receipt-events.js';
import { timeline } from '../../../src/store/reading/timeline.sql.js';
import { settleUnsent } from '../../../src/store/outbox/settle-unsent.sql.js';
import { Bench, event, HOUR, shopWith, type Running } from './engine-bench.js';

/** A Saturday, ten in the morning in Tehran. */
const TEN = Date.parse('2026-11-21T10:00:00+03:30');
const at = (hour: number): number => TEN + (hour - 10) * HOUR;

const workspace = shopWith({
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  service: { consent: not_needed, quiet_hours: "21:00-09:00", not_after: 5 days, except: [complaining] }
  marketing: { consent: not_needed, caps: [ 1 per 1 day ] }
  survey: { consent: not_needed, caps: [ 1 per 30 days ], quiet_hours: "21:00-09:00", not_after: 2 days }
opt_out: { words: ["11"], purposes: [marketing, survey] }
channel_order: [sms, email]
`,
  'templates/both/sms.hbs': 'سلام\n',
  'templates/both/email.hbs': '---\nsubject: سلام\n---\nسلام\n',
  'templates/how/sms.hbs': 'از ۱ تا ۵ چند؟\n',
  'journeys/reminder.yaml': `journey: reminder
purpose: service
trigger: { event: purchase.completed }
steps:
  - { send: hello, not_after: 12 hours }
  - wait: 1 week
`,
  'journeys/audiences.yaml': 'complaining: count("repair.cancelled") > 0\n',
  'journeys/news.yaml': `journey: news
purpose: marketing
trigger: { event: visit }
steps: [ send: hello ]
`,
  'journeys/survey.yaml': `journey: survey
purpose: survey
about: repair_id
trigger: { event: repair.delivered }
steps:
  - { ask: how, answers: 1..5, within: 3 days, reask: 1, save_as: csat, else: [ stop: silent ] }
`,
  'journeys/waits.yaml': `journey: waits
purpose: marketing
about: repair_id
trigger: { event: repair.ready }
steps:
  - send: hello
    else: [ stop: nobody-heard ]
  - stop: heard
`,
  'journeys/status.yaml': `journey: status
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { when: 'days_since(trigger_event.time) >= 1' }
steps:
  - send: both
  - wait: 1 week
`,
});

interface Row {
  readonly id: number;
  readonly journey: string;
  readonly state: string;
  readonly reason: string | null;
  readonly channel: string;
  readonly leave_by: number | null;
  readonly not_after: number | null;
  readonly repeats: boolean;
}

let bench: Bench;
let running: Running;
beforeAll(async () => {
  bench = await Bench.open();
});
beforeEach(async () => {
  await bench.clear();
  bench.now = TEN;
  running = await bench.engine(workspace);
  await decide(event('customer.updated', 'ann', { phone: '+989121234567', email: 'ann@example.com' }));
});
afterAll(() => bench.close());

async function decide(...events: Parameters<typeof running.engine.decide>[0]['events']): Promise<void> {
  await running.engine.decide({ source: 'http', events });
  while ((await running.engine.decidePending()) > 0);
}

const rows = (): Promise<Row[]> => bench.sql<Row>('select * from message order by id');

/** A provider had the newest message, and so it ended. */
async function end(state: string, reason: string): Promise<void> {
  const [{ id, lease } = { id: 0, lease: '' }] = await bench.sql<{ id: number; lease: string }>(
    `update message set state = 'sending', lease = gen_random_uuid(), provider = 'test' where id = (select max(id) from message)
     returning id, lease`,
  );
  const failedOn = state === 'failed' ? 'sms' : null;
  await bench.db.run(settleUnsent, [[id], [lease], [state], [null], [reason], [false], [false], [failedOn]]);
  while ((await running.engine.decidePending()) > 0);
}

describe('a question that is asked again', () => {
  const repeat = async (hour: number): Promise<Row | undefined> => {
    await decide(event('repair.delivered', 'ann', { repair_id: 'r1' }));
    bench.now = at(hour);
    await decide(event('message.received', 'ann', { channel: 'sms', from: '+989121234567', text: 'چه؟' }));
    return (await rows())[1];
  };

  it('leaves before the next quiet hours, and not after its last instant', async () => {
    const again = await repeat(20);
    expect(again).toMatchObject({ repeats: true, state: 'queued', leave_by: at(21), not_after: at(20 + 48) });
    bench.now = at(21) + 1;
    await running.engine.recheckMessages();
    expect((await rows())[1]).toMatchObject({ state: 'deferred', reason: 'quiet_hours' });
  });

  it('is held by no cap when it is tested again in the morning', async () => {
    await repeat(20);
    await bench.sql(`update message set state = 'sent' where not repeats`);
    bench.now = at(21) + 1;
    await running.engine.recheckMessages();
    bench.now = at(33);
    await running.engine.recheckMessages();
    expect((await rows())[1]).toMatchObject({ state: 'queued', leave_by: at(45) });
  });

  it('in the night, to who has just written, leaves at once', async () => {
    expect(await repeat(22)).toMatchObject({ repeats: true, state: 'queued', leave_by: at(45) });
  });
});

describe('what ends in doubt', () => {
  it('counts for caps, for it may have arrived', async () => {
    await decide(event('visit', 'ann'));
    await end('failed', 'in_doubt');
    await decide(event('visit', 'ann'));
    expect(await rows()).toHaveLength(1);
    expect(running.watcher.traces.map(({ kind }) => kind).at(-1)).toBe('deferred');
  });

  it('counts also where its end and the next are decided together', async () => {
    await decide(event('visit', 'ann'));
    const [{ id } = { id: 0 }] = await rows();
    await bench.sql(
      `update message set state = 'sending', lease = '00000000-0000-4000-8000-000000000000', provider = 'test'`,
    );
    const lease = '00000000-0000-4000-8000-000000000000';
    await bench.db.run(settleUnsent, [[id], [lease], ['failed'], [null], ['in_doubt'], [false], [false], ['sms']]);
    await decide(event('visit', 'ann'));
    expect(await rows()).toHaveLength(1);
  });

  it('is waited for no more', async () => {
    await decide(event('repair.ready', 'ann', { repair_id: 'r1' }));
    await end('failed', 'in_doubt');
    expect(await bench.sql('select reason from enrolment')).toEqual([{ reason: 'nobody-heard' }]);
  });
});

describe('a channel that is closed while a provider has the message', () => {
  const closed = (channel: string) => event('consent.withdrawn', 'ann', { purpose: 'service', channel });
  beforeEach(async () => {
    await decide(event('repair.received', 'ann', { repair_id: 'r1' }));
    await bench.sql(`update message set state = 'sending', provider = 'test'`);
    await decide(closed('sms'));
  });

  it.each(['queued', 'retrying'])('takes it to the next one where it would be %s', async (state) => {
    await end(state, 'busy');
    expect(await rows()).toMatchObject([{ state: 'queued', channel: 'email', leave_by: at(21) }]);
    const receipt = { kind: 'own_receipt', messageId: String((await rows())[0]?.id), status: 'delivered' } as const;
    expect(await findReceipts(bench.db, [{ provider: 'sms', receipt }])).toMatchObject([
      { kind: 'event', event: { customer: 'ann', data: { channel: 'sms' } } },
    ]);
  });

  it('ends it where that one is closed as well', async () => {
    await decide(closed('email'));
    await end('queued', 'busy');
    await running.engine.recheckMessages();
    expect(await rows()).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('ends it where its journey is left', async () => {
    bench.now = at(34);
    await decide(event('repair.estimated', 'ann', { repair_id: 'r1', cost: 1 }));
    await end('queued', 'busy');
    await running.engine.recheckMessages();
    expect(await rows()).toMatchObject([{ state: 'withdrawn' }]);
  });
});

describe('an exit without an event', () => {
  beforeEach(() => decide(event('repair.received', 'ann', { repair_id: 'r1' })));

  it('takes back what waited in the queue until it held', async () => {
    bench.now = at(21) + 1;
    await running.engine.recheckMessages();
    expect(await rows()).toMatchObject([{ state: 'deferred', reason: 'quiet_hours' }]);
    bench.now = at(35);
    await running.engine.recheckMessages();
    expect(await rows()).toMatchObject([{ state: 'withdrawn', reason: 'exit' }]);
    while ((await running.engine.decidePending()) > 0);
    expect(await bench.sql('select reason from enrolment')).toEqual([{ reason: 'exit_rule' }]);
  });

  it('lets it go where it does not hold', async () => {
    bench.now = at(21) + 1;
    await running.engine.recheckMessages();
    bench.now = at(33);
    await running.engine.recheckMessages();
    expect(await rows()).toMatchObject([{ state: 'queued' }]);
    expect(await bench.sql('select status from enrolment')).toEqual([{ status: 'active' }]);
  });

  it('asks nothing of who is inside no more', async () => {
    await bench.sql(`update enrolment set status = 'ended', ended_at = entered_at, reason = 'completed'`);
    bench.now = at(21) + 1;
    await running.engine.recheckMessages();
    bench.now = at(35);
    await running.engine.recheckMessages();
    expect(await rows()).toMatchObject([{ state: 'queued' }]);
  });
});

describe('a message that is given up while it is held', () => {
  const told = async (): Promise<string> =>
    tellExplanation(await explainKept(bench.db, { customer: 'ann', journey: undefined }), 'en').join('\n');
  const line = async () => {
    const rows = await bench.db.run(timeline, ['ann', 'infinity', 0, '', 100]);
    return rows.filter(({ kind, body }) => kind === 'suppressed' || body['state'] === 'suppressed');
  };

  it('at its step is on the timeline and explained', async () => {
    bench.now = at(22);
    const purchase = { amount: 1, kind: 'shirt', order: { id: 1 } };
    await decide(event('purchase.completed', 'ann', purchase));
    bench.now = at(23);
    await decide(event('repair.cancelled', 'ann', { repair_id: 'r9' }));
    expect(await line()).toEqual([]);
    bench.now = at(33);
    await running.engine.decideDueTimers();
    const about = { journey: 'reminder', step: 'send-hello', template: 'hello', reason: 'excepted' };
    expect(await line()).toMatchObject([{ at: at(33), kind: 'suppressed', body: about }]);
    expect(await rows()).toEqual([]);
    expect(await told()).toMatch(/suppressed|not sent/i);
    expect(await verify(bench.db, { customer: 'ann' })).toMatchObject({ differences: [], unverified: [] });
  });

  it('in the queue is on the timeline and explained', async () => {
    await decide(event('repair.received', 'ann', { repair_id: 'r1' }));
    bench.now = at(21) + 1;
    await running.engine.recheckMessages();
    await bench.sql(`update enrolment set status = 'ended', ended_at = entered_at, reason = 'completed'`);
    await decide(event('repair.cancelled', 'ann', { repair_id: 'r9' }));
    bench.now = at(33);
    await running.engine.recheckMessages();
    expect(await line()).toMatchObject([{ kind: 'message', body: { state: 'suppressed', reason: 'excepted' } }]);
    expect(await told()).toMatch(/message \d+ both by sms to \S+: not sent, as was found at .*: excepted/);
  });
});
