import type { Json } from '../../domain/json.js';

/**
 * What came of one call.
 * - answered: whoever was called said so, be it well or not.
 * - no_answer: it may have arrived.
 * - not_written: nobody has seen anything of it.
 * - refused: this address may not be called; trying again is of no use.
 */
export type CallResult =
  | { readonly kind: 'answered'; readonly status: number; readonly body: Json; readonly afterMs: number | undefined }
  | { readonly kind: 'no_answer' | 'not_written' | 'refused'; readonly reason: string };

/** Deeper JSON is kept as the text that it came as. */
const deepest = 32;

/** JSON where it is such and can be kept, else text; null where nothing came. */
export function readBody(bytes: Buffer, isCut: boolean): Json {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trim() === '') return null;
  const json = isCut ? undefined : parsed(text);
  // What Postgres and JSON cannot keep: NUL, and half of a surrogate pair.
  return json === undefined ? text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD') : json.value;
}

function parsed(text: string): { readonly value: Json } | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return canBeKept(value, 0) ? { value } : undefined;
  } catch {
    return undefined;
  }
}

function canBeKept(json: Json, depth: number): boolean {
  if (typeof json === 'string') return !/[\0\p{Surrogate}]/u.test(json);
  if (typeof json === 'number') return Number.isFinite(json);
  if (typeof json !== 'object' || json === null) return true;
  if (depth >= deepest) return false;
  if (Array.isArray(json)) return json.every((item: Json) => canBeKept(item, depth + 1));
  return Object.entries(json).every(
    ([name, value]) => name !== '__proto__' && canBeKept(name, depth) && canBeKept(value ?? null, depth + 1),
  );
}
