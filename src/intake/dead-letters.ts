import type { Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import type { DeadLetterRow } from '../store/dead-letters/dead-letter-row.js';
import { listDeadLetters, type DeadLetterListRow } from '../store/dead-letters/list-dead-letters.sql.js';
import { markReplayed } from '../store/dead-letters/mark-replayed.sql.js';
import { readDeadLetter } from '../store/dead-letters/read-dead-letter.sql.js';
import type { EventDecider, EventOutcome, IntakeSource, Refusal } from './intake.js';
import { decodeMessage } from './kafka/decode-message.js';
import type { RawMessage } from './kafka/raw-message.js';
import type { EventValidator } from './validate-event.js';

/** A dead letter in a list. `no` names it; `bytes` is its payload's size. */
export interface DeadLetterSummary {
  readonly no: number;
  readonly at: Instant;
  readonly source: IntakeSource;
  /** For Kafka `topic/partition/offset`. */
  readonly origin: string | undefined;
  readonly topic: string | undefined;
  readonly key: string | undefined;
  readonly bytes: number;
  readonly place: string;
  readonly reason: string;
  readonly publishedAt: Instant | undefined;
  readonly replayedAt: Instant | undefined;
}

/** A dead letter whole. */
export interface KeptDeadLetter extends DeadLetterSummary {
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export interface DeadLetterFilter {
  readonly source?: IntakeSource;
  /** Also those that were replayed already. */
  readonly replayed?: boolean;
  /** Only letters older than this one: the next page. */
  readonly before?: number;
  /** At most so many; 50. */
  readonly limit?: number;
}

/** What became of a replay. `refused`: it is still not an event that the catalogue takes, and stays to be replayed. */
export type ReplayOutcome =
  | { readonly kind: 'not_found' }
  | { readonly kind: 'replayed_before'; readonly at: Instant }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  | (EventOutcome & { readonly warnings?: readonly string[] });

/** The messages that could not be taken: to look at, and to decide again once what was wrong has been mended. */
export class DeadLetters {
  constructor(
    private readonly connection: Connection,
    private readonly validate: EventValidator,
    private readonly decider: EventDecider,
  ) {}

  /** Newest first. */
  async list({ source, replayed, before, limit }: DeadLetterFilter = {}): Promise<DeadLetterSummary[]> {
    const values = [source ?? null, replayed ?? false, before ?? null, limit ?? 50];
    return (await this.connection.run(listDeadLetters, values)).map(summaryOf);
  }

  async show(no: number): Promise<KeptDeadLetter | undefined> {
    if (!Number.isSafeInteger(no)) return undefined;
    const [row] = await this.connection.run(readDeadLetter, [no]);
    return row === undefined ? undefined : letterOf(row);
  }

  /** Validates and decides it once more, on the path of every event; an event that was taken meanwhile is a duplicate. */
  async replay(no: number): Promise<ReplayOutcome> {
    const letter = await this.show(no);
    if (letter === undefined) return { kind: 'not_found' };
    if (letter.replayedAt !== undefined) return { kind: 'replayed_before', at: letter.replayedAt };
    const decoded = decodeMessage(messageOf(letter), this.validate);
    if ('refusals' in decoded) return { kind: 'refused', refusals: decoded.refusals };
    const [outcome] = await this.decider.decide({ source: letter.source, events: [decoded.event] });
    if (outcome === undefined) throw new Error(`the engine gave no answer for dead letter ${String(no)}`);
    await this.connection.run(markReplayed, [no]);
    return { ...outcome, ...(decoded.warnings && { warnings: decoded.warnings }) };
  }
}

function messageOf({ key, payload, headers }: KeptDeadLetter): RawMessage {
  return { key: key === undefined ? null : Buffer.from(key), value: payload, headers };
}

function summaryOf(row: DeadLetterListRow): DeadLetterSummary {
  return {
    no: row.no,
    at: row.at,
    source: row.source,
    origin: row.origin ?? undefined,
    topic: row.topic ?? undefined,
    key: row.key ?? undefined,
    bytes: row.bytes,
    place: row.place,
    reason: row.reason,
    publishedAt: row.published_at ?? undefined,
    replayedAt: row.replayed_at ?? undefined,
  };
}

function letterOf(row: DeadLetterRow): KeptDeadLetter {
  const { payload, headers } = row;
  return { ...summaryOf({ ...row, bytes: payload.length }), payload, headers };
}
