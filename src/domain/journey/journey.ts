import type { Expression, HistoryCall, Uses } from '../expression/expression.js';
import type { JourneyPolicy } from '../policy/journey-policy.js';
import type { Duration } from '../time/duration.js';
import type { Limit } from './right-hand-side.js';
import type { EndStep, Next, Step } from './step.js';
import type { Trigger } from './trigger.js';

/** A journey as the checker leaves it: every name resolved, every expression compiled, every step with its successor. */
export interface Journey {
  readonly name: string;
  /** The first 16 hex digits of the SHA-256 of the file: people inside stay on the version they entered. */
  readonly version: string;
  readonly title: string | undefined;
  readonly draft: boolean;
  /** The time in which it starts people, both ends included. */
  readonly runs: { readonly from: Limit | undefined; readonly to: Limit | undefined };
  readonly purpose: string;
  /** In addition to the purpose's: tighter, never looser. */
  readonly policy: JourneyPolicy | undefined;
  /** 1 (first) to 9. */
  readonly priority: number;
  readonly about: About | undefined;
  readonly triggers: readonly Trigger[];
  readonly entry: Entry;
  readonly limits: Limits;
  /** The share kept out as the control group, from 0 to below 1. */
  readonly holdout: number;
  readonly onChange: 'pin' | 'move' | 'exit';
  /** Under `move`, the new ids of steps that were renamed. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly exits: readonly ExitRule[];
  readonly goals: readonly GoalRule[];
  readonly lastsAtMost: Duration;
  readonly first: Next;
  readonly steps: ReadonlyMap<string, Step>;
  /** Done however an enrolment ends, one after the other. */
  readonly atEnd: readonly EndStep[];
  /** Calls over history, of the triggers' conditions and of everything else: what has to be read. */
  readonly calls: { readonly entering: readonly HistoryCall[]; readonly inside: readonly HistoryCall[] };
  /** What else its expressions ask for: audiences, scores, credit. */
  readonly uses: Uses;
  /** Event types that its triggers listen to. */
  readonly startsOn: ReadonlySet<string>;
  /** Event types that its exits, goals and waits listen to. */
  readonly listensTo: ReadonlySet<string>;
  /** Of those, the ones that `about` ties: earlier events of these types are looked at, at entry and at a wait. */
  readonly tiedTypes: readonly string[];
}

/** The entry key: a field of the event (its path), which also ties events that have it, or an expression, which ties none. */
export type About =
  | { readonly kind: 'field'; readonly path: readonly string[]; readonly ties: ReadonlySet<string> }
  | { readonly kind: 'expression'; readonly value: Expression };

/** Past one of them nobody starts. Without `per` it is over the journey's life; `credit` in rials. */
export interface Limits {
  readonly entries?: { readonly amount: number; readonly per: Duration | undefined };
  readonly credit?: { readonly amount: number; readonly per: Duration | undefined };
}

export interface Entry {
  readonly again: { readonly kind: 'always' | 'never' } | { readonly kind: 'after'; readonly duration: Duration };
  readonly whileInside: 'ignore' | 'restart' | 'update';
}

/** Without `event` it is tested at every event of the customer and before every send. */
export interface ExitRule {
  readonly event: string | undefined;
  readonly when: Expression | undefined;
}

export interface GoalRule {
  readonly event: string | undefined;
  readonly when: Expression | undefined;
  readonly value: Expression | undefined;
  /** Counted from entry. */
  readonly within: Limit;
  readonly continues: boolean;
}
