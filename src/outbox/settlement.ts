import type { LookupResult, SendResult } from '../channels/channel.js';
import type { Instant } from '../domain/time/instant.js';
import { FEW_TIMES, nextAttempt, nextQuestion, spreadOf } from './backoff.js';
import { hasFallback, type Claimed } from './claimed.js';
import type { SenderSettings } from './settings.js';

/** What becomes of a message. */
export type Settlement =
  | { readonly kind: 'sent'; readonly providerId: string | undefined; readonly cost: number | undefined }
  /** Back in the queue as if it had never been claimed. */
  | { readonly kind: 'untouched' }
  /** Back in the queue; the attempt counts. Bound: nobody but the provider that perhaps has it may send it. */
  | { readonly kind: 'again'; readonly bound?: true }
  | { readonly kind: 'fallback'; readonly reason: string }
  | { readonly kind: 'retrying'; readonly at: Instant; readonly reason: string }
  | { readonly kind: 'in_doubt'; readonly askAt: Instant; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

type Limits = Pick<SenderSettings, 'inDoubt' | 'retryForMs'>;
type Ageing = Pick<Claimed, 'cameAt' | 'notAfter'>;
type Retry = Extract<SendResult, { kind: 'retry' }>;

/** An attempt: its times, and whether its provider can be asked what became of it. */
interface Attempt {
  readonly startedAt: Instant;
  readonly now: Instant;
  readonly canBeAsked: boolean;
}

/** By the provider's answer to a call that began at `startedAt`. */
export function settlementOf(message: Claimed, result: SendResult, attempt: Attempt, limits: Limits): Settlement {
  switch (result.kind) {
    case 'accepted':
      return { kind: 'sent', providerId: result.providerId, cost: result.cost };
    case 'retry':
      return retried(message, result, attempt, limits);
    case 'rejected':
      return rejected(message, result.reason);
    case 'channel_down':
      return { kind: 'untouched' };
    case 'unknown':
      return doubted(attempt.startedAt, result.reason, limits);
  }
}

/** Never to be sent like this: the next channel, if there is one. */
export function rejected(message: Pick<Claimed, 'fallbacks'>, reason: string): Settlement {
  return hasFallback(message) ? { kind: 'fallback', reason } : { kind: 'failed', reason };
}

function retried(message: Claimed, result: Retry, { startedAt, now, canBeAsked }: Attempt, limits: Limits): Settlement {
  const { reason, afterMs, fewTimes, perhapsTaken } = result;
  // Before its turn comes again it may be taken back, as too late or for the night: as one that has not left.
  if (perhapsTaken === true && canBeAsked && message.leaveBy !== undefined) return doubted(startedAt, reason, limits);
  const backoff = nextAttempt(message.attempts, now, spreadOf(message.id, message.attempts));
  const at = Math.max(backoff, now + (afterMs ?? 0));
  const isTriedEnough = fewTimes === true && message.attempts >= FEW_TIMES;
  if (!isTriedEnough && at <= retriesEnd(message, limits)) return { kind: 'retrying', at, reason };
  // What has perhaps arrived goes to no other channel before somebody was asked.
  return perhapsTaken === true ? doubted(startedAt, reason, limits) : rejected(message, reason);
}

function doubted(startedAt: Instant, reason: string, { inDoubt }: Limits): Settlement {
  return { kind: 'in_doubt', askAt: startedAt + inDoubt.askAfterMs, reason };
}

/** Each channel has its own time: a message may be long on its way before it comes to this one. */
function retriesEnd({ cameAt, notAfter }: Ageing, { retryForMs }: Limits): Instant {
  return notAfter ?? cameAt + retryForMs;
}

/** A message whose fate a crash or a broken connection left unknown. */
export interface Doubt extends Ageing {
  readonly attemptedAt: Instant;
}

/** Who may send again what is in doubt: whoever sends on its channel, or only the provider that perhaps has it. */
export type AgainBy = 'anybody' | 'itself';

/** By the provider's word, while it may be asked. */
export function answered(doubt: Doubt, answer: LookupResult, now: Instant, limits: Limits): Settlement {
  switch (answer.kind) {
    case 'arrived':
      return { kind: 'sent', providerId: answer.providerId, cost: undefined };
    case 'never_arrived':
      return { kind: 'again' };
    case 'cannot_tell': {
      const askAt = nextQuestion(doubt.attemptedAt, now, limits.inDoubt.askAfterMs);
      return { kind: 'in_doubt', askAt, reason: answer.reason };
    }
  }
}

/**
 * By the purpose's rule, where nobody can be asked (any more). Sending again ends where retries end; and it is left to the provider
 * that perhaps has it, where others send on its channel too.
 */
export function unanswered(doubt: Doubt, rule: AgainBy | 'never', now: Instant, limits: Limits): Settlement {
  if (rule === 'never' || now > retriesEnd(doubt, limits)) return { kind: 'failed', reason: 'in_doubt' };
  return rule === 'anybody' ? { kind: 'again' } : { kind: 'again', bound: true };
}
