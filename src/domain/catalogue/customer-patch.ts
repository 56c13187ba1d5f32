import { nearest } from '../did-you-mean.js';
import type { RecordKind } from '../expression/kind.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { hasLostZero, normaliseEmail, normalisePhone } from '../message/address.js';
import { isZone } from '../time/zone.js';
import { checkFor, printValue, type Check, type Fault } from './check-value.js';

/** A JSON Merge Patch of a customer's attributes, normalised, and what is wrong with it (then `patch` is not to be used). */
export interface CheckedPatch {
  readonly patch: JsonObject;
  readonly problems: readonly Fault[];
  /** Of attributes that nobody declared, which are kept all the same: a slip of the pen, perhaps. */
  readonly warnings: readonly string[];
}

export type CheckCustomer = (patch: Json, place?: string) => CheckedPatch;

/** `warnings` of a patch that has been checked already. */
export type WarnOfCustomer = (patch: Json) => readonly string[];

/** Compiles the check for one catalogue. Attributes that nobody declared are kept as they are. */
export function compileCustomerCheck(customer: RecordKind): CheckCustomer {
  const own = Object.entries(customer.fields).filter(([name]) => name !== 'id' && name !== 'consent');
  const check = checkFor({ kind: 'record', fields: Object.fromEntries(own) }, true);
  const warn = compileCustomerWarnings(customer);
  return (given, place = '') => ({
    ...checkPatch(withPhoneAsText(given), place, check),
    // Only whoever tells them pays for them.
    get warnings() {
      return warn(given);
    },
  });
}

export function compileCustomerWarnings(customer: RecordKind): WarnOfCustomer {
  const known = Object.keys(customer.fields);
  return (patch) => [...lostZero(patch), ...warningsOf(patch, known)];
}

/** A number that nobody put in quotes: what is left of it may still be a phone number. */
function withPhoneAsText(patch: Json): Json {
  if (!isJsonObject(patch) || typeof patch['phone'] !== 'number') return patch;
  return { ...patch, phone: String(patch['phone']) };
}

function lostZero(patch: Json): readonly string[] {
  const phone = isJsonObject(patch) ? patch['phone'] : undefined;
  if ((typeof phone !== 'string' && typeof phone !== 'number') || !hasLostZero(phone)) return [];
  const digits = String(phone).trim();
  return [`phone ${digits} seems to have lost its leading zero; write it as a text, "0${digits}"`];
}

/** More would be no slip of the pen, and dear to look for. */
const MOST_WARNINGS = 20;

/** Null forgets an attribute: that is how a slip is put right. */
function warningsOf(patch: Json, known: readonly string[]): readonly string[] {
  const given = isJsonObject(patch) ? Object.keys(patch).filter((name) => patch[name] !== null) : [];
  const unknown = given.filter((name) => !known.includes(name)).slice(0, MOST_WARNINGS);
  return unknown.map((name) => unknownAttribute(name, known));
}

function unknownAttribute(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const remedy = near === undefined ? 'declare it in customers.yaml' : `did you mean ${near}?`;
  return `unknown attribute "${name.slice(0, 100)}"; ${remedy}`;
}

function checkPatch(patch: Json, place: string, check: Check): Omit<CheckedPatch, 'warnings'> {
  const faults: Fault[] = [];
  if (!isJsonObject(patch)) {
    check(patch, place === '' ? 'body' : place, faults);
    return { patch: {}, problems: faults };
  }
  check(patch, place, faults);
  if (patch['id'] !== undefined)
    faults.push({ place: `${place}.id`, message: "a customer's id does not change; leave it out" });
  const normalised: JsonObject = {};
  for (const [name, value] of Object.entries(patch)) {
    setOwn(
      normalised,
      name,
      normalise(name, value, (message) => faults.push({ place: `${place}.${name}`, message })),
    );
  }
  return { patch: normalised, problems: faults.map(withoutDot) };
}

/** `__proto__` from outside is a name like any other. */
function setOwn(target: JsonObject, name: string, value: Json): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function withoutDot({ place, message }: Fault): Fault {
  return { place: place.replace(/^\./, ''), message };
}

type Refuse = (message: string) => void;

/** The value as it is kept. A kind that does not fit has been told already. */
function normalise(name: string, value: Json, refuse: Refuse): Json {
  if (value === null) return null;
  if (name === 'consent') return checkConsent(value, refuse);
  // Anybody may name an attribute "__defineGetter__".
  const normaliser = Object.hasOwn(normalisers, name) ? normalisers[name] : undefined;
  return typeof value === 'string' ? (normaliser?.(value, refuse) ?? value) : value;
}

const normalisers: Readonly<Record<string, ((value: string, refuse: Refuse) => string) | undefined>> = {
  phone: orRefuse(normalisePhone, 'expected a phone number (such as "09121234567" or "+989121234567")'),
  email: orRefuse(normaliseEmail, 'expected an e-mail address'),
  timezone: orRefuse((zone) => (isZone(zone) ? zone : undefined), 'expected a time zone (such as "Asia/Tehran")'),
  locale: orRefuse(canonicalLocale, 'expected a locale (such as "fa" or "en-GB")'),
  preferred_channel: orRefuse(
    (channel) => channels.find((known) => known === channel),
    'expected a channel (such as "sms")',
  ),
};

const channels = ['sms', 'email', 'telegram', 'bale', 'whatsapp', 'instagram', 'push', 'voice', 'web'] as const;

function orRefuse(read: (value: string) => string | undefined, expected: string) {
  return (value: string, refuse: Refuse): string => {
    const good = read(value);
    if (good === undefined) refuse(`${expected}, got ${printValue(value)}`);
    return good ?? value;
  };
}

function canonicalLocale(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

function checkConsent(value: Json, refuse: Refuse): Json {
  const good =
    isJsonObject(value) && Object.values(value).every((given) => typeof given === 'boolean' || given === null);
  if (!good) refuse('expected consent by purpose, such as {"marketing": true}');
  return value;
}
