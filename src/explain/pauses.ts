import type { KeptPause } from '../store/explain/read-journey-pauses.sql.js';
import { NotKnownError, type CustomerRecord } from './customer-record.js';
import type { KeptFiles } from './kept-files.js';
import type { Moment } from './moments.js';

/** A pause is in force for what is decided after its commit, which is a little later than its instant. */
const MARGIN_MS = 5_000;

/** Throws where something was decided while a journey was paused that could have had a say. */
export function refusePaused(
  { enrolments }: CustomerRecord,
  moments: readonly Moment[],
  pauses: readonly KeptPause[],
  files: KeptFiles,
): void {
  const entered = new Set(enrolments.map(({ journey }) => journey));
  for (const { journey, since, until } of pauses) {
    const isTold = moments.some(
      (moment) =>
        moment.kind !== 'change' &&
        moment.at >= since - MARGIN_MS &&
        moment.at <= until + MARGIN_MS &&
        (entered.has(journey) || startsOf(moment, files).has(journey)),
    );
    if (isTold) throw new NotKnownError(`journey ${journey} was paused when something was decided`);
  }
}

function startsOf(moment: Moment, files: KeptFiles): ReadonlySet<string> {
  if (moment.kind !== 'events') return new Set();
  const journeys = files.journeysOf(moment.bundle, []);
  return new Set(moment.events.flatMap(({ type }) => journeys.startedBy(type).map(({ name }) => name)));
}
