import { isJsonObject, type Json } from '../../domain/json.js';
import type { SendResult } from '../channel.js';
import type { CallResult } from '../guarded-http/call-result.js';

/** What the answer of the business's own system says of a message. */
export function sendResult(result: CallResult, key: string): SendResult {
  switch (result.kind) {
    case 'answered':
      return answered(result, key);
    case 'no_answer':
      return { kind: 'unknown', reason: result.reason };
    case 'not_written':
      return { kind: 'retry', reason: result.reason };
    case 'refused':
      return { kind: 'channel_down', reason: result.reason };
  }
}

/**
 * 2xx: taken. 410 and 422: this customer cannot be reached there. 408, 425, 429, 5xx: again later, under the same key. All
 * else (a key refused, a redirect, 404: no web hook there) somebody has to mend; meanwhile the messages are held.
 */
function answered({ status, body, afterMs }: Extract<CallResult, { kind: 'answered' }>, key: string): SendResult {
  const reason = `the web hook answered ${String(status)}`;
  if (status >= 200 && status < 300) return { kind: 'accepted', providerId: idIn(body) ?? key, cost: undefined };
  if (status === 410 || status === 422) return { kind: 'rejected', reason };
  if (isPassing(status)) return { kind: 'retry', reason, ...(afterMs !== undefined && { afterMs }) };
  return { kind: 'channel_down', reason };
}

/** Whether an answer may be another one in a while. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

function idIn(body: Json): string | undefined {
  const id = isJsonObject(body) ? body['id'] : undefined;
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id).slice(0, 256) : undefined;
}
