import { byTime } from '../expression/layered-history.js';
import type { HistoryEvent, Tie } from '../expression/scope.js';
import type { Journey } from './journey.js';
import type { WaitForStep } from './step.js';
import { remembered } from './remembered.js';
import type { Run } from './run.js';

/** Event types of a wait's arms that look at earlier events since entry. */
export const typesSinceEntry = remembered(({ arms }: WaitForStep): readonly string[] => {
  return [...new Set(arms.filter(({ since }) => since === 'entry').map(({ event }) => event))];
});

/** Event types of which a journey looks at earlier events: those that `about` ties, and those of waits `since: entry`. */
export const lookbackTypes = remembered((journey: Journey): readonly string[] => {
  const waits = [...journey.steps.values()].filter((step) => step.kind === 'wait_for');
  return [...new Set([...journey.tiedTypes, ...waits.flatMap(typesSinceEntry)])];
});

/** What ties this type's events to an enrolment with this key; undefined where nothing does. */
export function tieOf(journey: Journey, type: string, key: string | undefined): Tie | undefined {
  if (journey.about?.kind !== 'field' || !journey.about.ties.has(type) || key === undefined) return undefined;
  return { path: journey.about.path, value: key };
}

/**
 * Events of these types whose own time is not before that of the event that started the enrolment, whenever they
 * arrived, oldest first; the starting event itself never counts.
 */
export function earlierEvents(run: Run, types: readonly string[]): readonly HistoryEvent[] {
  const { seq, key, state } = run.enrolment;
  const found: HistoryEvent[] = [];
  for (const type of types) {
    const events = run.facts.history.since(type, state.triggerEvent.time, tieOf(run.journey, type, key));
    for (const event of events) if (event.seq !== seq) found.push(event);
  }
  return found.length < 2 ? found : found.sort(byTime);
}
