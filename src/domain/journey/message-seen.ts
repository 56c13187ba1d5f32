import type { Customer } from '../customer.js';
import { countedIn } from '../policy/caps-room.js';
import { consentFor } from '../policy/consent.js';
import type { Cap, Policy, Purpose } from '../policy/policy.js';
import { printDuration } from '../time/duration.js';
import type { Hours } from '../time/hours.js';
import { printInstant, type Clock, type Instant } from '../time/instant.js';
import type { Tested } from './witness.js';

type Seen = Tested['seen'];

/** `of`: the purpose whose consent counts. */
export function consentSeen(
  { consent }: Customer,
  purpose: string,
  { purposes }: Policy,
  problem: string | undefined,
): Seen {
  const needed = consentFor(purpose, purposes);
  return { purpose, required: needed.required, of: needed.purpose, given: consent[purpose], problem };
}

export function blackoutSeen({ blackout }: Pick<Purpose, 'blackout'>, until: Instant | undefined): Seen {
  return { days: [...blackout], until: until === undefined ? undefined : printInstant(until) };
}

export function quietSeen(windows: readonly Hours[], until: Instant | undefined): Seen {
  return { hours: windows.map(printHours), until: until === undefined ? undefined : printInstant(until) };
}

/** Each cap with what it counts now. */
export function capsSeen(
  caps: readonly Cap[],
  counted: readonly Instant[],
  now: Instant,
  room: Instant,
  clock: Clock,
): Seen {
  const told = caps.map((cap) => ({
    cap: `${String(cap.messages)} per ${printDuration(cap.per)}`,
    sent: countedIn(cap, counted, now, clock).map(printInstant),
  }));
  return { caps: told, until: room > now ? printInstant(room) : undefined };
}

function printHours({ from, to }: Hours): string {
  return `${printMinute(from)}-${printMinute(to)}`;
}

function printMinute(minute: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
