import type { Json } from '../json.js';
import type { Value } from './expression.js';
import { knownAlways, noFacts, union, type Facts } from './facts.js';
import type { Kind } from './kind.js';
import { noStanding, type Scope } from './scope.js';

export type Run = (scope: Scope) => Value;
export type ReadJson = (scope: Scope) => Json | undefined;

/** A checked part of an expression, ready to run. */
export interface Typed {
  readonly kind: Kind;
  readonly run: Run;
  /** The same as it stands in JSON, to reach into it; absent for what an expression has made itself. */
  readonly json?: ReadJson;
  /** `trigger.amount`: what a guard can make known. */
  readonly path?: string;
  readonly constant?: { readonly value: Value };
  readonly maybeUnknown: boolean;
  readonly facts: Facts;
}

/** What has been refused already: it goes with everything, so that one mistake is told once. */
export const broken: Typed = { kind: { kind: 'any' }, run: () => undefined, maybeUnknown: false, facts: noFacts };

export function constant(kind: Kind, value: Value): Typed {
  return { kind, run: () => value, constant: { value }, maybeUnknown: value === undefined, facts: noFacts };
}

/** An operation that is unknown wherever one of its operands is. */
export function strict(kind: Kind, operands: readonly Typed[], run: Run): Typed {
  const maybeUnknown = operands.some((operand) => operand.maybeUnknown);
  return { kind, run, maybeUnknown, facts: knownAlways(union(...operands.map(({ facts }) => facts.known))) };
}

/** The same for one that looks at nothing else: between constants it is worked out at once. */
export function pure(kind: Kind, operands: readonly Typed[], run: Run): Typed {
  const value = operands.every((operand) => operand.constant !== undefined) ? run(nowhere) : undefined;
  return value === undefined ? strict(kind, operands, run) : constant(kind, value);
}

const nowhere: Scope = {
  names: {},
  now: 0,
  clock: { zone: 'UTC', calendar: 'gregorian' },
  history: {
    since: () => [],
    count: () => undefined,
    sum: () => undefined,
    last: () => undefined,
    events: () => undefined,
  },
  standing: noStanding,
};
