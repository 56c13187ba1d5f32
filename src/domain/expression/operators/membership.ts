import type { Budget } from '../budget.js';
import type { Checking, Site } from '../checking.js';
import { areEqual, isFields, isItems } from '../equal.js';
import type { Value } from '../expression.js';
import type { Kind } from '../kind.js';
import { areComparable, boolean, mixesMoney, moneyRemedy, printKind, readAs, settledBeside, text } from '../kinds.js';
import type { BinaryNode } from '../node.js';
import { refuseImpossibleItems } from '../possible.js';
import { fieldRemedy } from '../records.js';
import { broken, strict, type Run, type Typed } from '../typed.js';

/** `x in list`, `"key" in map`. */
export function checkMembership(node: BinaryNode, site: Site, checking: Checking): Typed {
  const item = checking.check(node.left, site);
  const container = checking.check(node.right, site);
  if (item === broken || container === broken) return broken;
  switch (container.kind.kind) {
    case 'list':
      return inList(item, container, container.kind.of, node, checking);
    case 'record':
    case 'any':
      return inAny(item, container, node, checking);
    case 'text':
      return checking.error(node.right, '"in" looks into a list; for a part of a text write text.contains("…")');
    default:
      return checking.error(node.right, `"in" looks into a list or map; this is ${printKind(container.kind)}`);
  }
}

function inList(left: Typed, list: Typed, of: Kind, node: BinaryNode, checking: Checking): Typed {
  const isTime = of.kind === 'time' || of.kind === 'date';
  const item = isTime ? readAs(left, of) : left.kind.kind === 'any' ? left : settledBeside(left, of);
  if (item.kind.kind === 'unknown' || !areComparable(item.kind, of)) return checking.error(node, cannotBeIn(item, of));
  const impossible = refuseImpossibleItems(item, list, node.right, checking);
  if (impossible !== undefined) return impossible;
  const run = constantScalars(list) ?? searched(list.run, checking.budget);
  return strict(
    boolean,
    [item, list],
    typeof run === 'function' ? found(item.run, run) : amongConstants(item.run, run),
  );
}

function cannotBeIn(item: Typed, of: Kind): string {
  const record = item.kind.kind === 'record' && of.kind !== 'record' ? fieldRemedy(item, item.kind, of) : undefined;
  const remedy = mixesMoney(item.kind, of) ? `: ${moneyRemedy(item)}` : '';
  return record ?? `${printKind(item.kind)} cannot be in a list of ${printKind(of)}${remedy}`;
}

function inAny(left: Typed, container: Typed, node: BinaryNode, checking: Checking): Typed {
  const item = container.kind.kind === 'record' ? readAs(left, text) : left;
  if (container.kind.kind === 'record' && item.kind.kind !== 'text') {
    return checking.error(node.left, `the key of a map is text; this is ${printKind(item.kind)}`);
  }
  const lookUp = searched(container.run, checking.budget);
  return strict(boolean, [item, container], found(item.run, lookUp));
}

/** A written-out list of plain values: looked up at once. */
function constantScalars({ constant }: Typed): ReadonlySet<Value> | undefined {
  const items = constant?.value;
  if (!isItems(items)) return undefined;
  return items.every((item) => item !== undefined && typeof item !== 'object') ? new Set(items) : undefined;
}

function amongConstants(item: Run, among: ReadonlySet<Value>): Run {
  return (scope) => {
    const value = item(scope);
    return value === undefined ? undefined : among.has(value);
  };
}

type LookUp = (value: Value, scope: Parameters<Run>[0]) => Value;

function found(item: Run, lookUp: LookUp): Run {
  return (scope) => {
    const value = item(scope);
    return value === undefined ? undefined : lookUp(value, scope);
  };
}

function searched(container: Run, budget: Budget): LookUp {
  return (value, scope) => {
    const among = container(scope);
    if (isItems(among)) return isAmong(value, among, budget);
    return isFields(among) && typeof value === 'string' ? hasField(among, value) : undefined;
  };
}

function hasField(fields: Readonly<Record<string, Value>>, name: string): boolean {
  return Object.hasOwn(fields, name) && (fields[name] ?? undefined) !== undefined;
}

/** As SQL's `in`: where it is not found, but an item is unknown, so is the answer. */
function isAmong(value: Value, items: readonly Value[], budget: Budget): boolean | undefined {
  budget.spend(items.length);
  let isComplete = true;
  for (const item of items) {
    if ((item ?? undefined) === undefined) isComplete = false;
    else if (areEqual(value, item, budget)) return true;
  }
  return isComplete ? false : undefined;
}
