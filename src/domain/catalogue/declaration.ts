import type { Kind } from '../expression/kind.js';
import type { Json } from '../json.js';
import type { Position } from '../problem.js';
import type { Duration } from '../time/duration.js';
import { printNode, type Entry, type MapNode, type Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { isNothing, readBoolean, readDuration, readMap, readText, type Fields } from '../yaml/read.js';
import type { Check } from './check-value.js';
import { compileSchema } from './json-schema.js';
import { readRecord } from './read-kind.js';

/** One event type as it is written; `schema` where it is described by a JSON Schema instead. */
export interface Declaration {
  readonly kind: Kind;
  readonly schema?: { readonly json: Json; readonly check: Check };
  readonly maxAge?: Duration;
  /** Its events have no subject. */
  readonly broadcast?: boolean;
}

/** The short form (fields and their kinds) or the long one (a mapping whose `data` or `schema` is a mapping). */
export function readDeclaration({ key, at, value }: Entry, problems: Problems): Declaration {
  if (isNothing(value)) return { kind: { kind: 'record', fields: {} } };
  if (value.kind !== 'map') {
    problems.error(
      value.at,
      `expected the fields of "${key}" as a mapping, such as { repair_id: text }, got ${printNode(value)}`,
    );
    return { kind: { kind: 'any' } };
  }
  return isLongForm(value) ? readLongForm(key, at, value, problems) : { kind: readRecord(value, problems) };
}

export function isLongForm({ entries }: MapNode): boolean {
  return entries.some(({ key, value }) => (key === 'data' || key === 'schema') && value.kind === 'map');
}

function readLongForm(name: string, at: Position, node: MapNode, problems: Problems): Declaration {
  const shape = { what: `"${name}"`, keys: ['data', 'schema', 'description', 'max_age', 'broadcast'] };
  const fields = readMap(node, shape, problems);
  if (fields === undefined) return { kind: { kind: 'any' } };
  readText(fields.get('description'), 'a text', problems);
  const broadcast = readBoolean(fields.get('broadcast'), problems) ?? false;
  if (fields.has('data') && fields.has('schema'))
    problems.error(at, `"${name}" has both data and schema; keep one of them`);
  const maxAge = readDuration(fields.get('max_age'), problems);
  return { ...readBody(fields, problems), broadcast, ...(maxAge === undefined ? {} : { maxAge }) };
}

function readBody(fields: Fields, problems: Problems): Pick<Declaration, 'kind' | 'schema'> {
  const schema = fields.get('schema');
  if (schema !== undefined) return { kind: { kind: 'any' }, ...readSchema(schema, problems) };
  const data = fields.get('data');
  return { kind: data?.kind === 'map' ? readRecord(data, problems) : { kind: 'any' } };
}

function readSchema(node: Node, problems: Problems): Pick<Declaration, 'schema'> {
  const json = toJson(node);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return {};
  try {
    return { schema: { json, check: compileSchema(json) } };
  } catch (error) {
    problems.error(node.at, `this is no JSON Schema: ${error instanceof Error ? error.message : String(error)}`);
    return {};
  }
}

function toJson(node: Node): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toJson);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, toJson(value)]));
}
