import { nearest } from '../did-you-mean.js';
import { isJsonObject, type Json } from '../json.js';

/** More would be no slip of the pen, and dear to look for. */
const MOST_WARNINGS = 20;

/** Consent to what nobody declared bears on no message: a slip of the pen, perhaps. Null forgets it. */
export function unknownPurposes(consent: Json | undefined, purposes: ReadonlyMap<string, unknown>): readonly string[] {
  const given = isJsonObject(consent) ? Object.keys(consent).filter((name) => consent[name] !== null) : [];
  const unknown = given.filter((name) => !purposes.has(name)).slice(0, MOST_WARNINGS);
  return unknown.map(
    (name) => `consent to unknown purpose "${name.slice(0, 100)}"; ${remedy(name, [...purposes.keys()])}`,
  );
}

function remedy(name: string, purposes: readonly string[]): string {
  const near = nearest(name, purposes);
  return near === undefined ? `there is: ${purposes.join(', ')}` : `did you mean ${near}?`;
}
