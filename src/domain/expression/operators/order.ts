import type { Checking, Site } from '../checking.js';
import type { Value } from '../expression.js';
import { boolean, familyOf, printKind, settle, type Family } from '../kinds.js';
import type { BinaryNode, ComparisonOperator } from '../node.js';
import { recordRemedy } from '../records.js';
import { broken, pure, type Run, type Typed } from '../typed.js';
import { cannotCompare } from './equality.js';

const ordered: readonly Family[] = ['number', 'money', 'text', 'time', 'duration', 'any'];

/** `<`, `<=`, `>`, `>=` between numbers, money, texts, times and durations. */
export function checkOrder(node: BinaryNode, operator: ComparisonOperator, site: Site, checking: Checking): Typed {
  const first = checking.check(node.left, site);
  const second = checking.check(node.right, site);
  if (first === broken || second === broken) return broken;
  const [left, right] = settle(first, second);
  const record = recordRemedy(left, right);
  if (record !== undefined) return checking.error(node, record);
  for (const { kind } of [left, right]) {
    if (!ordered.includes(familyOf(kind)))
      return checking.error(node, `"${operator}" has no meaning for ${printKind(kind)}`);
  }
  if (familyOf(left.kind) !== familyOf(right.kind)) return checking.error(node, cannotCompare(left, right));
  return pure(boolean, [left, right], comparison(operator, left, right));
}

function comparison(operator: ComparisonOperator, left: Typed, right: Typed): Run {
  if (left.kind.kind === 'any') return comparedAtRunTime(operator, left.run, right.run);
  const value = right.constant?.value;
  if (typeof value === 'number' || typeof value === 'string') return comparedWithConstant(operator, left.run, value);
  return compared(operator, left.run, right.run);
}

// Both sides are of one family here: numbers or texts, which JavaScript compares alike. One closure for each operator,
// so that no condition pays for asking which one it is.
type Ordered = number | undefined;

function comparedWithConstant(operator: ComparisonOperator, left: Run, constant: number | string): Run {
  const b = constant as number;
  switch (operator) {
    case '<':
      return (scope) => {
        const a = left(scope) as Ordered;
        return a === undefined ? undefined : a < b;
      };
    case '<=':
      return (scope) => {
        const a = left(scope) as Ordered;
        return a === undefined ? undefined : a <= b;
      };
    case '>':
      return (scope) => {
        const a = left(scope) as Ordered;
        return a === undefined ? undefined : a > b;
      };
    case '>=':
      return (scope) => {
        const a = left(scope) as Ordered;
        return a === undefined ? undefined : a >= b;
      };
  }
}

function compared(operator: ComparisonOperator, left: Run, right: Run): Run {
  const holds = holdsBy[operator];
  return (scope) => {
    const a = left(scope) as Ordered;
    if (a === undefined) return undefined;
    const b = right(scope) as Ordered;
    return b === undefined ? undefined : holds(a, b);
  };
}

const holdsBy: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function comparedAtRunTime(operator: ComparisonOperator, left: Run, right: Run): Run {
  const holds = holdsBy[operator];
  return (scope) => {
    const [a, b] = [left(scope), right(scope)];
    return areOrdered(a, b) ? holds(a as number, b as number) : undefined;
  };
}

function areOrdered(a: Value, b: Value): boolean {
  return typeof a === typeof b && (typeof a === 'number' || typeof a === 'string');
}
