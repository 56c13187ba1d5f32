import { byTime } from '../expression/layered-history.js';
import type { HistoryEvent, Tie } from '../expression/scope.js';
import type { Journey } from './journey.js';
import type { Run } from './run.js';

/** Event types of which a journey looks at earlier events: those that `about` ties, and those of waits `since: entry`. */
export function lookbackTypes(journey: Journey): readonly string[] {
  let types = known.get(journey);
  if (types === undefined) {
    const waits = [...journey.steps.values()].flatMap((step) => (step.kind === 'wait_for' ? step.arms : []));
    const sinceEntry = waits.filter(({ since }) => since === 'entry').map(({ event }) => event);
    types = [...new Set([...journey.tiedTypes, ...sinceEntry])];
    known.set(journey, types);
  }
  return types;
}
const known = new WeakMap<Journey, readonly string[]>();

/** What ties this type's events to an enrolment with this key; undefined where nothing does. */
export function tieOf(journey: Journey, type: string, key: string | undefined): Tie | undefined {
  if (journey.about?.kind !== 'field' || !journey.about.ties.has(type) || key === undefined) return undefined;
  return { path: journey.about.path, value: key };
}

/**
 * Events of these types whose own time is not before that of the event that started the enrolment, whenever they
 * arrived, oldest first; the starting event itself never counts.
 */
export function earlierEvents(run: Run, types: ReadonlySet<string>): readonly HistoryEvent[] {
  const { seq, key, state } = run.enrolment;
  return [...types]
    .flatMap((type) => run.facts.history.since(type, state.triggerEvent.time, tieOf(run.journey, type, key)))
    .filter((event) => event.seq !== seq)
    .sort(byTime);
}
