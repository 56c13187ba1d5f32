import type { Budget } from '../budget.js';
import type { Checking, Site } from '../checking.js';
import { areEqual } from '../equal.js';
import { noFacts } from '../facts.js';
import { areComparable, boolean, familyOf, mixesMoney, moneyRemedy, printKind, readAs, settle } from '../kinds.js';
import type { BinaryNode } from '../node.js';
import { refuseImpossible } from '../possible.js';
import { presenceOf } from '../presence.js';
import { recordRemedy } from '../records.js';
import { broken, strict, type Run, type Typed } from '../typed.js';

/** `==` and `!=`; beside `null` they ask whether a value is there. */
export function checkEquality(node: BinaryNode, site: Site, checking: Checking): Typed {
  const left = checking.check(node.left, site);
  const right = checking.check(node.right, site);
  if (left === broken || right === broken) return broken;
  const equal = node.operator === '==';
  if (right.kind.kind === 'unknown') return comparedWithNull(left, equal);
  if (left.kind.kind === 'unknown') return comparedWithNull(right, equal);
  return compared(left, right, equal, node, checking);
}

function comparedWithNull(operand: Typed, equal: boolean): Typed {
  const isThere = presenceOf(operand);
  const { known } = operand.facts;
  return {
    kind: boolean,
    run: equal ? (scope) => isThere(scope) !== true : isThere,
    maybeUnknown: false,
    facts: { ...noFacts, [equal ? 'whenFalse' : 'whenTrue']: known },
  };
}

function compared(first: Typed, second: Typed, equal: boolean, node: BinaryNode, checking: Checking): Typed {
  const [left, right] = settleTimes(first, second);
  if (!areComparable(left.kind, right.kind)) return checking.error(node, cannotCompare(left, right));
  const impossible = refuseImpossible(left, right, node, checking);
  if (impossible !== undefined) return impossible;
  const run =
    isScalar(left) && isScalar(right) ? sameScalar(left.run, right.run) : same(left.run, right.run, checking.budget);
  if (!equal) warnOfAbsent([left, right], node, checking);
  return strict(boolean, [left, right], equal ? run : opposite(run));
}

/** `a != b` reads as if it were true where `a` is not there at all. */
function warnOfAbsent(operands: readonly Typed[], node: BinaryNode, checking: Checking): void {
  const absent = operands.find(({ maybeUnknown }) => maybeUnknown);
  if (absent === undefined) return;
  const { path } = absent;
  const name = path === undefined || path.startsWith('#') ? undefined : path;
  const what = name === undefined ? 'one side is absent' : `"${name}" is absent`;
  const remedy = `${name ?? 'x'} == null or ${name ?? 'x'} != …`;
  checking.warning(
    node,
    `"!=" is unknown, which is not true, where ${what}; write ${remedy} if it is to be true there`,
  );
}

/** What is of any kind is read as a time beside one, as money beside 0's like; else JSON itself says what it is. */
function settleTimes(left: Typed, right: Typed): readonly [Typed, Typed] {
  if (familyOf(left.kind) === 'time') return [left, readAs(right, left.kind)];
  if (familyOf(right.kind) === 'time') return [readAs(left, right.kind), right];
  return left.kind.kind === 'any' || right.kind.kind === 'any' ? [left, right] : settle(left, right);
}

export function cannotCompare(left: Typed, right: Typed): string {
  const record = recordRemedy(left, right);
  if (record !== undefined) return record;
  const kinds = `${printKind(left.kind)} cannot be compared with ${printKind(right.kind)}`;
  return mixesMoney(left.kind, right.kind) ? `${kinds}: ${moneyRemedy(left, right)}` : kinds + timeRemedy(left, right);
}

function timeRemedy(left: Typed, right: Typed): string {
  const families = [familyOf(left.kind), familyOf(right.kind)];
  return families.includes('time') && families.includes('text') ? ': write timestamp("2026-12-21T18:00:00+03:30")' : '';
}

function isScalar({ kind }: Typed): boolean {
  return !['any', 'unknown', 'list', 'record'].includes(kind.kind);
}

function sameScalar(left: Run, right: Run): Run {
  return (scope) => {
    const a = left(scope);
    if (a === undefined) return undefined;
    const b = right(scope);
    return b === undefined ? undefined : a === b;
  };
}

function same(left: Run, right: Run, budget: Budget): Run {
  return (scope) => {
    const a = left(scope);
    if (a === undefined) return undefined;
    const b = right(scope);
    return b === undefined ? undefined : areEqual(a, b, budget);
  };
}

function opposite(run: Run): Run {
  return (scope) => {
    const value = run(scope);
    return value === undefined ? undefined : value !== true;
  };
}
