import type { Json } from '../json.js';
import { printInstant, type Clock } from '../time/instant.js';
import { localTime } from '../time/zone.js';
import { isFields, isItems } from './equal.js';
import type { Value } from './expression.js';
import type { Kind } from './kind.js';
import { own } from './own.js';

/** A value as JSON again: times as ISO 8601 in UTC, dates as the clock shows them, unknown as undefined, within a list null. */
export function toJson(value: Value, kind: Kind, clock: Clock): Json | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number') return numberToJson(value, kind, clock);
  if (isItems(value)) {
    const of: Kind = kind.kind === 'list' ? kind.of : { kind: 'any' };
    return value.map((item) => toJson(item ?? undefined, of, clock) ?? null);
  }
  return isFields(value) ? recordToJson(value, kind, clock) : value;
}

const latestInstant = 8.64e15;

function numberToJson(value: number, { kind }: Kind, clock: Clock): Json | undefined {
  // JSON has no negative zero: what is kept has to come back the same.
  if (kind !== 'time' && kind !== 'date') return value === 0 ? 0 : value;
  if (!(Math.abs(value) <= latestInstant)) return undefined;
  return kind === 'time' ? printInstant(value) : printDay(value, clock);
}

function printDay(value: number, { zone }: Clock): string {
  const { year, month, day } = localTime(value, zone);
  return [String(year).padStart(4, '0'), padded(month), padded(day)].join('-');
}

function padded(value: number): string {
  return String(value).padStart(2, '0');
}

function recordToJson(value: Readonly<Record<string, Value>>, kind: Kind, clock: Clock): Json {
  const entries: [string, Json][] = [];
  for (const [name, field] of Object.entries(value)) {
    const fieldKind = kind.kind === 'record' ? own(kind.fields, name)?.kind : undefined;
    const json = toJson(field ?? undefined, fieldKind ?? { kind: 'any' }, clock);
    if (json !== undefined) entries.push([name, json]);
  }
  return Object.fromEntries(entries);
}
