import type { Duration } from '../time/duration.js';
import type { Budget } from './budget.js';
import type { Kind } from './kind.js';
import type { Scope } from './scope.js';

/** A value inside an expression: times and dates are milliseconds; unknown (absent, null, failed) is `undefined`. */
export type Value = undefined | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };

/** A call over history that an expression may make: what a batch has to read before it decides. */
export interface HistoryCall {
  readonly function: 'count' | 'sum' | 'last' | 'latest';
  readonly type: string;
  readonly field?: string;
  /** Absent for "ever". */
  readonly window?: Duration;
  /** With a condition the newest 1,000 events themselves are read, without one the rollups. */
  readonly conditional: boolean;
}

/** What else an expression asks for, through audiences and scores too: what has to be there before it is evaluated. */
export interface Uses {
  /** Names of `audiences.yaml`, in the order found; `everyone` needs nothing. */
  readonly audiences: readonly string[];
  /** Names of `scores.yaml`, those that are only ranked included. */
  readonly scores: readonly string[];
  /** It asks for a quintile: for a score's rank among all customers. */
  readonly population: boolean;
  readonly credit: boolean;
  readonly spent: boolean;
}

/** A checked, compiled expression. It never throws and costs a bounded time. */
export interface Expression {
  readonly source: string;
  readonly kind: Kind;
  readonly calls: readonly HistoryCall[];
  readonly uses: Uses;
  /** `payer`: the budget of the expression that is linked to this one, which pays for it and throws where it cannot. */
  evaluate(scope: Scope, payer?: Budget): Value;
}

/** A condition that ends unknown is false. */
export function isTrue(condition: Expression, scope: Scope): boolean {
  return condition.evaluate(scope) === true;
}
