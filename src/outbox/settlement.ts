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
  /** Back in the queue; the attempt counts. */
  | { readonly kind: 'again' }
  | { readonly kind: 'fallback'; readonly reason: string }
  | { readonly kind: 'retrying'; readonly at: Instant; readonly reason: string }
  | { readonly kind: 'in_doubt'; readonly askAt: Instant; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

type Limits = Pick<SenderSettings, 'inDoubt' | 'retryForMs'>;
type Ageing = Pick<Claimed, 'createdAt' | 'notAfter'>;
type Retry = Extract<SendResult, { kind: 'retry' }>;

/** By the provider's answer to a call that began at `startedAt`. */
export function settlementOf(
  message: Claimed,
  result: SendResult,
  { startedAt, now }: { readonly startedAt: Instant; readonly now: Instant },
  limits: Limits,
): Settlement {
  switch (result.kind) {
    case 'accepted':
      return { kind: 'sent', providerId: result.providerId, cost: result.cost };
    case 'retry':
      return retried(message, result, now, limits);
    case 'rejected':
      return rejected(message, result.reason);
    case 'channel_down':
      return { kind: 'untouched' };
    case 'unknown':
      return { kind: 'in_doubt', askAt: startedAt + limits.inDoubt.askAfterMs, reason: result.reason };
  }
}

/** Never to be sent like this: the next channel, if there is one. */
export function rejected(message: Pick<Claimed, 'fallbacks'>, reason: string): Settlement {
  return hasFallback(message) ? { kind: 'fallback', reason } : { kind: 'failed', reason };
}

function retried(message: Claimed, { reason, afterMs, fewTimes }: Retry, now: Instant, limits: Limits): Settlement {
  if (fewTimes === true && message.attempts >= FEW_TIMES) return { kind: 'failed', reason };
  const backoff = nextAttempt(message.attempts, now, spreadOf(message.id, message.attempts));
  const at = Math.max(backoff, now + (afterMs ?? 0));
  return at > retriesEnd(message, limits) ? { kind: 'failed', reason } : { kind: 'retrying', at, reason };
}

function retriesEnd({ createdAt, notAfter }: Ageing, { retryForMs }: Limits): Instant {
  return notAfter ?? createdAt + retryForMs;
}

/** A message whose fate a crash or a broken connection left unknown. */
export interface Doubt extends Ageing {
  readonly attemptedAt: Instant;
}

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

/** By the purpose's rule, where nobody can be asked (any more). Sending again ends where retries end. */
export function unanswered(doubt: Doubt, rule: 'again' | 'never', now: Instant, limits: Limits): Settlement {
  const again = rule === 'again' && now <= retriesEnd(doubt, limits);
  return again ? { kind: 'again' } : { kind: 'failed', reason: 'in_doubt' };
}
