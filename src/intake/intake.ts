import type { JsonObject } from '../domain/json.js';
import type { Instant } from '../domain/time/instant.js';

export type IntakeSource = 'kafka' | 'http' | 'file' | 'engine';

/** A CloudEvent that passed validation: its type is in the catalogue (or the engine's own) and its data fits. */
export interface IncomingEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The customer's id (the CloudEvent's `subject`); "" for a broadcast event, which has none. */
  readonly customer: string;
  /** Undefined: the arrival counts. */
  readonly time: Instant | undefined;
  readonly data: JsonObject;
}

/** Why something was refused: the place (`data.cost`, `time`, `body`) and a sentence with the remedy. */
export interface Refusal {
  readonly place: string;
  readonly message: string;
}

/** A message that could not be taken, kept whole so that it can be replayed. */
export interface DeadLetter {
  readonly source: IntakeSource;
  /** For Kafka `topic/partition/offset`, unique; else undefined. */
  readonly origin: string | undefined;
  readonly topic: string | undefined;
  readonly key: string | undefined;
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly place: string;
  readonly reason: string;
}

/** The Kafka position that a batch moves, in the same transaction: from `from` to `to` (the next offset to read). */
export interface OffsetMove {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** What became of each event of a batch, in its order. `dead`: it failed in the engine and lies in the dead letters. */
export type EventOutcome =
  | { readonly kind: 'accepted' | 'duplicate' }
  | { readonly kind: 'dead'; readonly reason: string };

/** Another consumer has moved this partition: the batch was rolled back; re-read the offset and seek. */
export class FencedError extends Error {
  constructor(readonly move: OffsetMove) {
    super(`offset of ${move.topic}/${String(move.partition)} was moved by another consumer`);
    this.name = 'FencedError';
  }
}

/** What intake needs of the engine: decide a batch in one transaction. Resolves after the commit; throws FencedError. */
export interface EventDecider {
  decide(batch: {
    readonly source: IntakeSource;
    readonly events: readonly IncomingEvent[];
    readonly dead?: readonly DeadLetter[];
    readonly move?: OffsetMove;
  }): Promise<readonly EventOutcome[]>;
}
export const EVENT_DECIDER = Symbol('EventDecider');
