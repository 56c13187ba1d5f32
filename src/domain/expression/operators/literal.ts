import { longestList } from '../budget.js';
import type { Checking, Site } from '../checking.js';
import { noFacts } from '../facts.js';
import type { Field, Kind } from '../kind.js';
import {
  any,
  boolean,
  integer,
  mixesMoney,
  moneyRemedy,
  number,
  printKind,
  readAs,
  settledBeside,
  text,
  unify,
} from '../kinds.js';
import type { ListNode, MapNode, ValueNode } from '../node.js';
import { emptyRecord } from '../read.js';
import { broken, constant, type Run, type Typed } from '../typed.js';

export function checkValue({ value }: ValueNode): Typed {
  if (value === null) return constant({ kind: 'unknown' }, undefined);
  if (typeof value === 'string') return constant(text, value);
  if (typeof value === 'boolean') return constant(boolean, value);
  return constant(Number.isInteger(value) ? integer : number, value);
}

export function checkList(node: ListNode, site: Site, checking: Checking): Typed {
  const checked = node.items.map((item) => checking.check(item, site));
  const first = checked.find(({ kind }) => kind.kind !== 'unknown' && kind.kind !== 'any' && kind.kind !== 'integer');
  const items = first === undefined ? checked : checked.map((item) => settledBeside(item, first.kind));
  const of = items.reduce<Kind | undefined>((kind, item) => kind && unify(kind, item.kind), { kind: 'unknown' });
  if (of === undefined && first !== undefined && items.some(({ kind }) => mixesMoney(kind, first.kind))) {
    return checking.error(node, `a list cannot hold money beside numbers: ${moneyRemedy(...items)}`);
  }
  const kind: Kind = { kind: 'list', of: of ?? any };
  // A list is there even where an item is not, but what is done with it may be unknown.
  const maybeUnknown = items.some((item) => item.maybeUnknown);
  return { ...madeList(kind, items), maybeUnknown };
}

function madeList(kind: Kind, items: readonly Typed[]): Typed {
  const runs = items.map(({ run }) => run);
  if (items.every((item) => item.constant !== undefined)) {
    return constant(
      kind,
      items.map((item) => item.constant?.value),
    );
  }
  return { kind, run: (scope) => runs.map((run) => run(scope)), maybeUnknown: false, facts: noFacts };
}

export function checkMap(node: MapNode, site: Site, checking: Checking): Typed {
  const entries = node.entries.map(([key, value]) => ({
    key: checking.check(key, site),
    value: checking.check(value, site),
    place: key,
  }));
  for (const { key, place } of entries) {
    if (readAs(key, text).kind.kind !== 'text') {
      return checking.error(place, `the key of a map is text; this is ${printKind(key.kind)}`);
    }
  }
  if (entries.some(({ key, value }) => key === broken || value === broken)) return broken;
  const maybeUnknown = entries.some(({ key }) => key.maybeUnknown);
  return { kind: mapKind(entries), run: madeMap(entries), maybeUnknown, facts: noFacts };
}

interface Entry {
  readonly key: Typed;
  readonly value: Typed;
}

/** A record where every key is written out, else anything. */
function mapKind(entries: readonly Entry[]): Kind {
  const fields: Record<string, Field> = {};
  for (const { key, value } of entries) {
    const name = key.constant?.value;
    if (typeof name !== 'string') return any;
    const field: Field = { kind: value.kind, optional: value.maybeUnknown };
    Object.defineProperty(fields, name, { value: field, enumerable: true, configurable: true });
  }
  return { kind: 'record', fields };
}

function madeMap(entries: readonly Entry[]): Run {
  const runs = entries.slice(0, longestList).map(({ key, value }) => [key.run, value.run] as const);
  return (scope) => {
    const record = emptyRecord();
    for (const [key, value] of runs) {
      const name = key(scope);
      if (typeof name !== 'string') return undefined;
      record[name] = value(scope);
    }
    return record;
  };
}
