import type { Customer } from '../domain/customer.js';
import { changed } from '../domain/journey/facts.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import { parseTime } from '../domain/time/date.js';
import type { Instant } from '../domain/time/instant.js';
import { jalaliSlip } from '../domain/time/jalali-slip.js';
import type { Workspace } from '../domain/workspace.js';
import type { Refusal } from '../intake/intake.js';
import { createEventValidator, type EventRules } from '../intake/validate-event.js';
import type { SimulatedEvent } from './simulator.js';

/** A line that was refused, and what is wrong with it; the others are simulated. */
export interface RefusedLine extends Refusal {
  readonly line: number;
}
export interface Inputs<T> {
  readonly accepted: readonly T[];
  readonly refused: readonly RefusedLine[];
  /** What looks like a slip of the pen in lines that are taken. */
  readonly warnings: readonly LineWarning[];
}
export interface LineWarning {
  readonly line: number;
  readonly message: string;
}

type ReadLine<T> = (
  line: JsonObject,
  number: number,
) => { readonly value: T; readonly warnings?: readonly string[] } | { readonly refusals: readonly Refusal[] };

/** JSON Lines of CloudEvents; `id` (`line-<n>`), `source` and `specversion` may be left out, `arrives_at` may be added. */
export function readEvents(text: string, { catalogue, policy }: Workspace): Inputs<SimulatedEvent> {
  const purposes = [...policy.purposes.keys()];
  const validate = createEventValidator(rulesOf(catalogue), { broadcast: 'served', purposes });
  return readLines(text, (line, number) => {
    const validated = validate(withDefaults(line, number));
    if ('refusals' in validated) return validated;
    // Written out: copies by `...` would each have a hidden class of its own, of which there would be as many as events.
    const { id, source, type, customer, time, data } = validated.event;
    const arrival = readArrival(line['arrives_at'], time);
    if (typeof arrival !== 'number') return { refusals: [arrival] };
    const { warnings } = validated;
    return { value: { id, source, type, customer, time, arrival, data }, ...(warnings && { warnings }) };
  });
}

/** The line itself, which nobody else has. */
function withDefaults(line: JsonObject, number: number): JsonObject {
  if (line['specversion'] === undefined) line['specversion'] = '1.0';
  if (line['id'] === undefined) line['id'] = `line-${String(number)}`;
  if (line['source'] === undefined) line['source'] = '/simulation';
  return line;
}

function readArrival(arrives: unknown, time: Instant | undefined): Instant | Refusal {
  if (arrives !== undefined) {
    const read = typeof arrives === 'string' ? parseTime(arrives) : undefined;
    const slip = typeof arrives === 'string' ? jalaliSlip(arrives) : '';
    const expected = 'expected an instant such as "2026-11-21T10:00:00+03:30"';
    return read ?? { place: 'arrives_at', message: `${expected}${slip}` };
  }
  return time ?? { place: 'time', message: 'is missing; a simulated event needs `time` or `arrives_at`' };
}

/** JSON Lines of customers: `id` and what is known of them. */
export function readCustomers(text: string, { catalogue }: Workspace): Inputs<Customer> {
  return readLines(text, ({ id, ...attributes }) => {
    if (typeof id !== 'string' || id === '') {
      return { refusals: [{ place: 'id', message: "is missing; give the customer's id as a text" }] };
    }
    const { patch, problems, warnings } = catalogue.checkCustomer(attributes);
    if (problems.length > 0) return { refusals: problems };
    return { value: changed({ id, attributes: {}, consent: {}, closed: {} }, patch), warnings };
  });
}

function readLines<T>(text: string, read: ReadLine<T>): Inputs<T> {
  const accepted: T[] = [];
  const refused: RefusedLine[] = [];
  const warnings: LineWarning[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const outcome = readLine(line, index + 1, read);
    if ('refusals' in outcome) {
      refused.push(...outcome.refusals.map((refusal) => ({ line: index + 1, ...refusal })));
      return;
    }
    accepted.push(outcome.value);
    warnings.push(...(outcome.warnings ?? []).map((message) => ({ line: index + 1, message })));
  });
  return { accepted, refused, warnings };
}

function readLine<T>(line: string, number: number, read: ReadLine<T>): ReturnType<ReadLine<T>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return {
      refusals: [{ place: 'line', message: `is no JSON: ${error instanceof Error ? error.message : String(error)}` }],
    };
  }
  if (!isJsonObject(value))
    return { refusals: [{ place: 'line', message: 'expected a JSON object on a line of its own' }] };
  return read(value, number);
}

/** What came back from a provider, such as a click, may stand in a file, though no business may send it. */
export function rulesOf(catalogue: Workspace['catalogue']): EventRules {
  return {
    whyRefused: (type) => (catalogue.types.includes(type) ? undefined : catalogue.whyRefused(type)),
    validate: (type, data) => catalogue.validate(type, data),
    isBroadcast: (type) => catalogue.isBroadcast(type),
    warnings: (type, data) => catalogue.warnings(type, data),
  };
}
