import type { Expression, HistoryCall } from '../expression/expression.js';
import type { Scope } from '../expression/scope.js';
import type { Json } from '../json.js';
import type { Position } from '../problem.js';
import type { Duration } from '../time/duration.js';
import type { Instant } from '../time/instant.js';

/** A journey as the checker leaves it: every name resolved, every expression compiled, every step with its successor. */
export interface Journey {
  readonly name: string;
  /** The first 16 hex digits of the SHA-256 of the file: people inside stay on the version they entered. */
  readonly version: string;
  readonly title: string | undefined;
  readonly draft: boolean;
  readonly purpose: string;
  readonly about: About | undefined;
  readonly triggers: readonly EventTrigger[];
  readonly entry: Entry;
  readonly exits: readonly ExitRule[];
  readonly goals: readonly GoalRule[];
  readonly lastsAtMost: Duration;
  readonly first: Next;
  readonly steps: ReadonlyMap<string, Step>;
  /** Calls over history, of the triggers' conditions and of everything else: what has to be read. */
  readonly calls: { readonly entering: readonly HistoryCall[]; readonly inside: readonly HistoryCall[] };
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

export interface EventTrigger {
  readonly event: string;
  readonly when: Expression | undefined;
  readonly maxAge: Duration;
  /** `as`, else the event type: what `started_by` says. */
  readonly startedBy: string;
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
  readonly within: Duration;
  readonly continues: boolean;
}

/** What comes after a step: another one, the end, or back to the `wait_for` whose staying arm this was. */
export type Next =
  | { readonly kind: 'step'; readonly id: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'back'; readonly to: string };

export type Step = SendStep | WaitStep | WaitForStep | ChooseStep | StopStep;

interface StepBase {
  readonly id: string;
  readonly next: Next;
  readonly position: Position;
}

export interface SendStep extends StepBase {
  readonly kind: 'send';
  readonly template: string;
  /** The step's own purpose, else the journey's. */
  readonly purpose: string;
  readonly with: Readonly<Record<string, TextOrExpression>>;
  readonly notAfter: Limit | undefined;
}

export interface WaitStep extends StepBase {
  readonly kind: 'wait';
  readonly duration: Duration;
}

export interface WaitForStep extends StepBase {
  readonly kind: 'wait_for';
  /** Written as a list of arms; the short form names one event. */
  readonly listed: boolean;
  readonly arms: readonly EventArm[];
  readonly clocks: readonly ClockArm[];
  readonly atMost: Limit | undefined;
  /** Where a time-out leads: `else`, or simply on. */
  readonly otherwise: Next;
}

export interface EventArm {
  readonly event: string;
  readonly when: Expression | undefined;
  readonly since: 'entry' | 'last_wait';
  /** Whether `about` ties this event type: only events with the same key count. */
  readonly tied: boolean;
  readonly saveAs: string | undefined;
  readonly then: Next;
  /** After its `then` the wait goes on. */
  readonly stays: boolean;
}

/** `{after: 2 days}`: once, and the wait goes on. */
export interface ClockArm {
  readonly after: Duration;
  readonly when: Expression | undefined;
  readonly then: Next;
}

export interface ChooseStep extends StepBase {
  readonly kind: 'choose';
  readonly branches: readonly { readonly when: Expression; readonly then: Next }[];
  readonly otherwise: Next | undefined;
}

export interface StopStep extends StepBase {
  readonly kind: 'stop';
  readonly reason: TextOrExpression;
}

/** A right-hand side: text with Handlebars in it, or `=expression`. Unknown is undefined. */
export interface TextOrExpression {
  evaluate(scope: Scope): Json | undefined;
}

/** A duration from when it is reached, or a moment: undefined where the moment is unknown. */
export interface Limit {
  until(scope: Scope, from: Instant): Instant | undefined;
}
