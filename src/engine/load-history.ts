import { cuesOf } from '../domain/journey/cue.js';
import type { Enrolment } from '../domain/journey/enrolment.js';
import { entryKey } from '../domain/journey/entry-key.js';
import { makeFacts } from '../domain/journey/facts.js';
import type { Journey } from '../domain/journey/journey.js';
import type { Clock } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { customerOf, type NumberedEvent } from './batch.js';
import { HistoryLoader } from './history-loader.js';
import type { LiveJourneys } from './live-journeys.js';
import type { Drawer } from './load.js';
import type { LoadedHistory } from './loaded-history.js';
import { mayMoveClock } from './reachable-journeys.js';
import type { Reads } from './reads.js';

/** One customer's history, and what their decisions may ask of it. */
interface Asking {
  readonly loader: HistoryLoader;
  readonly live: LiveJourneys;
  readonly drawer: Drawer;
  readonly history: LoadedHistory;
  readonly clocks: readonly Clock[];
  /** A journey may change the customer's clock on the way. */
  readonly clockMoves: boolean;
}

/** Reads of history whatever the decisions of these customers may ask for. */
export async function loadHistory(tx: Connection, live: LiveJourneys, drawers: readonly Drawer[]): Promise<void> {
  const loader = new HistoryLoader();
  for (const drawer of drawers) {
    const { history, enrolments, events, further, more = [] } = drawer;
    if (history === undefined) continue;
    const clocks = clocksOf(live, drawer);
    const asking: Asking = { loader, live, drawer, history, clocks, clockMoves: clockMoves(live, drawer) };
    for (const enrolment of enrolments) askForInside(asking, enrolment);
    for (const numbered of events) askForStarts(asking, numbered);
    for (const journey of further) askForFurther(asking, journey);
    for (const reads of more) askReads(asking, reads, 'inside');
  }
  await loader.load(tx);
}

function askForInside(asking: Asking, enrolment: Enrolment): void {
  const { loader, live, drawer, history } = asking;
  const journey = live.of(enrolment);
  askCalls(asking, journey, 'inside');
  if (enrolment.status !== 'active') return;
  const { triggerEvent } = enrolment.state;
  loader.askLookback(history, drawer.customer.id, journey, enrolment.key, triggerEvent.time);
}

function askForStarts(asking: Asking, { event }: NumberedEvent): void {
  const { loader, live, drawer, history } = asking;
  const { customer } = drawer;
  for (const journey of live.journeys.startedBy(event.type)) {
    askCalls(asking, journey, 'entering');
    askCalls(asking, journey, 'inside');
    const facts = makeFacts(live.workspace, customerOf(customer), history, customer.seq);
    const [cue] = cuesOf(journey, { kind: 'trigger', event, lastExit: undefined });
    // The key of an expression ties nothing, so that it need not be known to look back.
    const key = journey.about?.kind === 'field' && cue ? entryKey(journey, cue, facts, customer.decided_at) : undefined;
    loader.askLookback(history, customer.id, journey, key, event.time);
  }
}

/** What would start it is not known yet; it would come now. */
function askForFurther(asking: Asking, journey: Journey): void {
  const { loader, drawer, history } = asking;
  askCalls(asking, journey, 'entering');
  askCalls(asking, journey, 'inside');
  loader.askLookbackFromNow(history, drawer.customer.id, journey, drawer.customer.decided_at);
}

function askCalls(asking: Asking, journey: Journey, when: 'entering' | 'inside'): void {
  askReads(asking, asking.live.readsOf(journey), when);
}

function askReads(
  { loader, drawer, history, clocks, clockMoves }: Asking,
  reads: Reads,
  when: 'entering' | 'inside',
): void {
  const { id, decided_at: now } = drawer.customer;
  for (const clock of clocks) {
    loader.askCalls(history, id, reads[when], now, clock);
    if (clockMoves) loader.askWideCalls(history, id, reads[when], now, clock);
    if (reads.bestHour && when === 'inside') loader.askBestHour(history, id, now, clock, clockMoves);
  }
}

/** The customer's clock, and those that events of this very batch set: windows are read for each. */
function clocksOf(live: LiveJourneys, { customer, events }: Drawer): readonly Clock[] {
  const { timezone, calendar, working } = live.workspace.policy;
  const changes = events
    .filter(({ event }) => event.type === 'customer.updated')
    .map(({ event }) => event.data['timezone']);
  // Before the first change the clock is the one from before the batch.
  const zones = [customer.attributes?.['timezone'], ...changes.filter((zone) => zone !== undefined)];
  const all = zones.map((zone) => (typeof zone === 'string' ? zone : timezone));
  return [...new Set(all)].map((zone) => ({ zone, calendar, working }));
}

function clockMoves(live: LiveJourneys, { enrolments, events, further }: Drawer): boolean {
  if (!live.movesClocks) return false;
  const started = events.flatMap(({ event }) => live.journeys.startedBy(event.type));
  return [...enrolments.map((one) => live.of(one)), ...started, ...further].some(mayMoveClock);
}
