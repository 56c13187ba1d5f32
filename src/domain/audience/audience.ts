import type { Expression } from '../expression/expression.js';
import type { Position } from '../problem.js';

/** Those customers of whom a condition is true, as `audiences.yaml` names them. */
export interface Audience {
  readonly name: string;
  readonly condition: Expression;
  readonly position: Position;
}

/** A number or an amount of money for each customer, as `scores.yaml` names it. */
export interface Score {
  readonly name: string;
  readonly value: Expression;
  /** Whether it may be unknown because something that it needs may be absent. */
  readonly maybeUnknown: boolean;
  readonly position: Position;
}

const nothing = { calls: [], uses: { audiences: [], scores: [], population: false, credit: false, spent: false } };

/** The built-in one. */
export const everyone: Audience = {
  name: 'everyone',
  condition: { source: 'true', kind: { kind: 'boolean' }, ...nothing, evaluate: () => true },
  position: { file: 'journeys/audiences.yaml', line: 1, column: 1 },
};
