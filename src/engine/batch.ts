import { hash } from 'node:crypto';
import type { Customer } from '../domain/customer.js';
import { JournalHistory } from '../domain/expression/journal-history.js';
import type { History, HistoryEvent } from '../domain/expression/scope.js';
import { CustomerDesk } from '../domain/journey/customer-desk.js';
import type { LastExit } from '../domain/journey/customer-enrolments.js';
import type { Trace } from '../domain/journey/decision.js';
import type { OwnEffectsOf } from '../domain/journey/event-effects.js';
import { makeFacts, type Facts, type Others } from '../domain/journey/facts.js';
import type { Contacts } from '../domain/policy/contacts.js';
import type { Instant } from '../domain/time/instant.js';
import type { IncomingEvent } from '../intake/intake.js';
import type { ClaimedCustomer } from '../store/engine/claim-customers.sql.js';
import type { LiveJourneys } from './live-journeys.js';
import type { LoadedHistory } from './loaded-history.js';

/** An event of a batch; `chain` is how far one of a journey's own is from what came from outside. */
export interface BatchEvent extends IncomingEvent {
  readonly chain?: number;
}

/** An event with its place in the batch and, once its customer is locked, in the order of decisions. */
export interface NumberedEvent {
  readonly customer: string;
  readonly hash: string;
  readonly event: HistoryEvent;
  readonly chain: number;
}

/** One customer of a batch: the events to decide, and the desk that decides them. */
export interface Case {
  readonly customer: ClaimedCustomer;
  readonly before: Customer;
  readonly events: readonly NumberedEvent[];
  readonly desk: CustomerDesk;
  /** Undefined for someone new, who has none. */
  readonly history: LoadedHistory | undefined;
  /** Told each line as it is decided, where somebody counts. */
  readonly hear?: ((line: Trace) => void) | undefined;
}

/** The events of a batch by customer, in their order. */
export function byCustomer(events: readonly BatchEvent[]): ReadonlyMap<string, readonly BatchEvent[]> {
  const groups = new Map<string, BatchEvent[]>();
  for (const event of events) {
    const group = groups.get(event.customer);
    if (group === undefined) groups.set(event.customer, [event]);
    else group.push(event);
  }
  return groups;
}

/** Numbers a customer's events with the decision numbers that were given out when the customer was locked. */
export function number(events: readonly BatchEvent[], { seq, decided_at }: ClaimedCustomer): readonly NumberedEvent[] {
  const before = seq - events.length;
  return events.map((event, place) => ({
    customer: event.customer,
    hash: identity(event),
    event: arrived(event, decided_at, before + place + 1),
    chain: event.chain ?? 0,
  }));
}

/** A time later than the arrival is read as the arrival. */
function arrived({ id, source, type, time, data }: IncomingEvent, arrival: Instant, seq: number): HistoryEvent {
  return { id, source, type, time: Math.min(time ?? arrival, arrival), arrival, seq, data };
}

/** What makes an event the same one: 16 bytes of SHA-256 over source and id, as 32 hex digits. */
export function identity({ source, id }: Pick<IncomingEvent, 'source' | 'id'>): string {
  return hash('sha256', `${source}\0${id}`, 'hex').slice(0, 32);
}

export function customerOf({ id, attributes, consent, closed }: ClaimedCustomer): Customer {
  return {
    id,
    attributes: attributes ?? nothing,
    consent: consent ?? nothing,
    closed: closed ?? nothing,
  };
}

/** One and the same: what a customer has is compared by identity. */
const nothing = Object.freeze({});

/** What is known of a customer of the batch before its first decision, of so many. */
export function factsFor(
  live: LiveJourneys,
  customer: ClaimedCustomer,
  decisions: number,
  history: History,
  contacts: Contacts,
  others?: Others,
): Facts {
  const paused = customer.paused === null ? {} : { paused: new Set(customer.paused) };
  // Timers that fell due before the batch's events carry the number of the decision before these.
  const seq = customer.seq - decisions;
  return makeFacts(live.workspace, customerOf(customer), history, seq, {
    ...paused,
    contacts,
    ...(others && { others }),
  });
}

/** A desk for a customer of the batch: everything that its decisions can ask for has been read. */
export function openDesk(
  live: LiveJourneys,
  facts: Facts,
  enrolments: ConstructorParameters<typeof CustomerDesk>[3],
  lastExit: LastExit,
): CustomerDesk {
  return new CustomerDesk(live.journeys, ownEffectsOf(live), facts, enrolments, lastExit);
}

/** What an event does by itself, by today's catalogue. */
export function ownEffectsOf({ workspace }: LiveJourneys): OwnEffectsOf {
  return { customerPatch: (data) => workspace.catalogue.checkCustomer(data).patch };
}

/** Someone who was created a moment ago has no history. */
export const noHistory: History = new JournalHistory();
