import { addDuration } from '../time/arithmetic.js';
import { printDuration, type Duration } from '../time/duration.js';
import type { Instant } from '../time/instant.js';
import type { Facts } from './facts.js';
import type { Journey } from './journey.js';

/** Whether as many have entered, or as much was granted, in (now − per, now] as the journey may. */
export function isOverLimit({ name, limits }: Journey, { others, clock, witness }: Facts, now: Instant): boolean {
  if (limits.entries === undefined && limits.credit === undefined) return false;
  const from = (per: Duration | undefined): Instant | undefined => per && addDuration(now, per, clock, -1);
  const isReached = (what: 'entries' | 'credit', used: (from: Instant | undefined) => number): boolean => {
    const limit = limits[what];
    if (limit === undefined) return false;
    const soFar = used(from(limit.per));
    const passed = soFar < limit.amount;
    const seen = { what, so_far: soFar, limit: limit.amount, per: limit.per && printDuration(limit.per) };
    witness?.tested({ at: now, rule: 'limit', passed, seen });
    return !passed;
  };
  if (isReached('entries', (since) => others.entries(name, since, now))) return true;
  return isReached('credit', (since) => others.granted(name, since, now));
}
