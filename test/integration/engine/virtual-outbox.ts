import { randomUUID } from 'node:crypto';
import type { Trace } from '../../../src/domain/journey/decision.js';
import type { Engine } from '../../../src/engine/engine.js';
import { sentColumns, unsentColumns } from '../../../src/outbox/settle-columns.js';
import { rejected } from '../../../src/outbox/settlement.js';
import { findReceipts } from '../../../src/receipts/receipt-events.js';
import { followLink } from '../../../src/store/links/follow-link.sql.js';
import { claimCalls } from '../../../src/store/webhooks/claim-calls.sql.js';
import { settleCalls } from '../../../src/store/webhooks/settle-calls.sql.js';
import { settleSent } from '../../../src/store/outbox/settle-sent.sql.js';
import { settleUnsent } from '../../../src/store/outbox/settle-unsent.sql.js';
import { outcomeOf } from '../../../src/webhooks/outcome.js';
import type { Bench } from './engine-bench.js';
import { Mailbox } from './random-clicks.js';
import { resultsAt, type Plan, type Result } from './random-outcomes.js';

/** A message as it is handed to a provider. */
interface Handed {
  readonly id: number;
  readonly customer_id: string;
  readonly journey: string;
  readonly key: string | null;
  readonly step: string;
  readonly template: string;
  readonly purpose: string;
  readonly channel: 'sms' | 'email';
  readonly address: string;
  readonly fallbacks: unknown;
  readonly lease: string;
}

/** That message, if it may leave now. A sender takes them by their rank; a simulation in the order in which they were sent. */
const TAKE = `update message set state = 'sending', provider = 'test-' || channel, lease = $2::uuid, attempts = attempts + 1,
    lease_until = clock_timestamp() + interval '1 minute', attempted_at = clock_timestamp()
  where id = $1::bigint and state = 'queued' and held is null and (leave_by is null or leave_by >= clock_timestamp())`;
const TAKEN = `select id::float8 as id, customer_id, journey, key, step, template, purpose, channel, address, fallbacks, lease
  from message where id = $1::bigint and state = 'sending'`;

/**
 * A sender, its providers and the callers of web hooks, at once and in the order of a simulation: what becomes of one message is
 * decided before the next is handed over. What they write is written by the statements of the outbox, and comes back as events.
 */
export class VirtualOutbox {
  /** What a simulation prints of messages that went on to a further channel. */
  readonly traces: Trace[] = [];
  private readonly seen = new Set<number>();
  /** The channel that each was handed to last. */
  private readonly tried = new Map<number, string>();
  private readonly mail = new Mailbox<number>();

  constructor(
    private readonly bench: Bench,
    private readonly plan: Plan,
    private readonly next: () => Engine,
    private readonly decided: () => Promise<void>,
    private readonly recheck: () => Promise<void>,
  ) {}

  /** Until nothing is left to be handed over at this instant. */
  async empty(): Promise<void> {
    await this.follow();
    // Those that go on to another channel because no receipt has come.
    for (const id of await this.queued()) {
      await this.bench.sql(TAKE, [id, randomUUID()]);
      await this.deliver(id);
    }
  }

  /** Whether they have a link to follow. */
  async click(customer: string, pick: number): Promise<boolean> {
    const picked = this.mail.picked(customer, pick);
    if (picked === undefined) return false;
    const [link] = await this.bench.sql<{ code: string }>(
      'select code from link where message_id = $1 and channel = $2 and target is not null',
      [picked.message, picked.place.channel],
    );
    const followed = await this.bench.db.run(followLink, [link?.code, true]);
    if (followed.length !== 1) throw new Error(`message ${String(picked.message)} has no link`);
    return true;
  }

  /**
   * What was queued since it was last looked at is taken, so that nothing that journeys say to others takes it back; then, in its
   * order, each is handed over, with all that comes of it.
   */
  private async follow(): Promise<void> {
    const taken = await this.takeFresh();
    while ((await this.next().decidePending()) > 0) {
      await this.decided();
      taken.push(...(await this.takeFresh()));
    }
    for (const id of taken) await this.deliver(id);
    await this.call();
  }

  private async takeFresh(): Promise<number[]> {
    const fresh = (await this.queued()).filter((id) => !this.seen.has(id));
    for (const id of fresh) this.seen.add(id);
    for (const id of fresh) await this.bench.sql(TAKE, [id, randomUUID()]);
    return fresh;
  }

  /** As it is now: meanwhile its customer may have been merged, or some of its channels closed. */
  private async taken(id: number): Promise<Handed | undefined> {
    const [handed] = await this.bench.sql<Handed>(TAKEN, [id]);
    return handed;
  }

  private async queued(): Promise<readonly number[]> {
    const rows = await this.bench.sql<{ id: number }>(
      `select id::float8 as id from message where state = 'queued' order by id`,
    );
    return rows.map(({ id }) => id);
  }

  private async deliver(id: number): Promise<void> {
    for (let handed = await this.taken(id); handed !== undefined; handed = await this.taken(id)) {
      this.tell(handed);
      const result = resultsAt(this.plan, this.bench.now ?? 0)[handed.channel];
      await this.settle(handed, result);
      await this.follow();
      if (result === 'delivered') await this.receipt(handed);
      if (result !== 'failed') return;
      await this.testAgain(id);
      await this.bench.sql(TAKE, [id, randomUUID()]);
    }
  }

  /** Its channel took some time to fail: what had to leave by now is looked at before it goes on to the next one. */
  private async testAgain(id: number): Promise<void> {
    const late = await this.bench.sql(
      `update message set leave_by = leave_by - interval '1 millisecond'
       where id = $1 and state = 'queued' and leave_by <= clock_timestamp() and leave_by > '-infinity' returning id`,
      [id],
    );
    if (late.length > 0) await this.recheck();
  }

  private async settle(message: Handed, result: Result): Promise<void> {
    const of = (settlement: Parameters<typeof sentColumns>[0][number]['settlement']) => [
      { message: { ...message, customer: message.customer_id, provider: undefined }, lease: message.lease, settlement },
    ];
    if (result === 'failed') await this.bench.db.run(settleUnsent, unsentColumns(of(rejected(message, 'failed'))));
    else
      await this.bench.db.run(
        settleSent,
        sentColumns(of({ kind: 'sent', providerId: providerIdOf(message), cost: undefined })),
      );
  }

  /** It has arrived, as its provider tells. */
  private async receipt(message: Handed): Promise<void> {
    const receipt = { kind: 'receipt', providerId: providerIdOf(message), status: 'delivered' } as const;
    const [found] = await findReceipts(this.bench.db, [{ provider: `test-${message.channel}`, receipt }]);
    if (found?.kind !== 'event') throw new Error(`the receipt of ${String(message.id)} is ${found?.kind ?? 'nothing'}`);
    await this.next().decide({ source: 'http', events: [found.event] });
    await this.decided();
    await this.follow();
  }

  private async call(): Promise<void> {
    const calls = await this.bench.db.run(claimCalls, [1, randomUUID(), 1_000]);
    for (const { id, attempts } of calls) {
      const [row] = await this.bench.sql<{ step: string; lease: string }>(
        'select step, lease from webhook_call where id = $1',
        [id],
      );
      const { status, body = null } = this.plan.answers[row?.step ?? ''] ?? { status: 200 };
      const outcome = outcomeOf({ kind: 'answered', status, body, afterMs: undefined }, attempts, 0);
      const { state, waitMs, reason = null } = outcome;
      await this.bench.db.run(settleCalls, [
        ...[[id], [row?.lease], [state], [outcome.status], [reason], [waitMs], [JSON.stringify(outcome.body)]],
      ]);
      await this.follow();
    }
  }

  /** The first time it is the decision that tells. */
  private tell({ id, customer_id: customer, journey, key, step, template, channel, address: to }: Handed): void {
    const before = this.tried.get(id);
    this.tried.set(id, channel);
    if (template === 'hello') this.mail.put(customer, { journey, template, channel }, id);
    if (before === undefined || before === channel) return;
    const about = { at: this.bench.now ?? 0, customer, journey, key: key ?? undefined, step };
    this.traces.push({ ...about, kind: 'sent', template, channel, to, text: '' });
  }
}

function providerIdOf({ id, channel }: Pick<Handed, 'id' | 'channel'>): string {
  return `${String(id)}-${channel}`;
}
