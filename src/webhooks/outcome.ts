import { isPassing } from '../channels/webhook/send-result.js';
import type { CallResult } from '../channels/guarded-http/call-result.js';
import { redactor } from '../channels/redaction.js';
import type { Json } from '../domain/json.js';

/** A call is made so often; then the journey takes its `else`. */
export const MOST_ATTEMPTS = 5;
/** After the first attempt, the second, … : all five are over within a quarter of an hour. */
const waits = [5_000, 30_000, 120_000, 480_000];
const LONGEST_WAIT_MS = 480_000;

/** What becomes of a call after one attempt. `status` is that of HTTP, 0 where nobody answered. */
export interface Outcome {
  readonly state: 'done' | 'failed' | 'retrying';
  readonly status: number;
  readonly reason: string | undefined;
  /** Until the next attempt. */
  readonly waitMs: number;
  /** The answer. */
  readonly body: Json;
}

/** On one line, short, and fit to be kept: what stands in a certificate is the receiver's to say. */
const plain = (reason: string): string => redactor([])(reason).replace(/\p{Surrogate}/gu, '');

/** `attempts`: this one included. `spread` (0 up to 1) keeps apart what failed together. */
export function outcomeOf(result: CallResult, attempts: number, spread: number): Outcome {
  if (result.kind !== 'answered') {
    const none = { status: 0, reason: plain(result.reason), body: null };
    return result.kind === 'refused' ? { ...over('failed'), ...none } : { ...again(attempts, spread), ...none };
  }
  const { status, body, afterMs } = result;
  const told = { status, reason: undefined, body };
  if (status >= 200 && status < 300) return { ...over('done'), ...told };
  if (!isPassing(status)) return { ...over('failed'), ...told };
  return { ...again(attempts, spread, afterMs), ...told };
}

type Fate = Pick<Outcome, 'state' | 'waitMs'>;

function over(state: 'done' | 'failed'): Fate {
  return { state, waitMs: 0 };
}

/** The receiver may ask for more time, but not for more than there is. */
function again(attempts: number, spread: number, afterMs = 0): Fate {
  const wait = waits[attempts - 1];
  if (attempts >= MOST_ATTEMPTS || wait === undefined) return over('failed');
  return { state: 'retrying', waitMs: Math.min(Math.max(wait * (0.75 + spread / 4), afterMs), LONGEST_WAIT_MS) };
}
