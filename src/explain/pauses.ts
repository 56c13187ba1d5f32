import type { Instant } from '../domain/time/instant.js';
import type { KeptPause } from '../store/explain/read-journey-pauses.sql.js';
import { NotKnownError, type CustomerRecord } from './customer-record.js';
import type { KeptFiles } from './kept-files.js';
import type { Moment } from './moments.js';

/** A pause is in force for what is decided after its commit, which is a little later than its instant. */
const MARGIN_MS = 5_000;

/** Throws where something was decided while a journey was paused that could have had a say. */
export function refusePaused(
  record: CustomerRecord,
  moments: readonly Moment[],
  pauses: readonly KeptPause[],
  files: KeptFiles,
): void {
  const [first] = pausedMoments(record, moments, pauses, files);
  if (first !== undefined) throw new NotKnownError(`journey ${first.journey} was paused when something was decided`);
}

/** What was decided while a journey was paused, or nearly, that could have had a say. */
export function pausedMoments(
  { enrolments }: CustomerRecord,
  moments: readonly Moment[],
  pauses: readonly KeptPause[],
  files: KeptFiles,
): readonly { readonly journey: string; readonly at: Instant }[] {
  const entered = new Set(enrolments.map(({ journey }) => journey));
  return pauses.flatMap(({ journey, since, until }) =>
    moments.flatMap((moment) => {
      if (moment.kind === 'change' || moment.at < since - MARGIN_MS || moment.at > until + MARGIN_MS) return [];
      return entered.has(journey) || startsOf(moment, files).has(journey) ? [{ journey, at: moment.at }] : [];
    }),
  );
}

function startsOf(moment: Moment, files: KeptFiles): ReadonlySet<string> {
  if (moment.kind !== 'events') return new Set();
  const journeys = files.journeysOf(moment.bundle, []);
  return new Set(moment.events.flatMap(({ type }) => journeys.startedBy(type).map(({ name }) => name)));
}
