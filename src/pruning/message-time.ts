import type { Instant } from '../domain/time/instant.js';

const EPOCH = Date.parse('2026-01-01T00:00:00Z');
/** Ids of one millisecond. */
const COUNTER = 4_096;

/** The lowest id that a message of that instant has; ids are in the order of time. */
export function idAt(at: Instant): number {
  return Math.max(0, (at - EPOCH) * COUNTER);
}

/** How far apart the ids of messages are that are made so many milliseconds apart. */
export function numbersIn(milliseconds: number): number {
  return milliseconds * COUNTER;
}
