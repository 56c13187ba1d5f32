import type { Audience, Score } from '../audience/audience.js';
import type { Expression } from './expression.js';
import type { Field, Kind } from './kind.js';

/** What the names of an expression mean where it stands. */
export interface ExpressionEnvironment {
  /** Variables in scope: event, trigger, trigger_event, started_by, customer, now, names of `save_as`. */
  readonly names: Readonly<Record<string, Field>>;
  /** The data of an event type of the catalogue; undefined for an unknown type. */
  eventType(type: string): Kind | undefined;
  readonly eventTypes: readonly string[];
  readonly audiences: ReadonlyMap<string, Audience>;
  readonly scores: ReadonlyMap<string, Score>;
  /** It was well when it was kept: what is judged otherwise since is told, and goes. */
  readonly kept?: boolean | undefined;
  /** Dotted paths known to be there because a guard stands above (`estimate`, `trigger.ready_at`). */
  readonly known: ReadonlySet<string>;
}

/** Something wrong in an expression; the place is in offsets of its source. */
export interface ExpressionProblem {
  readonly severity: 'error' | 'warning';
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

export interface Compiled {
  /** Undefined where a problem is an error. */
  readonly expression: Expression | undefined;
  readonly problems: readonly ExpressionProblem[];
  /** Dotted paths that are there where this is true. */
  readonly knownWhenTrue: readonly string[];
  /** Whether the result may be unknown because something that it needs may be absent. */
  readonly maybeUnknown: boolean;
}
