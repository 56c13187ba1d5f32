import type { Kind } from '../domain/expression/kind.js';
import type { Json, JsonObject } from '../domain/json.js';

/** Data that fit a kind; what may be absent is left out. */
export function sampleOf(kind: Kind, name = ''): Json {
  switch (kind.kind) {
    case 'record':
      return sampleRecord(kind.fields);
    case 'list':
      return [sampleOf(kind.of, name)];
    case 'text':
      return name.endsWith('_id') ? `${name.charAt(0)}1` : 'example';
    default:
      return samples[kind.kind];
  }
}

const samples: Readonly<Record<Exclude<Kind['kind'], 'record' | 'list' | 'text'>, Json>> = {
  integer: 1,
  number: 1,
  money: 1_000_000,
  boolean: true,
  time: '2026-12-21T18:00:00+03:30',
  date: '2026-12-21',
  duration: {},
  any: {},
  unknown: {},
};

function sampleRecord(fields: Extract<Kind, { kind: 'record' }>['fields']): JsonObject {
  const required = Object.entries(fields).filter(([, { optional }]) => !optional);
  return Object.fromEntries(required.map(([name, { kind }]) => [name, sampleOf(kind, name)]));
}
