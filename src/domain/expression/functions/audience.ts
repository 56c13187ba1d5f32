import { didYouMean } from '../../did-you-mean.js';
import type { Scope } from '../scope.js';
import type { Budget } from '../budget.js';
import type { Expression } from '../expression.js';
import { knownAlways } from '../facts.js';
import { boolean, integer, number } from '../kinds.js';
import type { Node } from '../node.js';
import { broken, constant, strict, type Run, type Typed } from '../typed.js';
import type { Call, FunctionDefinition } from './definition.js';
import { textLiteral } from './history-window.js';

/** A name of `audiences.yaml` or `scores.yaml`, which is written out: what it stands for is linked here. */
function readName<Linked>(
  { node: { name: asked }, operands: [node], checking }: Call,
  what: 'audience' | 'score',
  among: ReadonlyMap<string, Linked>,
): { readonly name: string; readonly linked: Linked } | undefined {
  const name = node && textLiteral(node);
  if (node === undefined) return undefined;
  if (name === undefined) {
    checking.error(node, `the ${what} is written out, in quotes: ${asked}("${nameIn(node) ?? 'name'}")`);
    return undefined;
  }
  const linked = among.get(name);
  if (linked !== undefined) return { name, linked };
  const remedy = didYouMean(name, among.keys()) || `; declare it in ${what}s.yaml`;
  checking.error(node, `unknown ${what} "${name}"${remedy}`);
  return undefined;
}

function nameIn(node: Node): string | undefined {
  return node.op === 'name' ? node.name : undefined;
}

/** It sees the customer alone, and is worked out once in an evaluation, however often a loop asks. */
function runLinked(expression: Expression, budget: Budget): Run {
  let worked: { readonly in: number; readonly value: ReturnType<Run> } | undefined;
  return (scope) => {
    if (worked?.in === budget.evaluation) return worked.value;
    const value = expression.evaluate(onCustomer(scope), budget);
    worked = { in: budget.evaluation, value };
    return value;
  };
}

/** A condition that ends unknown is false: somebody is in an audience, or is not. */
function checkInAudience(call: Call): Typed {
  const { environment, needs, budget } = call.checking;
  if (call.operands[0] !== undefined && textLiteral(call.operands[0]) === 'everyone') return constant(boolean, true);
  const found = readName(call, 'audience', environment.audiences);
  if (found === undefined) return broken;
  const { condition } = found.linked;
  needs.audience(found.name, condition);
  const run = runLinked(condition, budget);
  return strict(boolean, [], (scope) => run(scope) === true);
}

function checkScore(call: Call): Typed {
  const { environment, needs, budget } = call.checking;
  const found = readName(call, 'score', environment.scores);
  if (found === undefined) return broken;
  const { value, maybeUnknown } = found.linked;
  needs.score(found.name, value);
  const kind = value.kind.kind === 'any' ? number : value.kind;
  const run = runLinked(value, budget);
  return {
    ...strict(kind, [], (scope) => numberOf(run(scope))),
    ...guarded(call, `#score:${found.name}`, maybeUnknown),
  };
}

function checkQuintile(call: Call): Typed {
  const { environment, needs } = call.checking;
  const found = readName(call, 'score', environment.scores);
  if (found === undefined) return broken;
  const { name } = found;
  needs.quintile(name);
  return {
    ...strict(integer, [], (scope) => scope.standing.quintile(name)),
    ...guarded(call, `#quintile:${name}`, found.linked.maybeUnknown),
  };
}

function numberOf(value: ReturnType<Run>): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** `known(score("x"))` is a guard like any other. */
function guarded({ site }: Call, path: string, maybeUnknown: boolean): Pick<Typed, 'path' | 'maybeUnknown' | 'facts'> {
  return { path, maybeUnknown: maybeUnknown && !site.known.has(path), facts: knownAlways([path]) };
}

export const audienceFunctions: readonly FunctionDefinition[] = [
  { name: 'in_audience', usage: 'in_audience("vip")', form: 'call', least: 1, most: 1, check: checkInAudience },
  { name: 'score', usage: 'score("loyalty")', form: 'call', least: 1, most: 1, check: checkScore },
  { name: 'quintile', usage: 'quintile("loyalty")', form: 'call', least: 1, most: 1, check: checkQuintile },
];

/** What is asked of the customer alone sees nothing else. Written out: names and standing are gathered when they are asked for. */
function onCustomer({ names, now, clock, history, standing }: Scope): Scope {
  return { names: { customer: names['customer'] }, now, clock, history, standing };
}
