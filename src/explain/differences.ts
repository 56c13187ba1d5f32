import { isJsonObject, type Json } from '../domain/json.js';

/** Something that is not as it would be decided; undefined: there is none. */
export interface Difference {
  readonly customer: string;
  readonly what: string;
  readonly expected: Json | undefined;
  readonly found: Json | undefined;
}

/** Something that cannot be verified, and why. */
export interface Unverified {
  readonly customer: string;
  readonly what: string;
  readonly why: string;
}

type Unequal = Pick<Difference, 'what' | 'expected' | 'found'>;

/** Where two values differ, by path. The order of names says nothing: jsonb does not keep it. */
export function unequal(what: string, expected: unknown, found: unknown): readonly Unequal[] {
  return differ(what, plain(expected), plain(found));
}

/** As it comes back from the database. */
function plain(value: unknown): Json | undefined {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
}

function differ(what: string, expected: Json | undefined, found: Json | undefined): readonly Unequal[] {
  if (isJsonObject(expected) && isJsonObject(found)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...names].flatMap((name) => differ(`${what}.${name}`, ownOf(expected, name), ownOf(found, name)));
  }
  if (Array.isArray(expected) && Array.isArray(found) && expected.length === found.length) {
    return expected.flatMap((item, place) => differ(`${what}[${String(place)}]`, item, found[place]));
  }
  return JSON.stringify(expected) === JSON.stringify(found) ? [] : [{ what, expected, found }];
}

function ownOf(value: Readonly<Record<string, Json>>, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
