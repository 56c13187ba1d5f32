import type { Topics } from '../integration/kafka/topics.js';
import type { TorturedPostgres } from './postgres.js';

/** What the database still has to do. */
interface Open {
  readonly messages: number;
  readonly pending: number;
  readonly inside: number;
  readonly calls: number;
}

const OPEN = `select
  (select count(*)::int from message
    where state in ('queued', 'sending', 'retrying', 'in_doubt', 'deferred') or fallback_at is not null) as messages,
  (select count(*)::int from webhook_call where state in ('queued', 'calling', 'retrying')) as calls,
  (select count(*)::int from pending_event) as pending,
  (select count(*)::int from enrolment where status = 'active') as inside`;

/** Whatever has failed often waits for minutes until it is tried again: a round does not. */
const HURRY = `with calls as (
    update webhook_call set next_at = now() where state = 'retrying' and next_at > now() + interval '20 seconds')
  update message set next_at = now() where state = 'retrying' and next_at > now() + interval '20 seconds'`;

/** A look behind the scenes: whether there is anything left to do, and what became of a customer. */
export class State {
  constructor(
    private readonly postgres: TorturedPostgres,
    private readonly database: string,
    private readonly topics: Topics,
    private readonly topic: string,
  ) {}

  /** True when nothing is open and every record of the topic is decided; else what is left, in words. */
  async atRest(): Promise<true | string> {
    await this.postgres.ask(this.database, HURRY);
    const [open] = await this.postgres.ask<Open>(this.database, OPEN);
    const unread = await this.unread();
    if (open !== undefined && open.messages + open.pending + open.inside + open.calls + unread === 0) return true;
    return JSON.stringify({ ...open, unread });
  }

  /** Everything that is known of these customers' journeys and messages, and how many messages are in which state. */
  async tell(customers: readonly string[]): Promise<string> {
    const states = await this.postgres.ask(
      this.database,
      `select channel, state, reason, count(*)::int from message group by 1, 2, 3 order by 4 desc limit 20`,
    );
    const messages = await this.postgres.ask(
      this.database,
      `select id, customer_id, template, channel, state, attempts, reason, lease_until, next_at, attempted_at, waits_for
       from message where customer_id = any ($1) order by id limit 30`,
      [customers],
    );
    const enrolments = await this.postgres.ask(
      this.database,
      `select customer_id, key, status, step, wake_at, failures, error from enrolment where customer_id = any ($1) limit 10`,
      [customers],
    );
    const inside = await this.postgres.ask(
      this.database,
      `select customer_id, key, step, wake_at, (
         select jsonb_agg(jsonb_build_array(type, id, arrival) order by seq) from event
         where event.customer_id = enrolment.customer_id) as events, (
         select jsonb_agg(jsonb_build_array(id, template, channel, state, attempts, provider_id, attempted_at, settled_at, receipt))
         from message where message.customer_id = enrolment.customer_id) as messages
       from enrolment where status = 'active' limit 5`,
    );
    const early = await this.postgres.ask(this.database, 'select * from early_receipt order by at limit 5');
    const letters = await this.postgres.ask(this.database, 'select source, place, reason from dead_letter limit 5');
    const lines = [...states, ...inside, ...early, ...enrolments, ...messages, ...letters].map((row) =>
      JSON.stringify(row),
    );
    return [`left to do: ${String(await this.atRest())}`, ...lines].join('\n');
  }

  private async unread(): Promise<number> {
    const rows = await this.postgres.ask<{ partition: number; next: string }>(
      this.database,
      'select partition, next from kafka_offset',
    );
    const read = new Map(rows.map(({ partition, next }) => [partition, Number(next)]));
    const offsets = await this.topics.admin.fetchTopicOffsets(this.topic);
    return offsets.reduce(
      (sum, { partition, low, high }) => sum + Number(high) - (read.get(partition) ?? Number(low)),
      0,
    );
  }
}
