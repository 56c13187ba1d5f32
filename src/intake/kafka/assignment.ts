import type { OffsetMove } from '../intake.js';
import type { Commits } from './commits.js';
import type { KafkaObserver } from './kafka-observer.js';
import { settle, type Position, type Watermarks } from './position.js';

/** The truth about offsets (`KafkaOffsets` on Postgres is one). */
export interface OffsetStore {
  /** Where each partition stands; one that was never read starts at the `next` given and keeps that from now on. */
  open(group: string, starts: readonly StoredOffset[]): Promise<readonly StoredOffset[]>;
  /** Goes on at `move.to` without deciding what lies between; false: the row is no longer at `move.from`. */
  jump(move: OffsetMove, missed: bigint): Promise<boolean>;
}

export interface StoredOffset {
  readonly topic: string;
  readonly partition: number;
  readonly next: bigint;
}

/** What each partition of a topic still has on the broker. */
export type AskWatermarks = (topic: string) => Promise<ReadonlyMap<number, Watermarks>>;

/** The partitions of a topic whose commits Kafka has forgotten, which it does with a topic that is deleted. */
export type AskForgotten = (topic: string) => Promise<ReadonlySet<number>>;

export interface AssignmentParts {
  readonly group: string;
  readonly offsets: OffsetStore;
  readonly watermarks: AskWatermarks;
  readonly forgotten: AskForgotten;
  readonly commits: Commits;
  readonly observer: KafkaObserver;
}

/** The partitions of one generation of the group, with where they stand. Nothing of it outlives a rebalance. */
export class Assignment {
  readonly #positions = new Map<string, Position>();

  constructor(
    private readonly parts: AssignmentParts,
    readonly topics: Readonly<Record<string, readonly number[]>>,
  ) {}

  position(topic: string, partition: number): Position | undefined {
    return this.#positions.get(keyOf(topic, partition));
  }

  /** Reads where every partition stands and settles it with what the broker has. Throws while one of the two is away. */
  async open(): Promise<readonly Position[]> {
    for (const topic of Object.keys(this.topics)) await this.#openTopic(topic);
    return [...this.#positions.values()];
  }

  /** Asks the broker what it has and goes on there; the caller seeks to `position.next`. */
  async realign(position: Position, wasReset: boolean): Promise<void> {
    await this.#settle(position, await this.#ask(position), wasReset);
  }

  /** After a fence: what Postgres says now. */
  async reread(position: Position): Promise<void> {
    const { topic, partition } = position;
    const { low } = await this.#ask(position);
    const [row] = await this.parts.offsets.open(this.parts.group, [{ topic, partition, next: low }]);
    if (row !== undefined) position.next = row.next;
  }

  async #ask({ topic, partition }: Position): Promise<Watermarks> {
    return markOf(await this.parts.watermarks(topic), topic, partition);
  }

  async #openTopic(topic: string): Promise<void> {
    const forgotten = await this.parts.forgotten(topic);
    const rows = await this.#rows(topic);
    // Asked after the rows were read: a row is then never ahead of what the broker tells, unless the topic is another.
    const marks = await this.parts.watermarks(topic);
    for (const { partition, next } of rows) {
      const position: Position = { topic, partition, next, state: 'opened' };
      const mark = markOf(marks, topic, partition);
      await this.#settle(position, mark, forgotten.has(partition));
      this.#positions.set(keyOf(topic, partition), position);
      this.parts.observer.lag(topic, partition, Number(mark.high - position.next));
    }
  }

  async #rows(topic: string): Promise<readonly StoredOffset[]> {
    const marks = await this.parts.watermarks(topic);
    const starts = (this.topics[topic] ?? []).map((partition) => {
      return { topic, partition, next: markOf(marks, topic, partition).low };
    });
    return this.parts.offsets.open(this.parts.group, starts);
  }

  async #settle(position: Position, marks: Watermarks, wasReset: boolean): Promise<void> {
    const settlement = settle(position.next, marks, wasReset);
    if (settlement.kind === 'stay') return;
    const { topic, partition, next: from } = position;
    const missed = settlement.kind === 'missed' ? settlement.count : 0n;
    const move = { group: this.parts.group, topic, partition, from, to: settlement.to };
    if (!(await this.parts.offsets.jump(move, missed))) return this.reread(position);
    position.next = settlement.to;
    this.parts.commits.forget(topic, partition);
    this.#tell(move, missed);
  }

  #tell({ topic, partition, from, to }: OffsetMove, missed: bigint): void {
    const fields = { topic, partition, from: String(from), to: String(to), missed: String(missed) };
    if (missed === 0n) {
      const why = 'the topic was made anew, or its end was lost: reading it again from the earliest message';
      this.parts.observer.log('warn', `${why}; events that were seen before are recognised as duplicates`, fields);
      return;
    }
    this.parts.observer.missed(topic, partition, missed);
    this.parts.observer.log('error', 'the broker deleted messages before they were read: raise retention.ms', fields);
  }
}

function markOf(marks: ReadonlyMap<number, Watermarks>, topic: string, partition: number): Watermarks {
  const mark = marks.get(partition);
  if (mark === undefined) throw new Error(`the broker does not tell the offsets of ${keyOf(topic, partition)}`);
  return mark;
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${String(partition)}`;
}
