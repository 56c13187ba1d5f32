import { isJsonObject, type Json, type JsonObject } from '../domain/json.js';
import { parseTime } from '../domain/time/date.js';
import { mergeFaults } from '../domain/merging/merge-faults.js';
import { consentFaults } from '../domain/policy/consent-word.js';
import { consentWarnings } from '../domain/policy/unknown-purposes.js';
import type { Instant } from '../domain/time/instant.js';
import { jalaliSlip } from '../domain/time/jalali-slip.js';
import { isJsonType } from './cloudevents/content-type.js';
import { isPlainText, unstorableIn } from './cloudevents/storable.js';
import type { IncomingEvent, Refusal } from './intake.js';

/** What validation asks of the catalogue. */
export interface EventRules {
  /** Why an event of that type is refused, as a sentence; undefined where it is welcome. */
  whyRefused(type: string): string | undefined;
  validate(type: string, data: Json): readonly Refusal[];
  isBroadcast?(type: string): boolean;
  /** What looks like a slip of the pen in data that is taken all the same. */
  warnings?(type: string, data: Json): readonly string[];
}

export interface ValidatorOptions {
  /** `served`: broadcast events are taken, without a subject (their `customer` is ""); else they are refused. */
  readonly broadcast?: 'refused' | 'served';
  /**
   * Those of the loaded policy: an event that speaks of consent to any other is refused; a profile that does is taken whole, with a
   * warning. Undefined: they are not known.
   */
  readonly purposes?: readonly string[] | undefined;
}

export type Validated = Taken | { readonly refusals: readonly Refusal[] };

/** An event that is well. `warnings`: what in it looks like a slip of the pen, and is kept; left out where nothing does. */
export interface Taken {
  readonly event: IncomingEvent;
  readonly warnings?: readonly string[];
}

export type EventValidator = (input: unknown) => Validated;

/** The one validation, wherever an event comes from: everything wrong with an event at once, each with its place. */
export function createEventValidator(catalogue: EventRules, options: ValidatorOptions = {}): EventValidator {
  const { broadcast = 'refused', purposes } = options;
  return (input) => validate(catalogue, input, { broadcast, purposes });
}

function validate(
  catalogue: EventRules,
  input: unknown,
  { broadcast, purposes }: Required<ValidatorOptions>,
): Validated {
  if (!isJsonObject(input)) return { refusals: [{ place: 'body', message: notAnEvent(input) }] };
  const refusals: Refusal[] = [];
  checkVersion(input['specversion'], refusals);
  const id = requiredText(input, 'id', refusals);
  const source = requiredText(input, 'source', refusals);
  const type = knownType(catalogue, requiredText(input, 'type', refusals), refusals);
  const isBroadcast = type !== undefined && catalogue.isBroadcast?.(type) === true;
  if (isBroadcast && broadcast === 'refused') refusals.push({ place: 'type', message: notServed(type) });
  const customer = isBroadcast ? noSubject(input, type, refusals) : requiredText(input, 'subject', refusals);
  const time = readTime(input['time'], refusals);
  const data = readData(input, refusals);
  if (type !== undefined && data !== undefined) {
    refusals.push(...catalogue.validate(type, data), ...meaningFaults(type, customer, data, purposes));
  }
  if (refusals.length > 0 || type === undefined || data === undefined) return { refusals };
  return withWarnings(catalogue, { id, source, type, customer, time, data }, purposes);
}

function withWarnings(catalogue: EventRules, event: IncomingEvent, purposes: ValidatorOptions['purposes']): Taken {
  const warnings = warningsOf(catalogue, event, purposes);
  return warnings.length === 0 ? { event } : { event, warnings };
}

const nothingToTell: readonly string[] = [];

/** Only a profile has what nobody declared and keeps it; all else is refused, or seen by no journey. */
function warningsOf(
  catalogue: EventRules,
  { type, data }: IncomingEvent,
  purposes: ValidatorOptions['purposes'],
): readonly string[] {
  if (type !== 'customer.updated') return nothingToTell;
  const consent = purposes === undefined ? [] : consentWarnings(data['consent'], new Set(purposes));
  return [...(catalogue.warnings?.(type, data) ?? []), ...consent];
}

/** What the engine's own types mean beyond their fields. */
function meaningFaults(
  type: string,
  customer: string,
  data: JsonObject,
  purposes: ValidatorOptions['purposes'],
): readonly Refusal[] {
  const consent = purposes === undefined ? [] : consentFaults(type, data, purposes);
  return [...consent, ...mergeFaults(type, customer, data)];
}

function notAnEvent(input: unknown): string {
  const came = Array.isArray(input) ? 'a list' : input === null ? 'null' : `a ${typeof input}`;
  return `is ${came}; send a CloudEvent as a JSON object with specversion, id, source, type and subject`;
}

function checkVersion(version: unknown, refusals: Refusal[]): void {
  if (version === '1.0') return;
  const message =
    version === undefined ? 'is missing; set it to "1.0"' : `is ${show(version)}; only CloudEvents "1.0" is supported`;
  refusals.push({ place: 'specversion', message });
}

type RequiredName = 'id' | 'source' | 'type' | 'subject';

const required: Readonly<Record<RequiredName, { readonly longest: number; readonly meaning: string }>> = {
  id: { longest: 256, meaning: 'a text of your own, a new one for each event of a source' },
  source: { longest: 1024, meaning: 'where the event comes from, such as "/shop"' },
  type: { longest: 256, meaning: 'an event type of events.yaml' },
  subject: { longest: 256, meaning: "the customer's id" },
};

/** The text, or what stands for it while the event is refused. */
function requiredText(input: JsonObject, name: RequiredName, refusals: Refusal[]): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '' && value.length <= required[name].longest && isPlainText(value))
    return value;
  refusals.push({ place: name, message: whyNoText(value, name) });
  return '';
}

function whyNoText(value: unknown, name: RequiredName): string {
  const { longest, meaning } = required[name];
  if (value === undefined || value === null) return `is missing; set it to ${meaning}`;
  if (typeof value !== 'string') return `is ${show(value)}; it has to be a text: ${meaning}`;
  if (value === '') return `is empty; set it to ${meaning}`;
  if (value.length > longest) return `has ${String(value.length)} characters; at most ${String(longest)} are kept`;
  return 'has a control character in it; take it out';
}

function notServed(type: string): string {
  return `"${type}" is broadcast; broadcast events are simulated, but not served yet`;
}

/** What a broadcast event has in place of a customer. */
function noSubject(input: JsonObject, type: string, refusals: Refusal[]): '' {
  if (input['subject'] !== undefined && input['subject'] !== null) {
    refusals.push({ place: 'subject', message: `is ${show(input['subject'])}; "${type}" is broadcast: leave it out` });
  }
  return '';
}

/** A type that may come in; undefined with a refusal where it may not. */
function knownType(catalogue: EventRules, type: string, refusals: Refusal[]): string | undefined {
  if (type === '') return undefined;
  const why = catalogue.whyRefused(type);
  if (why === undefined) return type;
  refusals.push({ place: 'type', message: why });
  return undefined;
}

/** A later time than the arrival is read as the arrival, so it is none of ours to refuse. */
function readTime(time: unknown, refusals: Refusal[]): Instant | undefined {
  if (time === undefined || time === null) return undefined;
  const instant = typeof time === 'string' ? parseTime(time) : undefined;
  if (instant === undefined) {
    const expected = 'expected a time with its offset, such as "2026-12-21T18:00:00+03:30"';
    const slip = typeof time === 'string' ? jalaliSlip(time) : '';
    refusals.push({ place: 'time', message: `is ${show(time)}; ${expected}${slip}` });
  }
  return instant;
}

function readData(input: JsonObject, refusals: Refusal[]): JsonObject | undefined {
  const before = refusals.length;
  checkDataType(input['datacontenttype'], refusals);
  if (input['data_base64'] !== undefined) {
    refusals.push({ place: 'data_base64', message: 'is not supported; send the data as JSON, in data' });
  }
  const data = input['data'] ?? {};
  if (!isJsonObject(data)) refusals.push({ place: 'data', message: `is ${show(data)}; expected an object` });
  const bad = unstorableIn(data, 'data');
  if (bad !== undefined) refusals.push(bad);
  return refusals.length === before && isJsonObject(data) ? data : undefined;
}

function checkDataType(type: unknown, refusals: Refusal[]): void {
  if (type === undefined || type === null) return;
  if (typeof type === 'string' && isJsonType((type.split(';', 1)[0] ?? '').trim())) return;
  refusals.push({ place: 'datacontenttype', message: `is ${show(type)}; send the data as application/json` });
}

/** As it came, but short. */
function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
