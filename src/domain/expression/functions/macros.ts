import type { Json } from '../../json.js';
import { longestList } from '../budget.js';
import { localOfJson, localOfValue, withLocal, type Cell, type Checking, type Local } from '../checking.js';
import { isFields, isItems } from '../equal.js';
import type { Value } from '../expression.js';
import type { Kind } from '../kind.js';
import { any, boolean, printKind, text } from '../kinds.js';
import type { Node } from '../node.js';
import { checkCondition } from '../operators/logic.js';
import { broken, strict, type Run, type Typed } from '../typed.js';
import type { Call, FunctionDefinition } from './definition.js';

/** A macro's list and the name that it gives to each item. */
interface Loop {
  readonly of: Typed;
  readonly item: Local;
  readonly call: Call;
  readonly name: string;
  /** Takes each item in hand until `visit` says that it is enough; false where there is no list. */
  each(scope: Parameters<Run>[0], visit: () => boolean): boolean;
}

function loopOf(call: Call): Loop | undefined {
  const { operands, site, checking, usage } = call;
  const [list, name] = operands;
  if (list === undefined || name?.op !== 'name') {
    checking.error(name ?? call.node, `expected a name for each item: ${usage}`);
    return undefined;
  }
  const of = checking.check(list, site);
  if (of === broken) return undefined;
  const kind = itemKind(of.kind);
  if (kind !== undefined) return { of, call, name: name.name, ...visited(of, kind, checking) };
  checking.error(list, `${printKind(of.kind)} has no items to go through: ${usage}`);
  return undefined;
}

/** Of a map its keys, as in CEL. */
function itemKind(kind: Kind): Kind | undefined {
  if (kind.kind === 'list') return kind.of.kind === 'unknown' ? any : kind.of;
  if (kind.kind === 'record') return text;
  return kind.kind === 'any' ? any : undefined;
}

function visited(of: Typed, kind: Kind, checking: Checking): Pick<Loop, 'item' | 'each'> {
  const path = checking.newPath();
  return of.json !== undefined && of.kind.kind === 'list'
    ? visitedJson(of.json, kind, path, checking)
    : visitedValues(of.run, kind, path, checking);
}

function visitedJson(
  json: NonNullable<Typed['json']>,
  kind: Kind,
  path: string,
  { budget }: Checking,
): Pick<Loop, 'item' | 'each'> {
  const cell: Cell<Json> = { value: undefined };
  return {
    item: localOfJson(kind, path, cell),
    each: (scope, visit) => {
      const items = json(scope);
      if (!Array.isArray(items)) return false;
      for (const item of items) {
        budget.spend(1);
        cell.value = item;
        if (!visit()) break;
      }
      cell.value = undefined;
      return true;
    },
  };
}

function visitedValues(run: Run, kind: Kind, path: string, { budget }: Checking): Pick<Loop, 'item' | 'each'> {
  const cell: Cell<Value> = { value: undefined };
  return {
    item: localOfValue(kind, path, cell),
    each: (scope, visit) => {
      const items = itemsOf(run(scope));
      if (items === undefined) return false;
      for (const item of items) {
        budget.spend(1);
        cell.value = item ?? undefined;
        if (!visit()) break;
      }
      cell.value = undefined;
      return true;
    },
  };
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (isItems(value)) return value;
  return isFields(value) ? Object.keys(value) : undefined;
}

function conditionOn(loop: Loop, node: Node | undefined): Typed {
  if (node === undefined) return broken;
  const { site, checking, node: call } = loop.call;
  return checkCondition(node, withLocal(site, loop.name, loop.item), checking, `"${call.name}" asks`);
}

/** `all` and `exists`: "and" and "or" over the items, so that one item may decide though others are unknown. */
function quantifier(deciding: boolean): (call: Call) => Typed {
  return (call) => {
    const loop = loopOf(call);
    const condition = loop === undefined ? broken : conditionOn(loop, call.operands[2]);
    if (loop === undefined || condition === broken) return broken;
    return result(boolean, loop, condition, (scope) => {
      let outcome: boolean | undefined = !deciding;
      const isList = loop.each(scope, () => {
        const value = condition.run(scope);
        if (value === deciding) outcome = deciding;
        else if (value === undefined) outcome = undefined;
        return value !== deciding;
      });
      return isList ? outcome : undefined;
    });
  };
}

function checkExistsOne(call: Call): Typed {
  const loop = loopOf(call);
  const condition = loop === undefined ? broken : conditionOn(loop, call.operands[2]);
  if (loop === undefined || condition === broken) return broken;
  return result(boolean, loop, condition, (scope) => {
    let count = 0;
    let unknown = 0;
    const isList = loop.each(scope, () => {
      const value = condition.run(scope);
      if (value === true) count++;
      else if (value === undefined) unknown++;
      return count < 2;
    });
    if (!isList || (unknown > 0 && count < 2)) return undefined;
    return count === 1;
  });
}

/** An item whose condition is unknown is left out. */
function checkFilter(call: Call): Typed {
  const loop = loopOf(call);
  const condition = loop === undefined ? broken : conditionOn(loop, call.operands[2]);
  if (loop === undefined || condition === broken) return broken;
  return collected(loop, condition, loop.item);
}

/** `list.map(item, value)`, `list.map(item, condition, value)` */
function checkMap(call: Call): Typed {
  const loop = loopOf(call);
  if (loop === undefined) return broken;
  const [, , second, third] = call.operands;
  const condition = third === undefined ? undefined : conditionOn(loop, second);
  const node = third ?? second;
  const value = node && call.checking.check(node, withLocal(call.site, loop.name, loop.item));
  if (value === undefined || value === broken || condition === broken) return broken;
  return collected(loop, condition, value);
}

function collected(loop: Loop, condition: Typed | undefined, value: Pick<Typed, 'kind' | 'run'>): Typed {
  const kind: Kind = { kind: 'list', of: value.kind };
  return result(kind, loop, undefined, (scope) => {
    const items: Value[] = [];
    const isList = loop.each(scope, () => {
      if (condition === undefined || condition.run(scope) === true) items.push(value.run(scope));
      return items.length <= longestList;
    });
    return isList && items.length <= longestList ? items : undefined;
  });
}

/** What is known of the items inside says nothing outside. */
function result(kind: Kind, loop: Loop, body: Typed | undefined, run: Run): Typed {
  const outside = strict(kind, [loop.of], run);
  return { ...outside, maybeUnknown: outside.maybeUnknown || (body?.maybeUnknown ?? false) };
}

export const macros: readonly FunctionDefinition[] = [
  { name: 'all', usage: 'list.all(item, condition)', form: 'method', least: 3, most: 3, check: quantifier(false) },
  { name: 'exists', usage: 'list.exists(item, condition)', form: 'method', least: 3, most: 3, check: quantifier(true) },
  {
    name: 'exists_one',
    usage: 'list.exists_one(item, condition)',
    form: 'method',
    least: 3,
    most: 3,
    check: checkExistsOne,
  },
  { name: 'filter', usage: 'list.filter(item, condition)', form: 'method', least: 3, most: 3, check: checkFilter },
  { name: 'map', usage: 'list.map(item, value)', form: 'method', least: 3, most: 4, check: checkMap },
];
