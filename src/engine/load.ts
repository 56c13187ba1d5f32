import type { LastExit } from '../domain/journey/customer-enrolments.js';
import { ownEffects } from '../domain/journey/event-effects.js';
import type { Enrolment } from '../domain/journey/enrolment.js';
import type { Journey } from '../domain/journey/journey.js';
import type { Connection } from '../store/connection.js';
import type { ClaimedCustomer } from '../store/engine/claim-customers.sql.js';
import { loadEnrolments } from '../store/engine/load-enrolments.sql.js';
import { loadLastExits } from '../store/engine/load-last-exits.sql.js';
import { customerOf, factsFor, noHistory, openDesk, ownEffectsOf, type Case, type NumberedEvent } from './batch.js';
import { readEnrolment } from './enrolment-row.js';
import { countEntries, type EntryCounts } from './entry-counts.js';
import type { LiveJourneys } from './live-journeys.js';
import { loadContacts } from './load-contacts.js';
import { loadHistory } from './load-history.js';
import { LoadedHistory } from './loaded-history.js';
import { startedByEmits } from './reachable-journeys.js';
import type { Reads } from './reads.js';

/** A customer of a batch with the events to decide. */
export interface Numbered {
  readonly customer: ClaimedCustomer;
  readonly events: readonly NumberedEvent[];
  /** Journeys in which they may come to be, besides those that these start. */
  readonly further?: readonly Journey[];
}

/** What is being loaded for one customer. */
export interface Drawer extends Numbered {
  readonly enrolments: readonly Enrolment[];
  /** Undefined for someone new, who has none. */
  readonly history: LoadedHistory | undefined;
  /** Journeys that may start because of what journeys emit meanwhile. */
  readonly further: readonly Journey[];
  /** What is asked besides what journeys ask. */
  readonly more?: readonly Reads[];
}

/**
 * Reads, for all customers of a batch together, what their decisions may ask for, and opens a desk for each about whom there
 * can be anything to decide.
 */
export async function openCases(
  tx: Connection,
  live: LiveJourneys,
  customers: readonly Numbered[],
): Promise<readonly Case[]> {
  const inside = await loadWhoIsInside(tx, live, customers);
  const drawers = customers.flatMap((one): readonly Drawer[] => {
    const enrolments = inside.get(one.customer.id) ?? nobody;
    if (enrolments.length === 0 && one.events.every((event) => isOfNoEffect(live, event))) return [];
    const history = one.customer.fresh ? undefined : new LoadedHistory();
    return [{ ...one, enrolments, history, further: furtherOf(live, one, enrolments) }];
  });
  await loadHistory(tx, live, drawers);
  const lastExit = await loadExits(tx, live, drawers);
  const contactsOf = await loadContacts(tx, live, drawers);
  const counts = await loadCounts(tx, live, drawers);
  return drawers.map(({ customer, events, enrolments, history }) => ({
    customer,
    events,
    history,
    before: customerOf(customer),
    hear: counts?.hear,
    desk: openDesk(
      live,
      factsFor(live, customer, events.length, history ?? noHistory, contactsOf(customer.id), counts?.others),
      enrolments,
      (journey, key) => lastExit(customer.id, journey, key),
    ),
  }));
}

/** Only where a journey with `limits` may start. */
async function loadCounts(
  tx: Connection,
  live: LiveJourneys,
  drawers: readonly Drawer[],
): Promise<EntryCounts | undefined> {
  if (live.limited.length === 0) return undefined;
  const mayStart = new Set(drawers.flatMap(({ events, further }) => [...firstOf(live, events), ...further]));
  const asking = live.limited.filter((journey) => mayStart.has(journey));
  if (asking.length === 0) return undefined;
  const now = drawers.reduce((latest, { customer }) => Math.max(latest, customer.decided_at), -Infinity);
  return countEntries(tx, live.workspace, asking, now);
}

/** Journeys that these events may start. */
function firstOf(live: LiveJourneys, events: readonly NumberedEvent[]): readonly Journey[] {
  return events.flatMap(({ event }) => live.journeys.startedBy(event.type));
}

const nobody: readonly Enrolment[] = [];

function furtherOf(
  live: LiveJourneys,
  { events, further = none }: Numbered,
  enrolments: readonly Enrolment[],
): readonly Journey[] {
  if (!live.emits) return further;
  const first = [...firstOf(live, events), ...further];
  return [...further, ...startedByEmits(live.journeys, [...enrolments.map((one) => live.of(one)), ...first])];
}

const none: readonly Journey[] = [];

/** Starts no journey and does nothing by itself: with nobody inside there is nothing to decide, only to remember. */
function isOfNoEffect(live: LiveJourneys, { event }: NumberedEvent): boolean {
  const { policy } = live.workspace;
  return live.journeys.startedBy(event.type).length === 0 && ownEffects(event, ownEffectsOf(live), policy).length === 0;
}

async function loadWhoIsInside(
  tx: Connection,
  live: LiveJourneys,
  customers: readonly Numbered[],
): Promise<ReadonlyMap<string, readonly Enrolment[]>> {
  const inside = new Map<string, Enrolment[]>();
  const known = customers.filter(({ customer }) => !customer.fresh).map(({ customer }) => customer.id);
  if (known.length === 0) return inside;
  const rows = await tx.run(loadEnrolments, [known]);
  await live.need(tx, rows);
  for (const row of rows) {
    const others = inside.get(row.customer_id);
    if (others === undefined) inside.set(row.customer_id, [readEnrolment(row)]);
    else others.push(readEnrolment(row));
  }
  return inside;
}

type LastExitOf = (customer: string, ...which: Parameters<LastExit>) => ReturnType<LastExit>;

/** Only journeys that ask when someone last left are looked up. */
async function loadExits(tx: Connection, live: LiveJourneys, drawers: readonly Drawer[]): Promise<LastExitOf> {
  const asking = new Set<Journey>();
  const customers = drawers.filter(({ customer, events, further }) => {
    if (customer.fresh) return false;
    const first = events.flatMap(({ event }) => live.journeys.startedBy(event.type));
    const journeys = [...first, ...further].filter(asksForExits);
    for (const journey of journeys) asking.add(journey);
    return journeys.length > 0;
  });
  if (customers.length === 0) return () => undefined;
  const names = [...asking].map(({ name }) => name);
  const rows = await tx.run(loadLastExits, [customers.map(({ customer }) => customer.id), names]);
  const exits = new Map(rows.map((row) => [exitKey(row.customer_id, row.journey, row.key ?? undefined), row.ended_at]));
  return (customer, journey, key) => exits.get(exitKey(customer, journey, key));
}

function asksForExits({ entry }: Journey): boolean {
  return entry.again.kind !== 'always';
}

function exitKey(customer: string, journey: string, key: string | undefined): string {
  return JSON.stringify([customer, journey, key ?? null]);
}
