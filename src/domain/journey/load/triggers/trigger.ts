import type { Kind } from '../../../expression/kind.js';
import type { Duration } from '../../../time/duration.js';
import type { Fields } from '../../../yaml/read.js';
import type { Trigger } from '../../trigger.js';
import type { Context } from '../context.js';

/** How one kind of trigger is read. A new kind is a file with one of these, and a line in `kinds.ts`. */
export interface TriggerReader {
  /** Its options; the main key and those that every trigger may carry are understood. */
  readonly keys: readonly string[];
  /** Reads as much as can be read: what is wrong is in the problems. */
  read(fields: Fields, context: Context): ReadStart;
}

/** What every trigger has. */
export type TriggerBase = Pick<Trigger, 'when' | 'audience' | 'maxAge' | 'startedBy'>;

export interface ReadStart {
  /** What `trigger` holds below it. */
  readonly data: Kind;
  /** The type of the event under test; undefined where a clock or a person starts it. */
  readonly event?: string;
  /** What `started_by` says without `as`. */
  readonly startedBy: string;
  /** Where the trigger does not say; one day where this does not either. */
  readonly maxAge?: Duration;
  /** Why it has to have an audience. */
  readonly needsAudience?: string;
  /** Undefined where it cannot stand for a trigger. */
  readonly make: ((base: TriggerBase) => Trigger) | undefined;
}
