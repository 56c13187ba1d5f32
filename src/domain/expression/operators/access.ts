import { didYouMean } from '../../did-you-mean.js';
import { isJsonObject, type Json, type JsonObject } from '../../json.js';
import type { Checking, Local, Site } from '../checking.js';
import { isFields, isItems } from '../equal.js';
import type { Value } from '../expression.js';
import { knownAlways, type Facts } from '../facts.js';
import { mistaken, type Field, type Kind } from '../kind.js';
import { any, familyOf, integer, printKind, readAs, text, time } from '../kinds.js';
import type { FieldNode, IndexNode, Place, NameNode } from '../node.js';
import { isOnlyOwn, own } from '../own.js';
import { readerOf } from '../read.js';
import { broken, strict, type ReadJson, type Run, type Typed } from '../typed.js';

export function checkName(node: NameNode, site: Site, checking: Checking): Typed {
  const local = site.locals.get(node.name);
  if (local !== undefined) return fromLocal(local);
  const field = own(checking.environment.names, node.name);
  if (field === undefined) return unknownName(node, site, checking);
  if (field.kind === mistaken) return broken;
  if (node.name === 'now') return strict(time, [], (scope) => scope.now);
  const { name } = node;
  const json: ReadJson = isOnlyOwn(name) ? ({ names }) => names[name] : ({ names }) => own(names, name);
  return found(field, json, name, [], site);
}

function fromLocal({ kind, path, run, json }: Local): Typed {
  if (kind === mistaken) return broken;
  const known = { kind, path, run, maybeUnknown: false, facts: knownAlways([path]) };
  return json === undefined ? known : { ...known, json };
}

function unknownName({ name, start, end }: NameNode, site: Site, checking: Checking): Typed {
  const place = { start, end };
  const names = [...Object.keys(checking.environment.names), ...site.locals.keys()];
  if (name === 'past') {
    return checking.error(place, '"past" is only there in the condition of count, sum, last and latest');
  }
  if (name === 'event') {
    const only = 'it is the event under test, in the "when" of a trigger, exit, goal or wait';
    return checking.error(place, `"event" is not there in this place: ${only}`);
  }
  const owner = ownerOf(name, checking);
  const remedy =
    owner === undefined
      ? didYouMean(name, names) || `${whatThereIs(names)}; a text stands in quotes: "${name}"`
      : `; did you mean "${owner}.${name}"?`;
  return checking.error(place, `unknown name "${name}"${remedy}`);
}

/** As many as one reads in passing. */
function whatThereIs(names: readonly string[]): string {
  return names.length === 0 || names.length > 12 ? '' : `; there are ${names.join(', ')}`;
}

/** Whose field it is: the event under test before the trigger, that before all others. */
function ownerOf(name: string, { environment: { names } }: Checking): string | undefined {
  const owners = ['event', 'trigger', ...Object.keys(names)];
  return owners.find((owner) => {
    const kind = own(names, owner)?.kind;
    return kind?.kind === 'record' && own(kind.fields, name) !== undefined;
  });
}

export function checkField(node: FieldNode, site: Site, checking: Checking): Typed {
  return select(checking.check(node.of, site), node.name, node.namePlace, site, checking);
}

/** `of.name`, or `of["name"]`. */
function select(of: Typed, name: string, place: Place, site: Site, checking: Checking): Typed {
  if (of === broken) return broken;
  const field = fieldOf(of.kind, name);
  if (field === undefined) return checking.error(place, noField(of, name));
  const path = of.path === undefined || /[.#]/.test(name) ? undefined : `${of.path}.${name}`;
  const known = path !== undefined && site.known.has(path);
  const maybeUnknown = !known && (of.maybeUnknown || field.optional);
  const facts = knownAlways(path === undefined ? of.facts.known : [...of.facts.known, path]);
  const reached = { kind: field.kind, maybeUnknown, facts, ...(path === undefined ? {} : { path }) };
  if (of.json === undefined) return { ...reached, run: valueField(of.run, name) };
  const json = jsonField(of.json, name);
  return { ...reached, json, run: readerOf(field.kind, json) };
}

function fieldOf(kind: Kind, name: string): Field | undefined {
  if (kind.kind === 'any') return { kind: any, optional: true };
  return kind.kind === 'record' ? own(kind.fields, name) : undefined;
}

function noField({ kind, path }: Typed, name: string): string {
  const whose = path === undefined || path.startsWith('#') ? 'this' : `"${path}"`;
  if (kind.kind !== 'record') return `${whose} is ${printKind(kind)}, which has no fields such as "${name}"`;
  return `${whose} has no field "${name}"${didYouMean(name, Object.keys(kind.fields))}`;
}

function jsonField(of: ReadJson, name: string): ReadJson {
  if (!isOnlyOwn(name) || name in Array.prototype || /^\d/.test(name)) return jsonFieldWithCare(of, name);
  return (scope) => {
    const record = of(scope);
    return typeof record === 'object' && record !== null ? (record as JsonObject)[name] : undefined;
  };
}

/** Of a name that some prototype or a list has too. */
function jsonFieldWithCare(of: ReadJson, name: string): ReadJson {
  return (scope) => {
    const record = of(scope);
    return isJsonObject(record) ? own(record, name) : undefined;
  };
}

function valueField(of: Run, name: string): Run {
  return (scope) => {
    const record = of(scope);
    return isFields(record) ? own(record, name) : undefined;
  };
}

function found({ kind, optional }: Field, json: ReadJson, path: string, outer: readonly string[], site: Site): Typed {
  const facts: Facts = knownAlways([...outer, path]);
  const maybeUnknown = optional && !site.known.has(path);
  return { kind, json, path, maybeUnknown, facts, run: readerOf(kind, json) };
}

/** `list[0]`, `map["key"]`. */
export function checkIndex(node: IndexNode, site: Site, checking: Checking): Typed {
  const of = checking.check(node.of, site);
  if (node.at.op === 'value' && typeof node.at.value === 'string' && of.kind.kind !== 'list') {
    return select(of, node.at.value, node.at, site, checking);
  }
  const at = checking.check(node.at, site);
  if (of === broken || at === broken) return broken;
  const { kind } = of.kind;
  if (kind === 'list') return fromList(of, of.kind.of, at, node, checking);
  if (kind === 'record') return fromRecord(of, at, node, checking);
  if (kind === 'any') return { ...strict(any, [of, at], anyItem(of.run, at.run)), maybeUnknown: true };
  return checking.error(node, `${printKind(of.kind)} has no items to take one of`);
}

function fromList(of: Typed, kind: Kind, at: Typed, node: IndexNode, checking: Checking): Typed {
  const index = readAs(at, integer);
  if (familyOf(index.kind) !== 'number') return checking.error(node.at, 'the place in a list is a number, from 0');
  const item = { ...strict(kind, [of, index], valueItem(of.run, index.run)), maybeUnknown: true };
  if (of.json === undefined) return item;
  const json = jsonItem(of.json, index.run);
  return { ...item, json, run: readerOf(kind, json) };
}

function fromRecord(of: Typed, at: Typed, node: IndexNode, checking: Checking): Typed {
  const name = readAs(at, text);
  if (name.kind.kind !== 'text')
    return checking.error(node.at, `a field's name is text; this is ${printKind(at.kind)}`);
  return { ...strict(any, [of, name], anyItem(of.run, name.run)), maybeUnknown: true };
}

function valueItem(of: Run, at: Run): Run {
  return (scope) => {
    const list = of(scope);
    const index = at(scope);
    return isItems(list) && typeof index === 'number' ? (list[index] ?? undefined) : undefined;
  };
}

function jsonItem(of: ReadJson, at: Run): ReadJson {
  return (scope): Json | undefined => {
    const list = of(scope);
    const index = at(scope);
    return Array.isArray(list) && typeof index === 'number' ? list[index] : undefined;
  };
}

function anyItem(of: Run, at: Run): Run {
  return (scope): Value => {
    const container = of(scope);
    const key = at(scope);
    if (isItems(container)) return typeof key === 'number' ? (container[key] ?? undefined) : undefined;
    return isFields(container) && typeof key === 'string' ? (own(container, key) ?? undefined) : undefined;
  };
}
