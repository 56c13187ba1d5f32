import type { Batch, EachBatchPayload } from 'kafkajs';
import { reach } from '../../crash-points.js';
import { FencedError, type DeadLetter, type EventDecider, type IncomingEvent, type OffsetMove } from '../intake.js';
import type { EventValidator } from '../validate-event.js';
import type { Assignment } from './assignment.js';
import { backoffMs, pause } from './backoff.js';
import type { Commits } from './commits.js';
import { deadLetterOf, decodeMessage } from './decode-message.js';
import { Heartbeat } from './heartbeat.js';
import type { KafkaObserver } from './kafka-observer.js';
import type { KafkaTuning } from './kafka-settings.js';
import { judge, type Position } from './position.js';
import { Slips } from './slips.js';
import { rawMessage } from './raw-message.js';
import { subBatches, type SubBatch } from './sub-batches.js';
import { messageOf, type Troubles } from './troubles.js';

export interface BatchConsumerParts {
  readonly group: string;
  readonly decider: EventDecider;
  readonly validate: EventValidator;
  readonly observer: KafkaObserver;
  readonly commits: Commits;
  readonly troubles: Troubles;
  readonly tuning: KafkaTuning;
  /** Aborted when the intake stops. */
  readonly stopping: AbortSignal;
  /** The assignment in force, once its positions are known; undefined while there is none or it was revoked. */
  readonly assignment: () => Promise<Assignment | undefined>;
  readonly isCurrent: (assignment: Assignment) => boolean;
  readonly seek: (position: Position) => void;
}

/** One fetched batch on its way: what kafkajs gave, and the partition it belongs to. */
interface Delivery {
  readonly payload: EachBatchPayload;
  readonly assignment: Assignment;
  readonly position: Position;
  readonly heartbeat: Heartbeat;
}

type Decided = 'committed' | 'fenced' | 'halted';

/** Takes kafkajs's batches to the engine, in order, none twice and none left out, as far as Postgres's offsets can tell. */
export class BatchConsumer {
  readonly #slips: Slips;

  constructor(private readonly parts: BatchConsumerParts) {
    this.#slips = new Slips(parts.observer);
  }

  async consume(payload: EachBatchPayload): Promise<void> {
    const heartbeat = new Heartbeat(() => payload.heartbeat(), this.parts.tuning.heartbeatMs);
    try {
      const assignment = await heartbeat.during(this.parts.assignment());
      const position = assignment?.position(payload.batch.topic, payload.batch.partition);
      if (assignment === undefined || position === undefined) return;
      await this.#consumeFrom({ payload, assignment, position, heartbeat });
    } finally {
      heartbeat.stop();
    }
  }

  async #consumeFrom(delivery: Delivery): Promise<void> {
    if (this.#isHalted(delivery) || !(await this.#isInPlace(delivery))) return;
    const { payload, position } = delivery;
    const start = position.next;
    const end = BigInt(payload.batch.lastOffset()) + 1n;
    for (const portion of subBatches(payload.batch.messages, position.next, end, this.parts.tuning.subBatch)) {
      if (this.#isHalted(delivery)) break;
      const decided = await this.#decide(delivery, portion);
      if (decided === 'fenced') return this.#recover(delivery);
      if (decided === 'halted') break;
      this.#advance(delivery, portion.to);
      await delivery.heartbeat.check();
    }
    if (position.next > start) await this.#tellKafka(delivery);
  }

  /** Whether the fetch begins where Postgres says; if not, it is dropped and fetched again from there. */
  async #isInPlace({ payload: { batch }, assignment, position, heartbeat }: Delivery): Promise<boolean> {
    const verdict = judge(position, askedOffset(batch), BigInt(batch.highWatermark));
    if (verdict === 'decide') {
      position.state = 'following';
      return true;
    }
    if (verdict !== 'seek') {
      await this.#persist(position, heartbeat, () => assignment.realign(position, verdict.ask === 'reset'));
    }
    if (this.parts.isCurrent(assignment)) this.#seek(position);
    return false;
  }

  async #recover({ assignment, position, heartbeat }: Delivery): Promise<void> {
    const { topic, partition } = position;
    this.parts.observer.log('info', 'another consumer has moved this partition: reading its offset again', {
      topic,
      partition,
    });
    await this.#persist(position, heartbeat, () => assignment.reread(position));
    if (this.parts.isCurrent(assignment)) this.#seek(position);
  }

  #seek(position: Position): void {
    position.state = 'sought';
    this.parts.seek(position);
  }

  async #decide(delivery: Delivery, portion: SubBatch): Promise<Decided> {
    const { topic, partition, next: from } = delivery.position;
    const { events, dead } = this.#decode(topic, partition, portion);
    const move: OffsetMove = { group: this.parts.group, topic, partition, from, to: portion.to };
    for (let failures = 1; ; failures += 1) {
      try {
        const outcomes = await this.parts.decider.decide({ source: 'kafka', events, dead, move });
        this.#tellDecided(topic, partition, outcomes, dead.length);
        return 'committed';
      } catch (error) {
        if (error instanceof FencedError) return 'fenced';
        await this.#waitAfter(error, delivery.position, failures);
        await delivery.heartbeat.check();
        if (this.#isHalted(delivery)) return 'halted';
      }
    }
  }

  #decode(topic: string, partition: number, { messages }: SubBatch): { events: IncomingEvent[]; dead: DeadLetter[] } {
    const events: IncomingEvent[] = [];
    const dead: DeadLetter[] = [];
    for (const message of messages) {
      const raw = rawMessage(message);
      const decoded = decodeMessage(raw, this.parts.validate);
      const place = { topic, partition, offset: message.offset };
      if (!('event' in decoded)) dead.push(deadLetterOf(raw, place, decoded.refusals));
      else {
        events.push(decoded.event);
        this.#slips.tell(decoded.warnings ?? [], place);
      }
    }
    return { events, dead };
  }

  /** Repeats `work` (the database, the broker) until it is done, the intake stops or the membership is over. */
  async #persist(position: Position, heartbeat: Heartbeat, work: () => Promise<void>): Promise<void> {
    for (let failures = 1; !this.parts.stopping.aborted; failures += 1) {
      await heartbeat.check();
      try {
        await work();
        return;
      } catch (error) {
        await this.#waitAfter(error, position, failures);
      }
    }
  }

  async #waitAfter(error: unknown, { topic, partition }: Position, failures: number): Promise<void> {
    const sentence = `events of ${topic}/${String(partition)} wait: ${messageOf(error)}`;
    this.parts.troubles.set(aboutPartition(topic, partition), sentence);
    this.parts.observer.log('warn', sentence, { topic, partition, failures });
    await pause(backoffMs(failures, this.parts.tuning), this.parts.stopping);
  }

  #tellDecided(topic: string, partition: number, outcomes: readonly { kind: string }[], refused: number): void {
    this.parts.troubles.clear(aboutPartition(topic, partition));
    const counts = { accepted: 0, duplicate: 0, dead: refused };
    for (const { kind } of outcomes) {
      if (kind === 'accepted' || kind === 'duplicate' || kind === 'dead') counts[kind] += 1;
    }
    this.parts.observer.decided(counts);
  }

  #advance({ payload, position }: Delivery, to: bigint): void {
    position.next = to;
    payload.resolveOffset(String(to - 1n));
    const lag = BigInt(payload.batch.highWatermark) - to;
    this.parts.observer.lag(position.topic, position.partition, lag > 0n ? Number(lag) : 0);
  }

  /** For tools that show a group's lag: it is never read from there, so that a failure does no harm. */
  async #tellKafka({ payload, position: { topic, partition, next } }: Delivery): Promise<void> {
    reach('kafka.decided');
    try {
      const partitions = [{ partition, offset: String(next) }];
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions }] });
      this.parts.commits.add(topic, partition);
      reach('kafka.told');
    } catch (error) {
      this.parts.observer.log('debug', `offset not committed to Kafka: ${messageOf(error)}`, { topic, partition });
    }
  }

  #isHalted({ payload, assignment }: Delivery): boolean {
    if (this.parts.stopping.aborted || !this.parts.isCurrent(assignment)) return true;
    return !payload.isRunning() || payload.isStale();
  }
}

export function aboutPartition(topic: string, partition: number): string {
  return `${topic}/${String(partition)}`;
}

/** From where kafkajs asked for this batch; its types do not tell, but the value is there. */
function askedOffset(batch: Batch): bigint {
  if ('fetchedOffset' in batch && typeof batch.fetchedOffset === 'string') return BigInt(batch.fetchedOffset);
  return BigInt(batch.firstOffset() ?? 0);
}
