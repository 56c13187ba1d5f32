import { printTraceJson } from '../../../src/simulate/print-trace.js';
import { BundleComposer } from '../../../src/outbox/bundle-composer.js';
import type { Claimed } from '../../../src/outbox/claimed.js';
import { takeMessageIds } from '../../../src/store/engine/take-message-ids.sql.js';
import { Bench, event, HOUR, shopWith } from './engine-bench.js';

const workspace = shopWith({
  'templates/invoice/sms.hbs': 'فاکتور {{trigger.repair_id}}\n',
  'templates/invoice/email.hbs': `---
subject: فاکتور {{trigger.repair_id}}
---
<p>سلام {{default customer.name "-"}}، {{jalali now}} ساعت {{time now}}، {{toman price}}</p>
`,
  'journeys/invoice.yaml': `journey: invoice
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - send: invoice
    with: { price: '=toman(125000)' }
    not_after: 3 hours
  - wait: 1 week
`,
  'journeys/urgent.yaml': `journey: urgent
purpose: transactional
trigger: { event: repair.received }
steps:
  - send: hello
`,
});

interface Row {
  readonly id: number;
  readonly customer_id: string;
  readonly journey: string;
  readonly purpose: string;
  readonly rank: number;
  readonly channel: string;
  readonly address: string;
  readonly content: unknown;
  readonly fallbacks: { readonly channel: string; readonly address: string; readonly content: unknown }[];
  readonly bundle: number;
  readonly template: string;
  readonly state: string;
  readonly reason: string | null;
  readonly leave_by: number | null;
  readonly created_at: number;
}

const EPOCH = Date.parse('2026-01-01T00:00:00Z');
const received = (customer: string, repair = 'r1') => event('repair.received', customer, { repair_id: repair });

describe('messages', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open(12);
  });
  beforeEach(async () => {
    await bench.clear();
    await bench.sql(`select setval('message_id', 1, false)`);
    await know('ann', { phone: '+989121234567', email: 'ann@example.com', name: 'آنا' });
  });
  afterAll(() => bench.close());

  const know = (id: string, attributes: object): Promise<unknown> =>
    bench.sql(`insert into customer (id, decided_at, created_at, attributes) values ($1, now(), now(), $2)`, [
      id,
      JSON.stringify(attributes),
    ]);
  const rows = (): Promise<Row[]> => bench.sql<Row>('select * from message order by id');
  const invoices = async (): Promise<Row[]> => (await rows()).filter(({ journey }) => journey === 'invoice');

  it('have ids in the order of time, from the clock of the database, that JavaScript can hold', async () => {
    const { engine } = await bench.engine(workspace);
    const before = Date.now();
    await engine.decide({ source: 'http', events: [received('ann'), received('ann', 'r2')] });
    const ids = (await rows()).map(({ id }) => id);
    expect(ids).toHaveLength(4);
    for (const id of ids) {
      expect(Number.isSafeInteger(id)).toBe(true);
      // The database's clock and ours are the machine's.
      expect(Math.abs(Math.floor(id / 4096) + EPOCH - before)).toBeLessThan(60_000);
    }
    await engine.decide({ source: 'http', events: [received('ann', 'r3')] });
    const later = (await rows()).slice(4).map(({ id }) => id);
    expect(Math.min(...later)).toBeGreaterThan(Math.max(...ids));
  });

  it('have ids that many connections at once never share', async () => {
    const taken = await Promise.all(
      Array.from({ length: 200 }, async (_, no) => {
        const many = (no % 7) + 1;
        const [row] = await bench.db.run(takeMessageIds, [many]);
        return Array.from({ length: many }, (__, place) => (row?.first ?? 0) + place);
      }),
    );
    expect(new Set(taken.flat()).size).toBe(taken.flat().length);
  });

  it('have ids that never come again, not after the sequence of a restored backup', async () => {
    const first = async (): Promise<number> => (await bench.db.run(takeMessageIds, [1]))[0]?.first ?? 0;
    const before = await first();
    await bench.sql(`select setval('message_id', 1, false)`);
    // Time has passed since: a clock that stood still for all of a restore is none.
    await bench.sql('select pg_sleep(0.002)');
    expect(await first()).toBeGreaterThan(before);
  });

  it('are ranked by their purpose and may not leave after not_after', async () => {
    const { engine } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('ann')] });
    const byJourney = new Map((await rows()).map((row) => [row.journey, row]));
    const service = byJourney.get('invoice');
    expect(service?.rank).toBeGreaterThan(byJourney.get('urgent')?.rank ?? Infinity);
    expect(service?.leave_by).toBe((service?.created_at ?? 0) + 3 * HOUR);
    expect(byJourney.get('urgent')?.leave_by).toBeNull();
  });

  it('keep the channels to fall back on, with address and content', async () => {
    const { engine } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('ann')] });
    expect(await invoices()).toMatchObject([
      {
        ...{ channel: 'sms', address: '+989121234567', content: { text: 'فاکتور r1', parts: 1 }, state: 'queued' },
        fallbacks: [
          { channel: 'email', address: 'ann@example.com', content: { zone: 'Asia/Tehran', calendar: 'jalali' } },
        ],
      },
    ]);
  });

  it('by e-mail come out of the outbox as they were tried', async () => {
    await know('bob', { email: 'bob@example.com', name: '<b>', timezone: 'Europe/Berlin' });
    const { engine, watcher } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('bob')] });
    const [row] = await invoices();
    if (row === undefined) throw new Error('nothing was queued');
    const composed = await new BundleComposer(bench.db).compose(row as unknown as Claimed);
    const sent = watcher.traces.find(({ kind, journey }) => kind === 'sent' && journey === 'invoice');
    expect(sent).toMatchObject({ channel: 'email', to: 'bob@example.com', subject: 'فاکتور r1' });
    expect(composed).toMatchObject({ channel: 'email', subject: 'فاکتور r1' });
    if (composed.channel !== 'email' || sent?.kind !== 'sent') throw new Error(sent && printTraceJson(sent));
    expect(composed.text).toBe(sent.text);
    expect(composed.html).toContain('&lt;b&gt;');
  });

  it('are withdrawn by an exit in its own transaction, those of that enrolment only', async () => {
    const { engine } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('ann'), received('ann', 'r2')] });
    await engine.decide({ source: 'http', events: [event('repair.cancelled', 'ann', { repair_id: 'r1' })] });
    expect(await invoices()).toMatchObject([{ state: 'withdrawn', reason: 'exit' }, { state: 'queued' }]);
    expect((await rows()).filter(({ journey }) => journey === 'urgent')).toMatchObject([
      { state: 'queued' },
      { state: 'queued' },
    ]);
  });

  it('of an enrolment that one batch begins and ends were never there', async () => {
    const { engine } = await bench.engine(workspace);
    await engine.decide({
      source: 'http',
      events: [received('ann'), event('repair.cancelled', 'ann', { repair_id: 'r1' })],
    });
    expect(await invoices()).toEqual([]);
  });

  it.each([
    ['consent.withdrawn', { purpose: 'service' }],
    ['customer.updated', { consent: { service: false } }],
  ])('are withdrawn by %s, those of that purpose only', async (type, data) => {
    await know('bob', { phone: '+989121234568' });
    const { engine } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('ann'), received('bob')] });
    await engine.decide({ source: 'http', events: [event(type, 'ann', data)] });
    const states = (await rows()).map(({ customer_id, purpose, state }) => [customer_id, purpose, state]);
    expect(states.sort()).toEqual([
      ['ann', 'service', 'withdrawn'],
      ['ann', 'transactional', 'queued'],
      ['bob', 'service', 'queued'],
      ['bob', 'transactional', 'queued'],
    ]);
    await engine.decide({ source: 'http', events: [received('ann', 'r2')] });
    expect((await invoices()).filter(({ customer_id, state }) => customer_id === 'ann' && state === 'queued')).toEqual(
      [],
    );
  });

  it('of a channel that was withdrawn do not leave by it, those of others do', async () => {
    await know('bob', { email: 'bob@example.com' });
    await know('eve', { phone: '+989121234568' });
    const { engine } = await bench.engine(workspace);
    const withdraw = (customer: string) => event('consent.withdrawn', customer, { purpose: 'service', channel: 'sms' });
    await engine.decide({ source: 'http', events: [received('ann'), received('bob'), received('eve')] });
    await engine.decide({ source: 'http', events: [withdraw('ann'), withdraw('bob'), withdraw('eve')] });
    expect((await invoices()).map(({ customer_id, channel, state }) => [customer_id, channel, state]).sort()).toEqual([
      ['ann', 'email', 'queued'],
      ['bob', 'email', 'queued'],
      ['eve', 'sms', 'withdrawn'],
    ]);
  });

  it('that a provider has right now are not tried again after a withdrawal', async () => {
    const { engine } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('ann')] });
    await bench.sql(
      `update message set state = 'sending', lease = gen_random_uuid(), lease_until = now() + interval '1 hour'`,
    );
    await engine.decide({ source: 'http', events: [event('repair.cancelled', 'ann', { repair_id: 'r1' })] });
    expect(await invoices()).toMatchObject([{ state: 'sending' }]);
    // The provider has failed: another try, or the next channel.
    await bench.sql(`update message set state = 'queued', lease = null, lease_until = null where state = 'sending'`);
    expect(await bench.sql(`select journey from next_messages('sms', 10) join message using (id)`)).toEqual([
      { journey: 'urgent' },
    ]);
    expect(await engine.recheckMessages()).toBe(1);
    expect(await invoices()).toMatchObject([{ state: 'withdrawn', reason: 'taken_back' }]);
  });

  it('past their not_after are suppressed', async () => {
    const { engine } = await bench.engine(workspace);
    await engine.decide({ source: 'http', events: [received('ann')] });
    expect(await engine.recheckMessages()).toBe(0);
    bench.now = Date.now() + 4 * HOUR;
    expect(await engine.recheckMessages()).toBe(1);
    expect(await invoices()).toMatchObject([{ state: 'suppressed', reason: 'too_late' }]);
  });
});
