import type { Admin, Consumer, EachBatchPayload } from 'kafkajs';
import { Assignment, type AssignmentParts } from './assignment.js';
import { backoffMs, pause } from './backoff.js';
import { aboutPartition, BatchConsumer, type BatchConsumerParts } from './batch-consumer.js';
import { kafkaClient } from './kafka-connection.js';
import type { KafkaIntakeSettings } from './kafka-settings.js';
import type { Position, Watermarks } from './position.js';
import { messageOf } from './troubles.js';

export interface SessionParts extends Pick<
  BatchConsumerParts,
  'decider' | 'validate' | 'observer' | 'commits' | 'troubles' | 'tuning' | 'stopping'
> {
  readonly settings: KafkaIntakeSettings;
  readonly offsets: AssignmentParts['offsets'];
}

/** Why a session ended. `topics`: one that was missing is there now. */
export type SessionEnd = { readonly kind: 'stopped' | 'topics' } | { readonly kind: 'failed'; readonly error: unknown };

/** What kafkajs logs, and tells nobody else, when a fetch is for a topic or partition that the broker does not have. */
const topicNotThere = 'This server does not host this topic-partition';

interface OpenAssignment {
  readonly assignment: Assignment;
  readonly opened: Promise<boolean>;
}

/** One life of a kafkajs consumer, from connecting to its end; it never starts itself again. */
export class ConsumerSession {
  readonly #admin: Admin;
  readonly #consumer: Consumer;
  readonly #batches: BatchConsumer;
  readonly #end = new AbortController();
  #outcome: SessionEnd = { kind: 'stopped' };
  #current: OpenAssignment | undefined;
  #lastSign = performance.now();

  constructor(private readonly parts: SessionParts) {
    const { settings, tuning, observer } = parts;
    const kafka = kafkaClient(settings, (level, message, fields) => {
      observer.log(level, message, fields);
      if (fields?.['error'] === topicNotThere) this.#doubt();
    });
    this.#admin = kafka.admin();
    this.#consumer = kafka.consumer({
      groupId: settings.group,
      sessionTimeout: tuning.sessionTimeoutMs,
      rebalanceTimeout: tuning.sessionTimeoutMs * 2,
      heartbeatInterval: tuning.heartbeatMs,
      maxBytesPerPartition: tuning.bytesPerPartition,
      maxBytes: tuning.bytesPerFetch,
      maxWaitTimeInMs: tuning.maxWaitMs,
      metadataMaxAge: tuning.metadataMaxAgeMs,
      allowAutoTopicCreation: false,
      // What kafkajs cannot mend ends the session; the intake starts another and says so in its health.
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 4, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#batches = new BatchConsumer({
      ...parts,
      group: settings.group,
      stopping: AbortSignal.any([parts.stopping, this.#end.signal]),
      assignment: () => this.#openAssignment(),
      isCurrent: (assignment) => this.#current?.assignment === assignment,
      seek: (position) => {
        this.#seek(position);
      },
    });
  }

  /** Consumes until it fails or `parts.stopping` is aborted. Never throws. */
  async run(): Promise<SessionEnd> {
    const { stopping } = this.parts;
    const stop = (): void => {
      this.#finish({ kind: 'stopped' });
    };
    stopping.addEventListener('abort', stop);
    const patrol = setInterval(() => void this.#lookAround(), Math.min(this.parts.tuning.silenceMs / 4, 5_000)).unref();
    try {
      if (stopping.aborted) return { kind: 'stopped' };
      await this.#start();
      await this.#ended();
    } catch (error) {
      this.#finish({ kind: 'failed', error });
    } finally {
      clearInterval(patrol);
      stopping.removeEventListener('abort', stop);
      await this.#close();
    }
    return this.#outcome;
  }

  async #start(): Promise<void> {
    await this.#admin.connect();
    const topics = await this.#presentTopics();
    if (topics.length === 0) throw new Error(this.parts.troubles.print() ?? 'no topic to read');
    this.#listen();
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics, fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 2,
      eachBatch: (payload) => this.#eachBatch(payload),
    });
  }

  async #presentTopics(): Promise<string[]> {
    const { settings, troubles } = this.parts;
    const there = new Set(await this.#admin.listTopics());
    const missing = settings.topics.filter((topic) => !there.has(topic));
    if (missing.length === 0) troubles.clear('topics');
    else
      troubles.set(
        'topics',
        `no such topic on the broker: ${missing.join(', ')}; create it, it is read as soon as it is there`,
      );
    return settings.topics.filter((topic) => there.has(topic));
  }

  #listen(): void {
    const { CRASH, GROUP_JOIN, FETCH, REBALANCING } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#assign(payload.memberAssignment);
    });
    this.#consumer.on(REBALANCING, () => {
      this.#revoke();
    });
    this.#consumer.on(FETCH, () => {
      this.#sign();
      this.parts.troubles.clear('broker');
    });
    this.#consumer.on(CRASH, ({ payload: { error } }) => {
      this.#finish({ kind: 'failed', error });
    });
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const busy = setInterval(() => {
      this.#sign();
    }, 1_000);
    try {
      await this.#batches.consume(payload);
    } finally {
      clearInterval(busy);
      this.#sign();
    }
  }

  /** A new generation: whatever was known of offsets is read anew. */
  #assign(topics: Readonly<Record<string, readonly number[]>>): void {
    this.#revoke();
    this.#sign();
    const { settings, offsets, observer, commits } = this.parts;
    const watermarks = (topic: string): Promise<ReadonlyMap<number, Watermarks>> => this.#watermarks(topic);
    const forgotten = (topic: string): Promise<ReadonlySet<number>> => this.#forgotten(topic);
    const parts = { group: settings.group, offsets, watermarks, forgotten, commits, observer };
    const assignment = new Assignment(parts, topics);
    this.#current = { assignment, opened: this.#open(assignment) };
    observer.log('info', 'partitions assigned', { topics });
  }

  /** A topic that was away may come back as another one of that name: what was known of offsets is read anew. */
  #doubt(): void {
    if (this.#current !== undefined && !this.#end.signal.aborted) this.#assign(this.#current.assignment.topics);
  }

  #revoke(): void {
    const topics = Object.entries(this.#current?.assignment.topics ?? {});
    this.#current = undefined;
    for (const [topic, partitions] of topics) {
      for (const partition of partitions) {
        this.parts.observer.lag(topic, partition, undefined);
        this.parts.troubles.clear(aboutPartition(topic, partition));
      }
    }
  }

  async #open(assignment: Assignment): Promise<boolean> {
    const { troubles, tuning, observer } = this.parts;
    for (let failures = 1; !this.#end.signal.aborted && !this.parts.stopping.aborted; failures += 1) {
      if (failures > 1 && this.#current?.assignment !== assignment) return false;
      try {
        const positions = await assignment.open();
        troubles.clear('offsets');
        if (this.#current?.assignment !== assignment) return false;
        for (const position of positions) this.#seek(position);
        return true;
      } catch (error) {
        troubles.set('offsets', `Kafka offsets cannot be read: ${messageOf(error)}`);
        observer.log('warn', `Kafka offsets cannot be read: ${messageOf(error)}`, { failures });
        await pause(backoffMs(failures, tuning), this.#end.signal);
      }
    }
    return false;
  }

  async #openAssignment(): Promise<Assignment | undefined> {
    const current = this.#current;
    return current !== undefined && (await current.opened) ? current.assignment : undefined;
  }

  #seek({ topic, partition, next }: Position): void {
    this.#consumer.seek({ topic, partition, offset: String(next) });
  }

  async #watermarks(topic: string): Promise<ReadonlyMap<number, Watermarks>> {
    const offsets = await this.#admin.fetchTopicOffsets(topic);
    return new Map(offsets.map(({ partition, low, high }) => [partition, { low: BigInt(low), high: BigInt(high) }]));
  }

  async #forgotten(topic: string): Promise<ReadonlySet<number>> {
    const committed = this.parts.commits.of(topic);
    if (committed.size === 0) return new Set();
    const found = await this.#admin.fetchOffsets({ groupId: this.parts.settings.group, topics: [topic] });
    const unknown = found.flatMap(({ partitions }) => partitions.filter(({ offset }) => offset === '-1'));
    return new Set(unknown.map(({ partition }) => partition).filter((partition) => committed.has(partition)));
  }

  #sign(): void {
    this.#lastSign = performance.now();
  }

  /** Sees what kafkajs does not tell: that it went silent, and that a missing topic is there. */
  async #lookAround(): Promise<void> {
    if (performance.now() - this.#lastSign > this.parts.tuning.silenceMs) {
      this.#finish({ kind: 'failed', error: new Error('the Kafka client went silent') });
    }
    const before = this.parts.troubles.get('topics');
    if (this.#current === undefined || before === undefined) return;
    await this.#presentTopics().catch(() => undefined);
    if (this.parts.troubles.get('topics') !== before) this.#finish({ kind: 'topics' });
  }

  #finish(outcome: SessionEnd): void {
    if (this.#end.signal.aborted) return;
    this.#outcome = outcome;
    this.#end.abort();
  }

  #ended(): Promise<void> {
    const { signal } = this.#end;
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else
        signal.addEventListener('abort', () => {
          resolve();
        });
    });
  }

  async #close(): Promise<void> {
    const disconnected = new AbortController();
    const closing = Promise.allSettled([this.#consumer.disconnect(), this.#admin.disconnect()]).then(() => {
      disconnected.abort();
    });
    await Promise.race([closing, pause(this.parts.tuning.stopWithinMs, disconnected.signal)]);
    this.#revoke();
  }
}
