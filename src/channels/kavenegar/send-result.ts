import type { JsonObject } from '../../domain/json.js';
import type { SendResult } from '../channel.js';
import { integer, type Answer } from './answer.js';
import { lastDigits } from './receptor.js';
import { classOf, unknownMessage, whyUndeliverable } from './statuses.js';

/** What an answer to `sms/send` of one receptor means for the message. */
export function sendResult(answer: Answer): SendResult {
  switch (answer.kind) {
    case 'answered':
      return fromEnvelope(answer);
    case 'unreadable':
      return fromHttpStatus(answer.httpStatus, answer.afterMs);
    case 'not_written':
      return { kind: 'retry', reason: answer.detail };
    case 'no_answer':
      return { kind: 'unknown', reason: answer.detail };
  }
}

/**
 * What an answer to `sms/send` of several receptors means for each message (`receptors`: by our ids). Undefined: it was refused
 * as a whole, and the cause may be one of them.
 */
export function sendManyResults(
  answer: Answer,
  receptors: ReadonlyMap<number, string>,
): ReadonlyMap<number, SendResult> | undefined {
  if (answer.kind === 'answered') {
    const status = classOf(answer.status);
    if (status === 'rejected' || status === 'retry_few_times') return undefined;
    if (status === 'taken') return fromEntries(answer.entries, receptors);
  }
  const result = sendResult(answer);
  return new Map([...receptors.keys()].map((id) => [id, result]));
}

/** Each entry names its receptor; a message whose entry cannot be found is asked about later. */
function fromEntries(
  entries: readonly JsonObject[],
  receptors: ReadonlyMap<number, string>,
): ReadonlyMap<number, SendResult> {
  const found = new Map(entries.map((entry) => [lastDigits(entry['receptor']), entry]));
  return new Map([...receptors].map(([id, receptor]) => [id, fromEntry(found.get(lastDigits(receptor)))]));
}

function fromEnvelope(answer: Extract<Answer, { kind: 'answered' }>): SendResult {
  const reason = `Kavenegar ${String(answer.status)}: ${answer.message}`;
  const status = classOf(answer.status);
  switch (status) {
    case 'taken':
      return fromEntry(answer.entries[0]);
    case 'retry':
      return retry(reason, answer.afterMs, answer.status >= 500);
    case 'retry_few_times':
      return { ...retry(reason, answer.afterMs, true), fewTimes: true };
    case 'channel_down':
    case 'rejected':
      return { kind: status, reason };
  }
}

function fromEntry(entry: JsonObject | undefined): SendResult {
  const status = integer(entry?.['status']);
  if (entry === undefined || status === undefined || status === unknownMessage) {
    return { kind: 'unknown', reason: 'Kavenegar took the call but did not say what became of the message' };
  }
  const undeliverable = whyUndeliverable(status);
  if (undeliverable !== undefined) {
    return { kind: 'rejected', reason: `Kavenegar message status ${String(status)}: ${undeliverable}` };
  }
  const id = integer(entry['messageid']);
  return { kind: 'accepted', providerId: id === undefined ? undefined : String(id), cost: integer(entry['cost']) };
}

/**
 * No envelope. A 2xx may have been taken: ask. A 5xx may have been taken too, but a repeat with the same `localid` is not
 * sent twice, so trying again is as safe as asking and needs one call less. Other codes come from something that stands
 * before Kavenegar (a wrong base URL, a firewall): nothing was taken, and no other message would pass.
 */
function fromHttpStatus(httpStatus: number, afterMs: number | undefined): SendResult {
  const reason = `HTTP ${String(httpStatus)} without Kavenegar's JSON`;
  if (httpStatus < 300) return { kind: 'unknown', reason };
  if (httpStatus >= 500) return retry(reason, afterMs, true);
  if ([408, 409, 425, 429, 451].includes(httpStatus)) return retry(reason, afterMs, false);
  return { kind: 'channel_down', reason: `${reason}: is PEYK_KAVENEGAR_BASE_URL right?` };
}

function retry(
  reason: string,
  afterMs: number | undefined,
  perhapsTaken: boolean,
): SendResult & { readonly kind: 'retry' } {
  const waits = afterMs === undefined ? {} : { afterMs };
  return perhapsTaken ? { kind: 'retry', reason, ...waits, perhapsTaken } : { kind: 'retry', reason, ...waits };
}
