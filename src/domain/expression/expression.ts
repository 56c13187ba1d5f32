import type { Duration } from '../time/duration.js';
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

/** A checked, compiled expression. It never throws and costs a bounded time. */
export interface Expression {
  readonly source: string;
  readonly kind: Kind;
  readonly calls: readonly HistoryCall[];
  evaluate(scope: Scope): Value;
}

/** A condition that ends unknown is false. */
export function isTrue(condition: Expression, scope: Scope): boolean {
  return condition.evaluate(scope) === true;
}
