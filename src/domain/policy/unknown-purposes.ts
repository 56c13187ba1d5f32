import { nearest } from '../did-you-mean.js';
import { isJsonObject, type Json } from '../json.js';

/** Those that policy.yaml declares. */
export type Purposes = Pick<ReadonlySet<string>, 'has' | 'keys'>;

/** What looks like a slip of the pen in the consent that a customer's attributes bring; it is kept all the same. */
export function consentWarnings(consent: Json | undefined, purposes: Purposes): readonly string[] {
  return [...consentIsNull(consent), ...unknownPurposes(consent, purposes)];
}

/** Systems that write null for whatever they do not know must not make everybody's refusals forgotten. */
function consentIsNull(consent: Json | undefined): readonly string[] {
  if (consent !== null) return [];
  return ['consent is null, which forgets nothing; null a purpose to forget its consent, such as {"marketing": null}'];
}

/** More would be no slip of the pen, and dear to look for. */
const MOST_WARNINGS = 20;

/** Consent to what nobody declared bears on no message: a slip of the pen, perhaps. Null forgets it. */
export function unknownPurposes(consent: Json | undefined, purposes: Purposes): readonly string[] {
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
