import { hash } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import { firstText, secondText } from '../main/work.js';
import type { BareEvent } from './main-server.js';

/** A message on its way out. */
export interface BareMessage {
  readonly id: number;
  readonly to: string;
  readonly text: string;
}

interface BareEnrolment {
  readonly event: BareEvent;
  readonly state: string;
}

const POOL_SIZE = 12;
/** The tables are empty when the statements are first planned, and such plans must not stay in use when they are full. */
const PLANS =
  '-c plan_cache_mode=force_custom_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off';
const EPOCH = Date.UTC(2026, 0, 1);

const insertInbox = `insert into event (customer_id, hash, seq, type, time, arrival, id, source, data, bundle)
  select c, h, 1, t, at, now(), id, source, data, 1
  from unnest($1::text[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::jsonb[])
    as t(c, h, t, at, id, source, data) on conflict do nothing`;
const insertEnrolments = `insert into enrolment (customer_id, journey, seq, version, status, step, started_by, entered_at,
    wake_at, state, decided_at, stimulus, bundle)
  select c, 'bench-purchase', 1, '0000000000000000', 'active', '2', 'purchase.completed', now(),
    now() + interval '1 second', state, now(), 'event:1', 1
  from unnest($1::text[], $2::jsonb[]) as t(c, state)`;
const updateEnrolments = `update enrolment set status = 'ended', step = null, ended_at = now(), reason = 'completed',
    wake_at = null, decided_at = now(), stimulus = 'timer', state = t.state
  from unnest($1::text[], $2::text[], $3::int[], $4::jsonb[]) as t(c, journey, seq, state)
  where enrolment.customer_id = t.c and enrolment.journey = t.journey and enrolment.seq = t.seq`;
const insertMessages = `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel,
    address, content, created_at, bundle)
  select id, c, 'bench-purchase', 1, $5, $6, 'transactional', 5, 'sms', address, content, now(), 1
  from unnest($1::bigint[], $2::text[], $3::text[], $4::jsonb[]) as t(id, c, address, content)`;
const settle = `update message set state = 'sent', provider = 'kavenegar', provider_id = t.provider_id, cost = t.cost,
    attempts = 1, attempted_at = now(), settled_at = now()
  from unnest($1::bigint[], $2::text[], $3::int[]) as t(id, provider_id, cost) where message.id = t.id`;

/** The rows of the bare program: a batch a transaction, prepared statements, arrays. */
export class BareStore {
  readonly #pool: Pool;
  #counter = 0;

  constructor(url: string) {
    this.#pool = new Pool({ connectionString: url, max: POOL_SIZE, options: PLANS });
  }

  /** Inbox, enrolments and first messages of a batch. */
  async begin(events: readonly BareEvent[]): Promise<{ messages: BareMessage[]; enrolments: BareEnrolment[] }> {
    const enrolments = events.map((event) => ({ event, state: stateOf(event) }));
    const messages = events.map((event) => this.#message(event, firstText));
    await this.#transaction(async (client) => {
      await run(client, 'inbox', insertInbox, [
        events.map(({ subject }) => subject),
        events.map(({ source, id }) => hash('sha256', `${source}\0${id}`, 'hex').slice(0, 32)),
        events.map(({ type }) => type),
        events.map(({ time }) => time),
        events.map(({ id }) => id),
        events.map(({ source }) => source),
        events.map(({ data }) => JSON.stringify(data)),
      ]);
      await run(client, 'enrolments', insertEnrolments, [
        events.map(({ subject }) => subject),
        enrolments.map(({ state }) => state),
      ]);
      await this.#insertMessages(client, events, messages, '1', 'bench-thanks');
    });
    return { messages, enrolments };
  }

  /** After the wait: the enrolments end, and the second messages are there. */
  async finish(enrolments: readonly BareEnrolment[]): Promise<BareMessage[]> {
    const events = enrolments.map(({ event }) => event);
    const messages = events.map((event) => this.#message(event, secondText));
    await this.#transaction(async (client) => {
      await run(client, 'ended', updateEnrolments, [
        events.map(({ subject }) => subject),
        events.map(() => 'bench-purchase'),
        events.map(() => 1),
        enrolments.map(({ state }) => state),
      ]);
      await this.#insertMessages(client, events, messages, '3', 'bench-shipped');
    });
    return messages;
  }

  /** Messages that have left, in a transaction of their own. */
  async settle(
    sent: readonly { readonly id: number; readonly providerId: string; readonly cost: number }[],
  ): Promise<void> {
    await this.#transaction(async (client) => {
      await run(client, 'settle', settle, [
        sent.map(({ id }) => id),
        sent.map(({ providerId }) => providerId),
        sent.map(({ cost }) => cost),
      ]);
    });
  }

  async #insertMessages(
    client: PoolClient,
    events: readonly BareEvent[],
    messages: readonly BareMessage[],
    step: string,
    template: string,
  ): Promise<void> {
    await run(client, 'messages', insertMessages, [
      messages.map(({ id }) => id),
      events.map(({ subject }) => subject),
      messages.map(({ to }) => to),
      messages.map(({ text }) => JSON.stringify({ text, parts: 1 })),
      step,
      template,
    ]);
  }

  #message({ data }: BareEvent, textOf: typeof firstText): BareMessage {
    this.#counter += 1;
    const id = (Date.now() - EPOCH) * 4096 + this.#counter;
    return { id, to: data.phone, text: textOf(data.name, data.order_id) };
  }

  async #transaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      await work(client);
      await client.query('commit');
    } finally {
      client.release();
    }
  }
}

async function run(client: PoolClient, name: string, text: string, values: unknown[]): Promise<void> {
  await client.query({ name, text, values });
}

/** Of the same size as ours. */
function stateOf({ id, time, data }: BareEvent): string {
  return JSON.stringify({
    trigger: data,
    triggerEvent: { id, time: Date.parse(time) },
    saved: {},
    waits: { '2': { since: Date.now(), setBy: 1, until: Date.now() + 1000, fired: [], pending: [] } },
    missed: [],
    lastWait: 1,
    expiresAt: Date.now() + 31_536_000_000,
    goalReached: false,
  });
}
