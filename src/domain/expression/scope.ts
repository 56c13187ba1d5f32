import type { Json } from '../json.js';
import type { Clock, Instant } from '../time/instant.js';

/** One event of a customer's history. `seq` is its place in the order of that customer's decisions. */
export interface HistoryEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: Instant;
  readonly arrival: Instant;
  readonly seq: number;
  readonly data: Readonly<Record<string, Json>>;
}

/**
 * A customer's own events as expressions ask about them. Windows are (from, to], by the events' own time;
 * `from` is undefined for "ever". An answer is undefined where it cannot be known (pruned, or too many).
 */
export interface History {
  count(type: string, from: Instant | undefined, to: Instant): number | undefined;
  sum(type: string, field: string, from: Instant | undefined, to: Instant): number | undefined;
  last(type: string): Instant | undefined;
  /** The events of that type and window, oldest first by (time, seq); undefined where there are more than 1,000. */
  events(type: string, from: Instant | undefined, to: Instant): readonly HistoryEvent[] | undefined;
  /** The events of that type whose own time is not before `from`, in any order; with a tie only those with its value. */
  since(type: string, from: Instant, tie: Tie | undefined): readonly HistoryEvent[];
}

/** A field's value that ties events together: what `about` names. */
export interface Tie {
  readonly path: readonly string[];
  readonly value: string;
}

/** How a customer stands: their credit, what they have cost, their place among all. Undefined where it cannot be known. */
export interface Standing {
  /** Unspent credit now, in rials. */
  credit(): number | undefined;
  /** What is left of the grant that was saved under this name in the present enrolment, in rials. */
  rest(grantName: string): number | undefined;
  /** What messages to them cost in that time, (from, to], in rials; `from` is undefined for "ever". */
  spent(from: Instant | undefined, to: Instant): number | undefined;
  /** Where a score puts them among all customers: 1 (the least) to 5. */
  quintile(score: string): number | undefined;
}

/** Of somebody who has no credit, was sent nothing and stands nowhere. */
export const noStanding: Standing = {
  credit: () => 0,
  rest: () => undefined,
  spent: () => 0,
  quintile: () => undefined,
};

/** Everything an expression or a template may look at; names hold JSON, times in them are ISO 8601 strings. */
export interface Scope {
  readonly names: Readonly<Record<string, Json | undefined>>;
  readonly now: Instant;
  readonly clock: Clock;
  readonly history: History;
  readonly standing: Standing;
}
