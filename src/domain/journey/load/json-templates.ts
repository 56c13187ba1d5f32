import { checkFor, printKind, type Fault } from '../../catalogue/check-value.js';
import { didYouMean } from '../../did-you-mean.js';
import type { Field, Kind, RecordKind } from '../../expression/kind.js';
import { areComparable } from '../../expression/kinds.js';
import type { Scope } from '../../expression/scope.js';
import type { Json } from '../../json.js';
import { printNode, type ListNode, type MapNode, type Node, type ScalarNode } from '../../yaml/node.js';
import type { TextOrExpression } from '../right-hand-side.js';
import { readMoney } from './amounts.js';
import type { Context } from './context.js';
import { readEqualsExpression } from './expressions.js';
import type { Flow } from './flow.js';
import { converted, readValue } from './values.js';

/** JSON whose leaves are texts or expressions; undefined where it is unknown. */
export type Leafy = TextOrExpression;

/** Reads JSON that has to be of a kind (`any` where nothing is known of it); `place` names it in problems. */
export function readJsonTemplate(
  node: Node,
  kind: Kind,
  place: string,
  flow: Flow,
  context: Context,
): Leafy | undefined {
  if (node.kind === 'map') return readRecord(node, kind, place, flow, context);
  if (node.kind === 'list') return readList(node, kind, place, flow, context);
  if (node.value === null) return { evaluate: () => undefined };
  return kind.kind === 'any' ? readValue(node, flow, context)?.value : readLeaf(node, kind, place, flow, context);
}

function readRecord(node: MapNode, kind: Kind, place: string, flow: Flow, context: Context): Leafy | undefined {
  if (kind.kind !== 'any' && kind.kind !== 'record') return refuse(node, kind, place, context);
  if (kind.kind === 'record') tellMissing(node, kind, place, context);
  const entries = node.entries.flatMap(({ key, at, value }) => {
    const field = fieldOf(kind, key);
    if (field === undefined) {
      context.problems.error(at, noField(key, kind, place));
      return [];
    }
    const leaf = readJsonTemplate(value, field.kind, `${place}.${key}`, flow, context);
    return leaf === undefined ? [] : [[key, leaf] as const];
  });
  return { evaluate: (scope) => evaluateAll(entries, scope) };
}

export function evaluateAll(entries: readonly (readonly [string, Leafy])[], scope: Scope): Record<string, Json> {
  const json: Record<string, Json> = {};
  for (const [name, leaf] of entries) {
    const value = leaf.evaluate(scope);
    if (value !== undefined)
      Object.defineProperty(json, name, { value, enumerable: true, writable: true, configurable: true });
  }
  return json;
}

function fieldOf(kind: Kind, name: string): Field | undefined {
  if (kind.kind !== 'record') return { kind: { kind: 'any' }, optional: true };
  return Object.hasOwn(kind.fields, name) ? kind.fields[name] : undefined;
}

function noField(name: string, kind: Kind, place: string): string {
  const names = kind.kind === 'record' ? Object.keys(kind.fields) : [];
  const otherwise = names.length === 0 ? '; it has none' : `; it has ${names.join(', ')}`;
  return `"${name}" is no field of ${place}${didYouMean(name, names) || otherwise}`;
}

function tellMissing(node: MapNode, { fields }: RecordKind, place: string, { problems }: Context): void {
  for (const [name, { optional }] of Object.entries(fields)) {
    if (optional || node.entries.some(({ key }) => key === name)) continue;
    problems.error(node.at, `${name} is missing; ${place} has to have it`);
  }
}

function readList(node: ListNode, kind: Kind, place: string, flow: Flow, context: Context): Leafy | undefined {
  if (kind.kind !== 'any' && kind.kind !== 'list') return refuse(node, kind, place, context);
  const of: Kind = kind.kind === 'list' ? kind.of : kind;
  const items = node.items.flatMap((item) => readJsonTemplate(item, of, place, flow, context) ?? []);
  return { evaluate: (scope) => items.map((item) => item.evaluate(scope) ?? null) };
}

function refuse(node: Node, kind: Kind, place: string, { problems }: Context): Leafy | undefined {
  return problems.error(node.at, `${place} is ${printKind(kind)}, got ${printNode(node)}`);
}

function readLeaf(node: ScalarNode, kind: Kind, place: string, flow: Flow, context: Context): Leafy | undefined {
  if (typeof node.value === 'string' && node.text.startsWith('='))
    return readExpression(node, kind, place, flow, context);
  if (kind.kind === 'money') return constant(readMoney(node, context));
  const found = readValue(node, flow, context);
  if (found === undefined) return undefined;
  // What is written without quotes is a text all the same.
  if (kind.kind === 'text') return found.constant === undefined ? found.value : constant(node.text);
  if (found.constant === undefined) {
    return context.problems.error(node.at, `${place} is ${printKind(kind)}, and this is text; write an =expression`);
  }
  const faults: Fault[] = [];
  if (checkFor(kind)(found.constant, place, faults)) return found.value;
  return context.problems.error(node.at, `${place}: ${faults[0]?.message ?? 'this does not fit'}`);
}

function constant(json: Json | undefined): Leafy | undefined {
  return json === undefined ? undefined : { evaluate: () => json };
}

function readExpression(node: ScalarNode, kind: Kind, place: string, flow: Flow, context: Context): Leafy | undefined {
  const checked = readEqualsExpression(node, { flow }, context);
  if (checked === undefined) return undefined;
  const given = checked.expression.kind;
  if (areComparable(given, kind)) return converted(checked, kind);
  return context.problems.error(node.spot(1), `${place} is ${printKind(kind)}, and this is ${printKind(given)}`);
}
