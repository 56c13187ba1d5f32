import type { Customer } from '../customer.js';
import type { Occasions } from '../occasions/occasions.js';
import type { Clock, Instant } from '../time/instant.js';
import { endOf, nextMidnight, nextStart, type Window } from '../time/windows.js';
import { consentFor } from './consent.js';
import type { Policy, Purpose } from './policy.js';

/**
 * Why this customer may not hear of that purpose at all: the last word is a withdrawal, or consent was never given. A
 * word on the purpose itself comes before one on the purpose whose consent it borrows.
 */
export function consentProblem(
  { consent }: Pick<Customer, 'consent'>,
  purpose: string,
  { purposes }: Pick<Policy, 'purposes'>,
): 'opted_out' | 'no_consent' | undefined {
  const own = consent[purpose];
  if (own !== undefined) return own ? undefined : 'opted_out';
  const needed = consentFor(purpose, purposes);
  if (consent[needed.purpose] === false) return 'opted_out';
  return needed.required && consent[needed.purpose] !== true ? 'no_consent' : undefined;
}

/** The next midnight outside the purpose's blackout days; undefined where today is none. */
export function blackoutEnd(
  { blackout }: Pick<Purpose, 'blackout'>,
  occasions: Occasions,
  now: Instant,
  clock: Clock,
): Instant | undefined {
  const isBlack = (at: Instant): boolean => blackout.some((name) => occasions.covers(name, at, clock));
  if (blackout.length === 0 || !isBlack(now)) return undefined;
  let at = nextMidnight(now, clock);
  for (let days = 0; days < longestBlackout && isBlack(at); days += 1) at = nextMidnight(at, clock);
  return at;
}

/** Nobody is silent for longer; occasions that follow each other without end are somebody's mistake. */
const longestBlackout = 1_000;

/** The end of the quiet hours in which the instant lies, of whatever windows; undefined where it lies in none. */
export function quietEnd(windows: readonly (Window | undefined)[], now: Instant, clock: Clock): Instant | undefined {
  let at = now;
  for (let turns = 0; turns < windows.length * 4; turns += 1) {
    const end = firstEnd(windows, at, clock);
    if (end === undefined) break;
    at = end;
  }
  return at === now ? undefined : at;
}

/**
 * Until when a message that may leave now may go on waiting for its turn: the next start of quiet hours or of a blackout
 * day. Blackouts are looked for only a few days ahead; where none comes, the last of these days is when to look again.
 */
export function nextHold(
  windows: readonly Window[],
  { blackout }: Pick<Purpose, 'blackout'>,
  occasions: Occasions,
  now: Instant,
  clock: Clock,
): Instant | undefined {
  let first = blackout.length === 0 ? undefined : blackoutStart(blackout, occasions, now, clock);
  for (const window of windows) {
    const start = nextStart(now, window, clock);
    if (start !== undefined && (first === undefined || start < first)) first = start;
  }
  return first;
}

const daysAhead = 3;

function blackoutStart(blackout: readonly string[], occasions: Occasions, now: Instant, clock: Clock): Instant {
  let at = now;
  for (let days = 0; days < daysAhead; days += 1) {
    at = nextMidnight(at, clock);
    if (blackout.some((name) => occasions.covers(name, at, clock))) return at;
  }
  return at;
}

function firstEnd(windows: readonly (Window | undefined)[], at: Instant, clock: Clock): Instant | undefined {
  for (const window of windows) {
    const end = window && endOf(at, window, clock);
    if (end !== undefined) return end;
  }
  return undefined;
}
