import type { Channel, LookupResult, Outgoing, SendResult } from '../../../src/channels/channel.js';
import type { ChannelName } from '../../../src/domain/message/message.js';
import { Sender, type SenderParts } from '../../../src/outbox/sender.js';
import type { SenderSettings } from '../../../src/outbox/settings.js';
import { statement, type Connection, type Database, type Statement } from '../../../src/store/connection.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { look } from '../../../src/store/outbox/look.sql.js';
import { isTransient } from '../../../src/store/transient.js';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';

/** Short enough to watch, in the proportions of the real ones. */
export const quick: Partial<SenderSettings> = {
  leaseMs: 1_500,
  callTimeoutMs: 300,
  inDoubt: { askAfterMs: 400, askUntilMs: 60_000 },
  probeAfterMs: 300,
  unservedAfterMs: 3_000,
};

export const accepted: SendResult = { kind: 'accepted', providerId: 'p-1', cost: 120 };

/** A provider that answers as it is told, and remembers every call. */
export class ScriptedChannel implements Channel {
  readonly calls: (Outgoing & { readonly at: number })[] = [];
  readonly asked: number[][] = [];
  answer: (message: Outgoing, call: number) => SendResult | Promise<SendResult> = () => accepted;
  told: (id: number) => LookupResult = () => ({ kind: 'never_arrived' });
  takes: (address: string) => boolean = () => true;
  lookup: Channel['lookup'] = (ids) => {
    this.asked.push([...ids]);
    return Promise.resolve(new Map(ids.map((id) => [id, this.told(id)])));
  };

  constructor(
    readonly channel: ChannelName = 'sms',
    readonly concurrency = 20,
    readonly provider = `test-${channel}`,
  ) {}

  send(message: Outgoing): Promise<SendResult> {
    this.calls.push({ ...message, at: performance.now() });
    return Promise.resolve(this.answer(message, this.calls.length));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  get ids(): number[] {
    return this.calls.map(({ id }) => id);
  }
}

export interface MessageState {
  readonly id: number;
  readonly state: string;
  readonly channel: string;
  readonly address: string;
  readonly attempts: number;
  readonly reason: string | null;
  readonly provider_id: string | null;
  readonly cost: number | null;
  readonly next_at: number | null;
  readonly waits_for: number | null;
}

export interface NewMessage {
  readonly id: number;
  readonly customer?: string;
  readonly journey?: string;
  readonly purpose?: string;
  readonly rank?: number;
  readonly channel?: ChannelName;
  readonly content?: unknown;
  readonly fallbacks?: unknown;
  /** Milliseconds from now. */
  readonly leaveIn?: number;
  readonly createdAgo?: number;
}

const insertMessage = statement(
  'test-insert-message',
  `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, fallbacks,
     bundle, created_at, leave_by)
   select id, customer, journey, 1, 's', 'hello', purpose, rank, channel, 'to-' || id, content, fallbacks, 1,
     clock_timestamp() - created_ago * interval '1 ms', clock_timestamp() + leave_in * interval '1 ms'
   from jsonb_to_recordset($1::jsonb) as m (id bigint, customer text, journey text, purpose text, rank smallint, channel text, content jsonb,
     fallbacks jsonb, created_ago float8, leave_in float8)`,
);
const selectMessages = statement<MessageState>(
  'test-select-messages',
  `select id, state, channel, address, attempts, reason, provider_id, cost, next_at, waits_for from message order by id`,
);
const selectPending = statement<{ readonly id: string; readonly data: unknown; readonly customer_id: string }>(
  'test-select-pending',
  `select id, customer_id, data from pending_event where type = 'message.failed' and source = '/messages' order by no`,
);

const truncateAll = statement(
  '',
  'truncate message, past_attempt, pending_event, rate_bucket, channel_state, served_provider, pause',
);

/** A database with an outbox, and the senders on it. */
export class Outbox {
  private readonly senders = new Set<Sender>();
  private readonly pulses = new Map<Sender, NodeJS.Timeout>();
  /** Looks under way; one of a process that is dead is never answered. */
  private readonly looks = new Set<Promise<void>>();

  private constructor(
    readonly server: TestDatabase,
    readonly database: PostgresDatabase,
  ) {}

  static async open(): Promise<Outbox> {
    const server = await freshDatabase();
    return new Outbox(server, await PostgresDatabase.connect({ url: server.url, poolSize: 8 }));
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.server.drop();
  }

  async queue(...messages: readonly NewMessage[]): Promise<void> {
    const rows = messages.map(({ id, leaveIn, createdAgo, ...given }) => ({
      ...{ id, customer: `c${String(id)}`, journey: 'j', purpose: 'news', rank: 5, channel: 'sms', fallbacks: [] },
      ...{
        content: { text: `text ${String(id)}`, parts: 1 },
        ...given,
        leave_in: leaveIn,
        created_ago: createdAgo ?? 0,
      },
    }));
    await this.database.run(insertMessage, [JSON.stringify(rows)]);
  }

  async messages(): Promise<MessageState[]> {
    return this.database.run(selectMessages);
  }

  async message(id: number): Promise<MessageState> {
    const found = (await this.messages()).find((message) => message.id === id);
    if (found === undefined) throw new Error(`no message ${String(id)}`);
    return found;
  }

  async states(): Promise<Record<number, string>> {
    return Object.fromEntries((await this.messages()).map(({ id, state }) => [id, state]));
  }

  async areAll(state: string): Promise<boolean> {
    return (await this.messages()).every((message) => message.state === state);
  }

  async pending(): Promise<{ readonly id: string; readonly data: unknown }[]> {
    return this.database.run(selectPending);
  }

  /** A started sender that looks twenty times a second for what else there is to do. */
  sender(channels: readonly Channel[], parts: Partial<SenderParts> = {}): Sender {
    const database = parts.database ?? this.database;
    const composer = { compose: () => ({ channel: 'email' as const, subject: 's', text: 't', html: 'h' }) };
    const sender = new Sender({ composer, inDoubtRule: () => 'never', settings: quick, ...parts, database, channels });
    this.senders.add(sender);
    this.pulses.set(sender, this.pulse(sender, database, channels));
    sender.start();
    return sender;
  }

  /** Nobody calls it any more; with a `MortalDatabase` that is what a crash looks like. */
  forget(sender: Sender): void {
    clearInterval(this.pulses.get(sender));
    this.senders.delete(sender);
  }

  async stopAll(): Promise<void> {
    const senders = [...this.senders];
    for (const sender of senders) this.forget(sender);
    // A look that is under way holds locks that the truncation wants, and the other way round.
    await Promise.all(this.looks);
    await Promise.all(senders.map(async (sender) => sender.stop()));
    await this.empty();
  }

  /** Postgres ends one of two that wait for each other: what a sender began on a slow machine may be the other. */
  private async empty(attempts = 5): Promise<void> {
    try {
      await this.database.run(truncateAll);
    } catch (error) {
      if (attempts <= 1 || !isTransient(error)) throw error;
      await this.empty(attempts - 1);
    }
  }

  private pulse(sender: Sender, database: Database, channels: readonly Channel[]): NodeJS.Timeout {
    const names = [channels.map(({ channel }) => channel), channels.map(({ provider }) => provider)];
    return setInterval(() => {
      const looking = database.run(look, names).then(
        (found) => {
          sender.wake(found);
        },
        () => undefined,
      );
      if (database instanceof MortalDatabase) return;
      this.looks.add(looking);
      void looking.finally(() => this.looks.delete(looking));
    }, 50);
  }
}

/** Answers nothing once its process is dead. */
export class MortalDatabase implements Database {
  private dead = false;

  constructor(private readonly database: Database) {}

  die(): void {
    this.dead = true;
  }

  async run<Row>(wanted: Statement<Row>, values?: readonly unknown[]): Promise<Row[]> {
    return this.dead ? new Promise(() => undefined) : this.database.run(wanted, values);
  }

  async transaction<T>(work: (tx: Connection) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  async notify(channel: string): Promise<void> {
    return this.database.notify(channel);
  }

  async listen(channel: string, heard: () => void): Promise<() => Promise<void>> {
    return this.database.listen(channel, heard);
  }
}

type Through = <Row>(wanted: Statement<Row>, run: () => Promise<Row[]>) => Promise<Row[]>;

/** Each statement outside transactions goes through the hands of somebody who may wait, fail or look. */
export function interposed(database: Database, through: Through): Database {
  return {
    run: (wanted, values) => through(wanted, () => database.run(wanted, values)),
    transaction: (work) => database.transaction(work),
    notify: (channel) => database.notify(channel),
    listen: (channel, heard) => database.listen(channel, heard),
  };
}

/** Waits for the thing itself; fails after half a minute. Looks that take long take half of the time at most. */
export async function until(holds: () => boolean | Promise<boolean>, within = 30_000): Promise<void> {
  const end = performance.now() + within;
  for (;;) {
    const looked = performance.now();
    if (await holds()) return;
    if (performance.now() > end) throw new Error(`still not so: ${String(holds)}`);
    const tookMs = performance.now() - looked;
    await new Promise((resolve) => setTimeout(resolve, Math.max(5, tookMs)));
  }
}

/** A promise that somebody else resolves. */
export function gate<T>(): { readonly promise: Promise<T>; readonly open: (value: T) => void } {
  let open: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    open = resolve;
  });
  return {
    promise,
    open: (value) => {
      open(value);
    },
  };
}

/** `count` numbers from `first`. */
export function numbers(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
