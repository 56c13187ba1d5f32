import type { Instant } from '../domain/time/instant.js';

const FIRST_MS = 5_000;
const LONGEST_MS = 900_000;
/** How often an error that seldom passes is tried. */
export const FEW_TIMES = 4;

/**
 * When to try again after so many attempts: 5 s, 10 s, 20 s … 15 minutes, of which the second half is spread by `spread`
 * (0 up to 1), so that what failed together does not come back together.
 */
export function nextAttempt(attempts: number, now: Instant, spread: number): Instant {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 30));
  return now + Math.round(full / 2 + (full / 2) * spread);
}

/** A fraction from 0 up to 1 that looks random and is the same for the same message and attempt. */
export function spreadOf(id: number, attempts: number): number {
  const mixed = Math.imul((id % 0x1_0000_0000) ^ Math.imul(attempts, 0x9e37_79b9), 0x85eb_ca6b);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 0x1_0000_0000;
}

/** When to ask again about a message in doubt: after half the time since its attempt, one minute to half an hour. */
export function nextQuestion(attemptedAt: Instant, now: Instant, askAfterMs: number): Instant {
  return now + Math.min(Math.max((now - attemptedAt) / 2, askAfterMs), Math.max(askAfterMs, 1_800_000));
}
