import { mistaken, type Among, type Field, type Kind, type RecordKind } from '../../expression/kind.js';
import { own } from '../../expression/own.js';

/** The kind of what may be the one or the other: fields that only one has may be absent, kinds that differ are any. */
export function mergeKinds(a: Kind, b: Kind): Kind {
  if (a === b) return a;
  if (a === mistaken || b === mistaken) return mistaken;
  if (a.kind === 'record' && b.kind === 'record') return mergeRecords(a, b);
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', of: mergeKinds(a.of, b.of) };
  return mergeScalars(a, b);
}

function mergeScalars(a: Kind, b: Kind): Kind {
  if (a.kind === 'record' || a.kind === 'list' || a.kind !== b.kind) return { kind: 'any' };
  const among = a.among && 'among' in b ? mergeAmong(a.among, b.among) : undefined;
  return among === undefined ? { kind: a.kind } : { kind: a.kind, among };
}

/** What the one or the other takes; undefined where one of them takes anything. */
function mergeAmong(a: Among, b: Among | undefined): Among | undefined {
  if (b === undefined || 'from' in a !== 'from' in b) return undefined;
  if ('from' in a && 'from' in b) return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
  return 'from' in a || 'from' in b ? undefined : [...new Set([...a, ...b])];
}

function mergeRecords(a: RecordKind, b: RecordKind): RecordKind {
  const names = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  const fields = Array.from(names, (name) => [name, mergeFields(own(a.fields, name), own(b.fields, name))] as const);
  return { kind: 'record', fields: Object.fromEntries(fields) };
}

function mergeFields(a: Field | undefined, b: Field | undefined): Field {
  if (a !== undefined && b !== undefined)
    return { kind: mergeKinds(a.kind, b.kind), optional: a.optional || b.optional };
  return { kind: (a ?? b)?.kind ?? { kind: 'any' }, optional: true };
}
