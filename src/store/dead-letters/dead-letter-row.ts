import type { Instant } from '../../domain/time/instant.js';
import type { IntakeSource } from '../../intake/intake.js';

/** A dead letter as it lies in the table. */
export interface DeadLetterRow {
  readonly no: number;
  readonly at: Instant;
  readonly source: IntakeSource;
  readonly origin: string | null;
  readonly topic: string | null;
  readonly key: string | null;
  readonly payload: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly place: string;
  readonly reason: string;
  readonly published_at: Instant | null;
  readonly replayed_at: Instant | null;
}
