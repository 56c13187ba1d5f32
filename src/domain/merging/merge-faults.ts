import type { Fault } from '../catalogue/check-value.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';

/** Two customers who turn out to be one: `from` becomes a second name of `into`. */
export interface Merge {
  readonly from: string;
  readonly into: string;
}

export const mergeType = 'customer.merged';

/** An id as long as an event's subject may be. */
const LONGEST = 256;

/** The two of an event that passed validation; undefined where it is of another type. */
export function mergeOf({ type, data }: { readonly type: string; readonly data: JsonObject }): Merge | undefined {
  const { from, into } = data;
  if (type !== mergeType || typeof from !== 'string' || typeof into !== 'string') return undefined;
  return { from, into };
}

/** What is wrong with an event that merges two customers, beyond what its catalogue entry says (what is missing, what is no text). */
export function mergeFaults(type: string, subject: string, data: Json): readonly Fault[] {
  if (type !== mergeType || !isJsonObject(data)) return [];
  const { from, into } = data;
  const faults = [...idFaults('from', from), ...idFaults('into', into)];
  if (faults.length > 0 || typeof from !== 'string' || typeof into !== 'string') return faults;
  if (from === into)
    return [
      { place: 'data.into', message: 'is the same customer as data.from; name two, the one that stays as data.into' },
    ];
  if (subject === from || subject === into || subject === '') return [];
  return [{ place: 'subject', message: 'is neither of the two; set it to data.into' }];
}

/** The bounds of an event's subject. */
function idFaults(name: string, id: Json | undefined): readonly Fault[] {
  const message = typeof id === 'string' ? whyNoId(id) : undefined;
  return message === undefined ? [] : [{ place: `data.${name}`, message }];
}

export function whyNoId(id: string): string | undefined {
  if (id === '') return "is empty; set it to a customer's id";
  if (id.length > LONGEST) return `has ${String(id.length)} characters; a customer's id has at most ${String(LONGEST)}`;
  return /[\p{Cc}\p{Surrogate}]/u.test(id) ? 'has a control character in it; take it out' : undefined;
}
