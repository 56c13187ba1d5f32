import { mistaken, type Field, type Kind, type RecordKind } from '../../expression/kind.js';

/** The kind of what may be the one or the other: fields that only one has may be absent, kinds that differ are any. */
export function mergeKinds(a: Kind, b: Kind): Kind {
  if (a === b) return a;
  if (a === mistaken || b === mistaken) return mistaken;
  if (a.kind === 'record' && b.kind === 'record') return mergeRecords(a, b);
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', of: mergeKinds(a.of, b.of) };
  return a.kind === b.kind ? a : { kind: 'any' };
}

function mergeRecords(a: RecordKind, b: RecordKind): RecordKind {
  const names = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  const fields = Array.from(names, (name) => [name, mergeFields(a.fields[name], b.fields[name])] as const);
  return { kind: 'record', fields: Object.fromEntries(fields) };
}

function mergeFields(a: Field | undefined, b: Field | undefined): Field {
  if (a !== undefined && b !== undefined)
    return { kind: mergeKinds(a.kind, b.kind), optional: a.optional || b.optional };
  return { kind: (a ?? b)?.kind ?? { kind: 'any' }, optional: true };
}
