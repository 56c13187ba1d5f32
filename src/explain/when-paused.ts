import type { Instant } from '../domain/time/instant.js';
import type { KeptPause } from '../store/explain/read-journey-pauses.sql.js';
import { NotKnownError, type CustomerRecord } from './customer-record.js';
import type { KeptFiles } from './kept-files.js';
import type { Moment } from './moments.js';
import { pausedMoments } from './pauses.js';
import { differencesOf } from './verify-customer.js';

export type PausedAt = (at: Instant) => ReadonlySet<string>;

/** More decisions that close to a pause are nobody's by hand. */
const MOST_DOUBTED = 20;

/**
 * Which journeys were paused for which decisions. Just when a pause began or ended that is not kept: there the one is taken
 * that gives what is kept. Throws where neither does.
 */
export function whenPaused(
  record: CustomerRecord,
  moments: readonly Moment[],
  pauses: readonly KeptPause[],
  files: KeptFiles,
): PausedAt {
  const doubted = pausedMoments(record, moments, pauses.flatMap(edgesOf), files);
  if (doubted.length === 0) return pausedAt(pauses, new Set());
  const wrong = (flipped: ReadonlySet<string>): number =>
    differencesOf(record, moments, files, pausedAt(pauses, flipped)).length;
  let flipped: ReadonlySet<string> = new Set();
  let least = wrong(flipped);
  for (const { journey, at } of doubted.slice(0, MOST_DOUBTED)) {
    if (least === 0) break;
    const tried = new Set([...flipped, nameOf(journey, at)]);
    const count = wrong(tried);
    if (count < least) [flipped, least] = [tried, count];
  }
  if (least === 0) return pausedAt(pauses, flipped);
  throw new NotKnownError(
    `whether journey ${doubted[0]?.journey ?? ''} was paused already when something was decided; ` +
      'as it seems, what is kept came about otherwise',
  );
}

function edgesOf(pause: KeptPause): readonly KeptPause[] {
  const { since, until } = pause;
  return [
    { ...pause, until: since },
    { ...pause, since: until },
  ];
}

/** By the instants of the pauses, but the other way round where that is `flipped`. */
function pausedAt(pauses: readonly KeptPause[], flipped: ReadonlySet<string>): PausedAt {
  const journeys = [...new Set(pauses.map(({ journey }) => journey))];
  return (at) => {
    const inForce = new Set(
      pauses.flatMap(({ journey, since, until }) => (since <= at && at < until ? [journey] : [])),
    );
    return new Set(journeys.filter((journey) => inForce.has(journey) !== flipped.has(nameOf(journey, at))));
  };
}

function nameOf(journey: string, at: Instant): string {
  return `${journey} ${String(at)}`;
}
