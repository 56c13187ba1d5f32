import { isJsonObject, type JsonObject } from '../../domain/json.js';
import type { SendResult } from '../channel.js';
import { jsonOf, type HttpAnswer } from '../http/answer.js';

/**
 * What an answer to `send_message` means. A repeat with the same `request_id` is not sent twice, and Safir cannot be asked for a
 * message: whatever may have been taken is simply sent there again.
 */
export function sendResult(answer: HttpAnswer): SendResult {
  switch (answer.kind) {
    case 'not_written':
      return { kind: 'retry', reason: answer.detail };
    case 'no_answer':
      return { kind: 'retry', reason: answer.detail, perhapsTaken: true };
    case 'answered':
      return fromBody(answer, jsonOf(answer.body));
  }
}

type Answered = Extract<HttpAnswer, { kind: 'answered' }>;

/** The body first, whatever the HTTP status: errors come with 200 too. A wrong key is told in a text of its own. */
function fromBody(answer: Answered, body: unknown): SendResult {
  if (body === 'invalid_access_key') return { kind: 'channel_down', reason: 'Safir: invalid_access_key' };
  if (!isJsonObject(body)) return fromStatus(answer);
  const error = firstError(body);
  if (error !== undefined) return fromError(error, answer.afterMs);
  const id = body['message_id'];
  if (typeof id === 'string' && id !== '') return { kind: 'accepted', providerId: id, cost: undefined };
  return fromStatus(answer);
}

interface SafirError {
  readonly code: number;
  readonly description: string;
}

function firstError({ error_data: errors, error }: JsonObject): SafirError | undefined {
  const [first] = Array.isArray(errors) ? errors : [errors ?? error];
  const { code, description } = isJsonObject(first) ? first : {};
  if (typeof code !== 'number') return undefined;
  return { code, description: typeof description === 'string' ? description : '' };
}

/**
 * 2 within Safir, 3 too many calls; 4 bad input, 8 no phone number, 17 no account at Bale, 21 the bot has as many contacts as it may
 * have: the next channel; 20 no credit.
 */
function fromError({ code, description }: SafirError, afterMs: number | undefined): SendResult {
  const reason = `Safir ${String(code)}: ${description}`;
  switch (code) {
    case 2:
      return { kind: 'retry', reason, perhapsTaken: true };
    case 3:
      return afterMs === undefined ? { kind: 'retry', reason } : { kind: 'retry', reason, afterMs };
    case 20:
      return { kind: 'channel_down', reason };
    default:
      return { kind: 'rejected', reason };
  }
}

function fromStatus({ status, afterMs }: Answered): SendResult {
  const reason = `HTTP ${String(status)} without Safir's JSON`;
  if (status === 429) return afterMs === undefined ? { kind: 'retry', reason } : { kind: 'retry', reason, afterMs };
  if (status === 401 || status === 403)
    return { kind: 'channel_down', reason: `${reason}: is PEYK_BALE_SAFIR_KEY right?` };
  if (status < 300 || status >= 500 || status === 408) return { kind: 'retry', reason, perhapsTaken: true };
  return { kind: 'channel_down', reason: `${reason}: is PEYK_BALE_SAFIR_BASE_URL right?` };
}
