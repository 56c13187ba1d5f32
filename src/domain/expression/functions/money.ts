import type { Value } from '../expression.js';
import type { Kind } from '../kind.js';
import {
  any,
  familyOf,
  mixesMoney,
  money,
  moneyRemedy,
  printKind,
  settle,
  unify,
  withoutAmong,
  type Family,
} from '../kinds.js';
import { roundDown, withoutNoise } from '../rounding.js';
import { broken, pure, strict, type Typed } from '../typed.js';
import { checkOperand, type Call, type FunctionDefinition } from './definition.js';

const rialsPerToman = 10;

function checkToman(call: Call): Typed {
  const [node] = call.operands;
  const amount = node === undefined ? broken : checkOperand(call, node, 'number');
  if (amount === broken) return broken;
  return pure(money, [amount], (scope) => rials(amount.run(scope)));
}

function rials(tomans: Value): number | undefined {
  const amount = typeof tomans === 'number' ? withoutNoise(tomans * rialsPerToman) : NaN;
  return Number.isFinite(amount) ? amount : undefined;
}

const ordered: readonly Family[] = ['number', 'money', 'time', 'duration', 'any'];

/** `min`, `max`, `round_to`: two of one kind, and the result is of it too. */
function ofOneKind(calculate: (a: number, b: number) => number): (call: Call) => Typed {
  return (call) => {
    const operands = settledOperands(call);
    if (operands === undefined) return broken;
    const [left, right] = operands;
    const kind = commonKind(left, right, call);
    if (kind === undefined) return broken;
    return strict(withoutAmong(kind), operands, (scope) => {
      const [a, b] = [left.run(scope), right.run(scope)];
      return typeof a === 'number' && typeof b === 'number' ? finite(calculate(a, b)) : undefined;
    });
  };
}

function settledOperands({ operands: [first, second], site, checking }: Call): readonly [Typed, Typed] | undefined {
  if (first === undefined || second === undefined) return undefined;
  const left = checking.check(first, site);
  const right = checking.check(second, site);
  return left === broken || right === broken ? undefined : settle(left, right);
}

function commonKind(left: Typed, right: Typed, { node, usage, checking }: Call): Kind | undefined {
  const kind = unify(left.kind, right.kind);
  const isOrdered = [left, right].every((operand) => ordered.includes(familyOf(operand.kind)));
  if (kind !== undefined && isOrdered) return kind.kind === 'any' ? any : kind;
  const kinds = `${usage} takes two numbers or two of money, not ${printKind(left.kind)} and ${printKind(right.kind)}`;
  checking.error(node, mixesMoney(left.kind, right.kind) ? `${kinds}: ${moneyRemedy(left, right)}` : kinds);
  return undefined;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

export const moneyFunctions: readonly FunctionDefinition[] = [
  { name: 'toman', usage: 'toman(20000)', form: 'call', least: 1, most: 1, check: checkToman },
  { name: 'min', usage: 'min(a, b)', form: 'call', least: 2, most: 2, check: ofOneKind(Math.min) },
  { name: 'max', usage: 'max(a, b)', form: 'call', least: 2, most: 2, check: ofOneKind(Math.max) },
  { name: 'round_to', usage: 'round_to(x, step)', form: 'call', least: 2, most: 2, check: ofOneKind(roundDown) },
];
