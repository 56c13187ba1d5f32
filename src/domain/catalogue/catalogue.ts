import type { Field, Kind, RecordKind } from '../expression/kind.js';
import type { Json } from '../json.js';
import type { Duration } from '../time/duration.js';
import type { Fault } from './check-value.js';
import type { CheckCustomer } from './customer-patch.js';

/** `events.yaml` and `customers.yaml`: what comes in, what expressions may ask for, what a customer has. */
export interface Catalogue {
  /** Every type that journeys may listen to and count, the engine's own included, by code point. */
  readonly types: readonly string[];
  /** The kind of the data of that type; undefined where there is no such type. */
  eventKind(type: string): Kind | undefined;
  /** Whether a business may send that type. */
  isOpenToBusiness(type: string): boolean;
  /** Whether events of that type have no subject: they are tried on every member of a trigger's audience. */
  isBroadcast(type: string): boolean;
  /** Why an event of that type is refused (unknown, the engine's own); undefined where it is welcome. */
  whyRefused(type: string): string | undefined;
  /** Built-in attributes, `id`, and the business's own. */
  readonly customer: RecordKind;
  /** How old an event may be and still start a journey, where its trigger does not say. */
  maxAge(type: string): Duration;
  /** What is wrong with an event's data; the same empty list every time nothing is. */
  validate(type: string, data: Json): readonly Fault[];
  /** What looks like a slip of the pen in data that is taken all the same: attributes that nobody declared. */
  warnings(type: string, data: Json): readonly string[];
  /** Dotted paths of the numbers in the data, money included: what can be summed. */
  numericFields(type: string): readonly string[];
  /** Whether the data of that type may have a field at that path. */
  hasField(type: string, path: readonly string[]): boolean;
  readonly checkCustomer: CheckCustomer;
}

/** A field of a record, however deep; it may be absent where anything on the way to it may. */
export function fieldAt(kind: Kind | undefined, path: readonly string[]): Field | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return kind && { kind, optional: false };
  if (kind?.kind !== 'record' || !Object.hasOwn(kind.fields, name)) return undefined;
  const field = kind.fields[name];
  const inner = fieldAt(field?.kind, rest);
  return inner && { kind: inner.kind, optional: inner.optional || field?.optional === true };
}

export function numbersOf(kind: Kind, path = ''): readonly string[] {
  if (kind.kind === 'integer' || kind.kind === 'number' || kind.kind === 'money') return [path];
  if (kind.kind !== 'record') return [];
  return Object.entries(kind.fields).flatMap(([name, field]) =>
    numbersOf(field.kind, path === '' ? name : `${path}.${name}`),
  );
}
