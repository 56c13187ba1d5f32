import type { Checking, Site } from '../checking.js';
import { intersection, union, withPaths, type Facts } from '../facts.js';
import { boolean, printKind, readAs, settle, unify } from '../kinds.js';
import type { ChoiceNode, LogicNode, Node, NotNode } from '../node.js';
import { broken, pure, type Run, type Typed } from '../typed.js';

/** A part that has to be true or false; reports it where it is something else. `who` asks for it: `"and" joins`. */
export function checkCondition(node: Node, site: Site, checking: Checking, who: string): Typed {
  const typed = checking.check(node, site);
  if (typed === broken) return broken;
  const condition = readAs(typed, boolean);
  if (condition.kind.kind === 'boolean') return condition;
  const what = `${who} a condition, true or false; this is ${printKind(condition.kind)}`;
  const isPath = node.op === 'name' || node.op === 'field';
  return checking.error(node, isPath ? `${what}: compare it, or ask known(…)` : what);
}

export function checkLogic(node: LogicNode, site: Site, checking: Checking): Typed {
  const isAnd = node.op === 'and';
  const sides: Typed[] = [];
  let known = site.known;
  for (const side of node.sides) {
    const typed = checkCondition(side, { ...site, known }, checking, `"${node.op}" joins`);
    sides.push(typed);
    // Each side is only looked at where the ones before it did not decide.
    known = withPaths(known, isAnd ? typed.facts.whenTrue : typed.facts.whenFalse);
  }
  const runs = sides.map(({ run }) => run);
  const run = runs.reduce((left, right) => (isAnd ? both(left, right) : either(left, right)));
  const maybeUnknown = sides.some((side) => side.maybeUnknown);
  return { kind: boolean, run, maybeUnknown, facts: isAnd ? factsOfAnd(sides) : factsOfOr(sides) };
}

function both(left: Run, right: Run): Run {
  return (scope) => {
    const a = left(scope);
    if (a === false) return false;
    const b = right(scope);
    if (b === false) return false;
    return a === true && b === true ? true : undefined;
  };
}

function either(left: Run, right: Run): Run {
  return (scope) => {
    const a = left(scope);
    if (a === true) return true;
    const b = right(scope);
    if (b === true) return true;
    return a === false && b === false ? false : undefined;
  };
}

function factsOfAnd(sides: readonly Typed[]): Facts {
  const whenTrue = union(...sides.map(({ facts }) => facts.whenTrue));
  return { known: [], whenTrue, whenFalse: inEach(sides.map(({ facts }) => facts.whenFalse)) };
}

function factsOfOr(sides: readonly Typed[]): Facts {
  const whenFalse = union(...sides.map(({ facts }) => facts.whenFalse));
  return { known: [], whenTrue: inEach(sides.map(({ facts }) => facts.whenTrue)), whenFalse };
}

function inEach([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return intersection(first, ...others);
}

export function checkNot(node: NotNode, site: Site, checking: Checking): Typed {
  const of = checkCondition(
    node.of,
    site,
    checking,
    '"not", which takes only what stands next to it (write not (a == b)), turns',
  );
  if (of === broken) return broken;
  const { run } = of;
  const negated = pure(boolean, [of], (scope) => {
    const value = run(scope);
    return value === undefined ? undefined : value !== true;
  });
  const { known, whenTrue, whenFalse } = of.facts;
  return { ...negated, facts: { known, whenTrue: whenFalse, whenFalse: whenTrue } };
}

/** `condition ? then : otherwise` */
export function checkChoice(node: ChoiceNode, site: Site, checking: Checking): Typed {
  const condition = checkCondition(node.condition, site, checking, '"?" asks');
  const { whenTrue, whenFalse } = condition.facts;
  const [then, otherwise] = settle(
    checking.check(node.then, { ...site, known: withPaths(site.known, whenTrue) }),
    checking.check(node.otherwise, { ...site, known: withPaths(site.known, whenFalse) }),
  );
  const kind = unify(then.kind, otherwise.kind);
  if (kind === undefined) {
    const kinds = `${printKind(then.kind)} and ${printKind(otherwise.kind)}`;
    return checking.error(node, `both results of "? :" have to be of one kind; these are ${kinds}`);
  }
  const maybeUnknown = condition.maybeUnknown || then.maybeUnknown || otherwise.maybeUnknown;
  const facts = factsOfChoice(condition.facts, then, otherwise);
  return { kind, run: chosen(condition.run, then.run, otherwise.run), maybeUnknown, facts };
}

function chosen(condition: Run, then: Run, otherwise: Run): Run {
  return (scope) => {
    const value = condition(scope);
    if (value === undefined) return undefined;
    return value === true ? then(scope) : otherwise(scope);
  };
}

function factsOfChoice(condition: Facts, then: Typed, otherwise: Typed): Facts {
  const after = (which: keyof Facts, impossible?: boolean): readonly string[] => {
    const first = union(condition.whenTrue, then.facts[which]);
    const second = union(condition.whenFalse, otherwise.facts[which]);
    // `known(x) ? x.y > 1 : false` is true by its first result only.
    if (isAlways(otherwise, impossible)) return union(condition.known, first);
    return union(condition.known, isAlways(then, impossible) ? second : intersection(first, second));
  };
  return { known: after('known'), whenTrue: after('whenTrue', false), whenFalse: after('whenFalse', true) };
}

function isAlways({ constant }: Typed, value: boolean | undefined): boolean {
  return value !== undefined && constant?.value === value;
}
