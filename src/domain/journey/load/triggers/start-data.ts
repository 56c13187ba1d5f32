import { integer, money, text, time } from '../../../expression/kinds.js';
import type { Kind, RecordKind } from '../../../expression/kind.js';

/** What `trigger` holds where no event started it. */
function dataOf(kinds: Readonly<Record<string, Kind>>): RecordKind {
  const fields = Object.entries(kinds).map(([name, kind]) => [name, { kind, optional: false }] as const);
  return { kind: 'record', fields: Object.fromEntries(fields) };
}

export const clockData = dataOf({ at: time });
export const occasionData = dataOf({ at: time, occasion: text, year: integer });
export const anniversaryData = dataOf({ at: time, years: integer });
export const absenceData = dataOf({ last_at: time, days: integer });
export const creditData = dataOf({ amount: money, expires_at: time, journey: text });
