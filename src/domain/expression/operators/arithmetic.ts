import { longestList, longestText, type Budget } from '../budget.js';
import type { Checking, Site } from '../checking.js';
import { isItems } from '../equal.js';
import type { Value } from '../expression.js';
import type { Kind } from '../kind.js';
import {
  any,
  duration,
  familyOf,
  integer,
  mixesMoney,
  money,
  moneyRemedy,
  number,
  printKind,
  readAs,
  settle,
  text,
  time,
  unify,
  withoutAmong,
  type Family,
} from '../kinds.js';
import type { ArithmeticOperator, BinaryNode, NegativeNode } from '../node.js';
import { recordRemedy } from '../records.js';
import { withoutNoise } from '../rounding.js';
import { broken, pure, strict, type Run, type Typed } from '../typed.js';

export function checkArithmetic(node: BinaryNode, operator: ArithmeticOperator, site: Site, checking: Checking): Typed {
  const first = checking.check(node.left, site);
  const second = checking.check(node.right, site);
  if (first === broken || second === broken) return broken;
  const [left, right] = settled(operator, first, second);
  if (operator === '/' && right.constant?.value === 0) return checking.error(node.right, 'nothing can be divided by 0');
  if (left.kind.kind === 'any' || right.kind.kind === 'any') {
    return strict(any, [left, right], decidedAtRunTime(operator, left.run, right.run, checking.budget));
  }
  const kind = resultKind(operator, left.kind, right.kind);
  return kind === undefined
    ? checking.error(node, refusal(operator, left, right))
    : ofKind(kind, operator, left, right, checking.budget);
}

function ofKind(kind: Kind, operator: ArithmeticOperator, left: Typed, right: Typed, budget: Budget): Typed {
  const operands = [left, right];
  if (kind.kind === 'list') return strict(kind, operands, joinedLists(left.run, right.run, budget));
  if (kind.kind === 'text') return strict(kind, operands, joined(left.run, right.run, budget));
  const most = kind.kind === 'time' ? latestInstant : Infinity;
  const run = calculated(operator, left.run, right.run, most);
  return pure(kind, operands, kind.kind === 'money' && '*/'.includes(operator) ? exactly(run) : run);
}

/** What is of any kind is read as what `+` and `-` can use beside the other, as a number for the others. */
function settled(operator: ArithmeticOperator, left: Typed, right: Typed): readonly [Typed, Typed] {
  if (left.kind.kind === 'any' && right.kind.kind === 'any') return [left, right];
  if (operator !== '+' && operator !== '-') return [readAs(left, number), readAs(right, number)];
  if (right.kind.kind === 'duration') return [readAs(left, time), right];
  return left.kind.kind === 'duration' ? [left, readAs(right, time)] : settle(left, right);
}

function resultKind(operator: ArithmeticOperator, left: Kind, right: Kind): Kind | undefined {
  if (left.kind === 'list' && right.kind === 'list' && operator === '+') {
    return unify(left, right) ?? { kind: 'list', of: any };
  }
  const rule = rules.find(
    ([rule, first, second]) => rule.includes(operator) && first === familyOf(left) && second === familyOf(right),
  );
  if (rule === undefined) return undefined;
  const areWhole = left.kind === 'integer' && right.kind === 'integer' && operator !== '/';
  return areWhole ? integer : rule[3];
}

const rules: readonly (readonly [string, Family, Family, Kind])[] = [
  ['+-*/%', 'number', 'number', number],
  ['+-', 'money', 'money', money],
  ['*/', 'money', 'number', money],
  ['*', 'number', 'money', money],
  ['/', 'money', 'money', number],
  ['+', 'text', 'text', text],
  ['+-', 'time', 'duration', time],
  ['+', 'duration', 'time', time],
  ['-', 'time', 'time', duration],
  ['+-', 'duration', 'duration', duration],
];

function refusal(operator: ArithmeticOperator, left: Typed, right: Typed): string {
  const record = recordRemedy(left, right);
  if (record !== undefined) return record;
  const kinds = `"${operator}" has no meaning between ${printKind(left.kind)} and ${printKind(right.kind)}`;
  if (mixesMoney(left.kind, right.kind) && '+-'.includes(operator)) return `${kinds}: ${moneyRemedy(left, right)}`;
  if (left.kind.kind === 'text' || right.kind.kind === 'text') return `${kinds}; string(x) makes text of a value`;
  return left.kind.kind === 'unknown' || right.kind.kind === 'unknown'
    ? `${kinds}; ask x == null, or default(x, y)`
    : kinds;
}

/** What a JavaScript date, and so ISO 8601 in JSON, can hold. */
const latestInstant = 8.64e15;

function calculated(operator: ArithmeticOperator, left: Run, right: Run, most: number): Run {
  const calculate = calculations[operator];
  return (scope) => {
    const a = left(scope) as number | undefined;
    if (a === undefined) return undefined;
    const b = right(scope) as number | undefined;
    if (b === undefined) return undefined;
    return within(calculate(a, b), most);
  };
}

/** Whole rials are not lost to fractions. */
function exactly(run: Run): Run {
  return (scope) => {
    const value = run(scope);
    return typeof value === 'number' ? withoutNoise(value) : value;
  };
}

/** Division by zero and overflow are unknown. */
function within(value: number, most: number): number | undefined {
  return Number.isFinite(value) && Math.abs(value) <= most ? value : undefined;
}

const calculations: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

function joined(left: Run, right: Run, budget: Budget): Run {
  return (scope) => {
    const a = left(scope) as string | undefined;
    const b = a === undefined ? undefined : (right(scope) as string | undefined);
    return a === undefined || b === undefined ? undefined : joinTexts(a, b, budget);
  };
}

function joinTexts(a: string, b: string, budget: Budget): string | undefined {
  if (a.length + b.length > longestText) return undefined;
  budget.spend(1);
  return a + b;
}

function joinedLists(left: Run, right: Run, budget: Budget): Run {
  return (scope) => {
    const [a, b] = [left(scope), right(scope)];
    return isItems(a) && isItems(b) ? joinLists(a, b, budget) : undefined;
  };
}

function joinLists(a: readonly Value[], b: readonly Value[], budget: Budget): readonly Value[] | undefined {
  if (a.length + b.length > longestList) return undefined;
  budget.spend(a.length + b.length);
  return [...a, ...b];
}

function decidedAtRunTime(operator: ArithmeticOperator, left: Run, right: Run, budget: Budget): Run {
  const calculate = calculations[operator];
  return (scope) => {
    const [a, b] = [left(scope), right(scope)];
    if (typeof a === 'number' && typeof b === 'number') return within(calculate(a, b), Infinity);
    if (operator !== '+') return undefined;
    if (typeof a === 'string' && typeof b === 'string') return joinTexts(a, b, budget);
    return isItems(a) && isItems(b) ? joinLists(a, b, budget) : undefined;
  };
}

/** `-x` */
export function checkNegative(node: NegativeNode, site: Site, checking: Checking): Typed {
  const checked = checking.check(node.of, site);
  if (checked === broken) return broken;
  const of = readAs(checked, number);
  if (!['number', 'money', 'duration'].includes(familyOf(of.kind))) {
    return checking.error(node, `"-" has no meaning before ${printKind(of.kind)}`);
  }
  const { run } = of;
  return pure(withoutAmong(of.kind), [of], (scope) => {
    const value = run(scope);
    return typeof value === 'number' ? 0 - value : undefined;
  });
}
