import type { Budget } from '../budget.js';
import type { Checking, Site } from '../checking.js';
import type { Value } from '../expression.js';
import type { Kind } from '../kind.js';
import { boolean, duration, familyOf, money, number, printKind, readAs, text, time, type Family } from '../kinds.js';
import type { CallNode, Node } from '../node.js';
import { fieldRemedy } from '../records.js';
import { broken, strict, type Run, type Typed } from '../typed.js';

/** One function of the language: how it is written, and its rule. */
export interface FunctionDefinition {
  readonly name: string;
  /** `text.contains(part)`, for messages. */
  readonly usage: string;
  readonly form: 'call' | 'method' | 'either';
  /** How many operands it takes; what stands before the dot is the first. */
  readonly least: number;
  readonly most: number;
  check(call: Call): Typed;
}

/** A call of it, with as many operands as it takes. */
export interface Call {
  readonly node: CallNode;
  readonly operands: readonly Node[];
  readonly usage: string;
  readonly site: Site;
  readonly checking: Checking;
}

/** Values come checked: of the families that the function takes, and known. Undefined is unknown. */
export type Apply = (budget: Budget, ...values: never[]) => Value;

export interface PlainFunction {
  readonly usage: string;
  readonly form?: 'method' | 'either' | 'call';
  readonly takes: readonly Family[];
  /** How many of them, at the end, may be left out. */
  readonly optional?: number;
  readonly gives: Kind;
  readonly apply: Apply;
}

/** A function of the usual sort: fixed kinds, and unknown where an operand is. */
export function plain(
  name: string,
  { usage, form = 'method', takes, optional = 0, gives, apply }: PlainFunction,
): FunctionDefinition {
  return {
    name,
    usage,
    form,
    least: takes.length - optional,
    most: takes.length,
    check: (call) => {
      const operands = checkOperands(call, takes);
      return operands === undefined ? broken : strict(gives, operands, applied(apply, operands, call.checking.budget));
    },
  };
}

/** The operands as these families; undefined where one is refused, which is then reported. */
export function checkOperands(call: Call, takes: readonly Family[]): readonly Typed[] | undefined {
  const operands = call.operands.map((operand, index) => checkOperand(call, operand, takes[index] ?? 'any'));
  return operands.includes(broken) ? undefined : operands;
}

export function checkOperand(call: Call, node: Node, family: Family): Typed {
  const typed = call.checking.check(node, call.site);
  if (typed === broken || family === 'any') return typed;
  const operand = readAs(typed, kindOfFamily[family] ?? typed.kind);
  const actual = familyOf(operand.kind);
  if (actual === family || actual === 'any') return operand;
  const wanted = kindOfFamily[family];
  const record = wanted && operand.kind.kind === 'record' ? fieldRemedy(operand, operand.kind, wanted) : undefined;
  return call.checking.error(
    node,
    record ?? `expected ${nameOf(family)} here, this is ${printKind(operand.kind)}: ${call.usage}`,
  );
}

const kindOfFamily: Partial<Readonly<Record<Family, Kind>>> = { text, number, money, boolean, time, duration };

function nameOf(family: Family): string {
  if (family === 'list') return 'a list';
  return printKind(kindOfFamily[family] ?? { kind: 'any' });
}

type Call3 = (budget: Budget, a: Value, b?: Value, c?: Value) => Value;

export function applied(apply: Apply, operands: readonly Typed[], budget: Budget): Run {
  const call = apply as Call3;
  const [first, second, third] = operands.map(({ run }) => run);
  if (first === undefined) return () => undefined;
  if (second === undefined) return applied1(call, first, budget);
  return third === undefined ? applied2(call, first, second, budget) : applied3(call, first, second, third, budget);
}

function applied1(apply: Call3, first: Run, budget: Budget): Run {
  return (scope) => {
    const a = first(scope);
    return a === undefined ? undefined : apply(budget, a);
  };
}

function applied2(apply: Call3, first: Run, second: Run, budget: Budget): Run {
  return (scope) => {
    const a = first(scope);
    if (a === undefined) return undefined;
    const b = second(scope);
    return b === undefined ? undefined : apply(budget, a, b);
  };
}

function applied3(apply: Call3, first: Run, second: Run, third: Run, budget: Budget): Run {
  const two = applied2((_, a, b) => [a, b], first, second, budget);
  return (scope) => {
    const values = two(scope) as readonly [Value, Value] | undefined;
    if (values === undefined) return undefined;
    const c = third(scope);
    return c === undefined ? undefined : apply(budget, values[0], values[1], c);
  };
}
