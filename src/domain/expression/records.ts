import type { Kind, RecordKind } from './kind.js';
import { areComparable } from './kinds.js';
import type { Typed } from './typed.js';

/** Where one of two is a record and the other is not: the field that is meant. */
export function recordRemedy(left: Typed, right: Typed): string | undefined {
  const [record, other] = left.kind.kind === 'record' ? [left, right] : [right, left];
  if (record.kind.kind !== 'record' || other.kind.kind === 'record') return undefined;
  return fieldRemedy(record, record.kind, other.kind);
}

/** `"score" is a record (value, text, channel); write score.value`. */
export function fieldRemedy({ path }: Typed, record: RecordKind, wanted: Kind): string | undefined {
  const fields = Object.keys(record.fields);
  const [first] = fields;
  if (first === undefined) return undefined;
  const name = path === undefined || path.startsWith('#') ? undefined : path;
  const meant = fields.find((field) => fitsIn(record, field, wanted)) ?? first;
  const what = name === undefined ? 'this is' : `"${name}" is`;
  return `${what} a record (${fields.join(', ')}); write ${name ?? 'its field, x'}.${meant}`;
}

function fitsIn({ fields }: RecordKind, name: string, wanted: Kind): boolean {
  const kind = fields[name]?.kind;
  return kind !== undefined && wanted.kind !== 'any' && areComparable(kind, wanted);
}
