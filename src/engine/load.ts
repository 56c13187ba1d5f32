import type { LastExit } from '../domain/journey/customer-desk.js';
import { entryKey } from '../domain/journey/entering.js';
import { ownEffects } from '../domain/journey/event-effects.js';
import type { Enrolment } from '../domain/journey/enrolment.js';
import { makeFacts } from '../domain/journey/facts.js';
import type { Journey } from '../domain/journey/journey.js';
import type { Clock } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import type { ClaimedCustomer } from '../store/engine/claim-customers.sql.js';
import { loadEnrolments } from '../store/engine/load-enrolments.sql.js';
import { loadLastExits } from '../store/engine/load-last-exits.sql.js';
import { customerOf, noHistory, openDesk, ownEffectsOf, type Case, type NumberedEvent } from './batch.js';
import { readEnrolment } from './enrolment-row.js';
import { HistoryLoader } from './history-loader.js';
import type { LiveJourneys } from './live-journeys.js';
import { LoadedHistory } from './loaded-history.js';

/** A customer of a batch with the events to decide. */
export interface Numbered {
  readonly customer: ClaimedCustomer;
  readonly events: readonly NumberedEvent[];
}

/** What is being loaded for one customer. */
interface Drawer extends Numbered {
  readonly enrolments: readonly Enrolment[];
  /** Undefined for someone new, who has none. */
  readonly history: LoadedHistory | undefined;
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
    return [{ ...one, enrolments, history: one.customer.fresh ? undefined : new LoadedHistory() }];
  });
  await loadHistory(tx, live, drawers);
  const lastExit = await loadExits(tx, live, drawers);
  return drawers.map(({ customer, events, enrolments, history }) => ({
    customer,
    events,
    history,
    before: customerOf(customer),
    desk: openDesk(live, customer, events.length, enrolments, history ?? noHistory, (journey, key) =>
      lastExit(customer.id, journey, key),
    ),
  }));
}

const nobody: readonly Enrolment[] = [];

/** Starts no journey and does nothing by itself: with nobody inside there is nothing to decide, only to remember. */
function isOfNoEffect(live: LiveJourneys, { event }: NumberedEvent): boolean {
  return live.journeys.startedBy(event.type).length === 0 && ownEffects(event, ownEffectsOf(live)).length === 0;
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

async function loadHistory(tx: Connection, live: LiveJourneys, drawers: readonly Drawer[]): Promise<void> {
  const loader = new HistoryLoader();
  for (const drawer of drawers) {
    if (drawer.history === undefined) continue;
    for (const enrolment of drawer.enrolments) askForInside(loader, live, drawer, drawer.history, enrolment);
    for (const numbered of drawer.events) askForStarts(loader, live, drawer, drawer.history, numbered);
  }
  await loader.load(tx);
}

function askForInside(
  loader: HistoryLoader,
  live: LiveJourneys,
  drawer: Drawer,
  history: LoadedHistory,
  enrolment: Enrolment,
): void {
  const { customer } = drawer;
  const journey = live.of(enrolment);
  for (const clock of clocksOf(live, drawer)) {
    loader.askCalls(history, customer.id, journey.calls.inside, customer.decided_at, clock);
  }
  if (enrolment.status !== 'active') return;
  loader.askLookback(history, customer.id, journey, enrolment.key, enrolment.state.triggerEvent.time);
}

function askForStarts(
  loader: HistoryLoader,
  live: LiveJourneys,
  drawer: Drawer,
  history: LoadedHistory,
  { event }: NumberedEvent,
): void {
  const { customer } = drawer;
  for (const journey of live.journeys.startedBy(event.type)) {
    const facts = makeFacts(live.workspace, customerOf(customer), history, customer.seq);
    for (const clock of clocksOf(live, drawer)) {
      loader.askCalls(history, customer.id, journey.calls.entering, customer.decided_at, clock);
      loader.askCalls(history, customer.id, journey.calls.inside, customer.decided_at, clock);
    }
    const trigger = journey.triggers.find((candidate) => candidate.event === event.type);
    // The key of an expression ties nothing, so that it need not be known to look back.
    const key =
      journey.about?.kind === 'field' && trigger
        ? entryKey(journey, trigger, event, facts, customer.decided_at)
        : undefined;
    loader.askLookback(history, customer.id, journey, key, event.time);
  }
}

/** The customer's clock, and those that events of this very batch set: windows are read for each. */
function clocksOf(live: LiveJourneys, { customer, events }: Drawer): readonly Clock[] {
  const { timezone, calendar } = live.workspace.policy;
  const changes = events
    .filter(({ event }) => event.type === 'customer.updated')
    .map(({ event }) => event.data['timezone']);
  // Before the first change the clock is the one from before the batch.
  const zones = [customer.attributes?.['timezone'], ...changes.filter((zone) => zone !== undefined)];
  const all = zones.map((zone) => (typeof zone === 'string' ? zone : timezone));
  return [...new Set(all)].map((zone) => ({ zone, calendar }));
}

type LastExitOf = (customer: string, ...which: Parameters<LastExit>) => ReturnType<LastExit>;

/** Only journeys that ask when someone last left are looked up. */
async function loadExits(tx: Connection, live: LiveJourneys, drawers: readonly Drawer[]): Promise<LastExitOf> {
  const asking = new Set<Journey>();
  const customers = drawers.filter(({ customer, events }) => {
    if (customer.fresh) return false;
    const journeys = events.flatMap(({ event }) => live.journeys.startedBy(event.type)).filter(asksForExits);
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
