import type { Expression } from '../expression/expression.js';
import type { Scope } from '../expression/scope.js';
import type { Json } from '../json.js';
import type { Clock, Instant } from '../time/instant.js';
import type { Stimulus, Trace } from './decision.js';
import type { Enrolment } from './enrolment.js';
import { watched } from './watched-scope.js';

/** The event that a decision or a condition is about. */
export interface About {
  readonly type: string;
  readonly id: string;
  readonly time: Instant;
}

/** What is asked, tested and said next is about this enrolment, or about a start that is tried. */
export interface Turn {
  readonly at: Instant;
  readonly journey: string;
  readonly key: string | undefined;
  /** Undefined while a start is tried. */
  readonly enrolment: number | undefined;
  readonly stimulus: Stimulus['kind'] | 'fall_back' | 'changed_file';
  readonly event?: About | undefined;
  /** The trigger that a clock or a launch set off. */
  readonly startedBy?: string | undefined;
  /** The customer's. */
  readonly clock: Clock;
}

/** What a condition decides. `number` counts arms, branches and rules from 1. */
export interface Question {
  readonly of: 'trigger' | 'audience' | 'exit' | 'goal' | 'arm' | 'clock' | 'branch' | 'except' | 'channel_order';
  readonly number?: number | undefined;
  readonly step?: string | undefined;
  /** The audience that is asked, or the event type. */
  readonly name?: string | undefined;
  /** The event under test. */
  readonly event?: About | undefined;
}

/** One condition that was asked, with what it saw. `result` is unknown where something that it needs is. */
export interface Asked {
  readonly at: Instant;
  readonly question: Question;
  /** Undefined where the rule has no condition. */
  readonly source: string | undefined;
  readonly result: boolean | 'unknown';
  /** Names, and calls over history and standing, each once, in the order in which they were looked at. */
  readonly seen: readonly Seen[];
}

export interface Seen {
  readonly what: string;
  readonly value: Json | undefined;
  /** Where it is no name but a call. */
  readonly call?: Call | undefined;
}

/** `name`: an event type, a grant, a score. */
export interface Call {
  readonly of: 'count' | 'sum' | 'last' | 'events' | 'credit' | 'rest' | 'spent' | 'quintile';
  readonly name?: string | undefined;
  readonly field?: string | undefined;
  /** Undefined: ever. */
  readonly from?: Instant | undefined;
}

/** Rules that are no condition: of a start (journey-semantics 2), of which event counts (4), of a message (5), of chance (9). */
export type Rule =
  | 'draft'
  | 'max_age'
  | 'key'
  | 'runs'
  | 'paused'
  | 'already_active'
  | 're_entry'
  | 'holdout'
  | 'limit'
  | 'about'
  | 'since'
  | 'split'
  | 'consent'
  | 'channels'
  | 'sample'
  | 'not_after'
  | 'blackout'
  | 'quiet_hours'
  | 'caps';

/** One test that was made; those that nothing is written for are not told of. */
export interface Tested {
  readonly at: Instant;
  readonly step?: string | undefined;
  readonly rule: Rule;
  readonly passed: boolean;
  /** What it looked at, by name: instants, names of channels, counts. */
  readonly seen: Readonly<Record<string, Json | undefined>>;
}

/** Somebody who wants to know why: hears of every condition, test and line, in their order. It changes no decision. */
export interface Witness {
  turns(turn: Turn): void;
  asked(asked: Asked): void;
  tested(tested: Tested): void;
  /** What happened, after the rules that led to it. */
  said(line: Trace, enrolment: number | undefined): void;
  /** How an enrolment stands when its decision has been made. */
  stands(enrolment: Enrolment): void;
}

/** Whether a condition holds, and tells the witness, if there is one, what it saw. */
export function ask(condition: Expression, scope: Scope, question: Question, witness: Witness | undefined): boolean {
  if (witness === undefined) return condition.evaluate(scope) === true;
  const { scope: seeing, seen } = watched(scope);
  const result = condition.evaluate(seeing);
  witness.asked({
    at: scope.now,
    question,
    source: condition.source,
    result: typeof result === 'boolean' ? result : 'unknown',
    seen: seen(),
  });
  return result === true;
}
