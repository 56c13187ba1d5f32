import { isJsonObject, type Json } from '../../domain/json.js';
import type { SendResult } from '../channel.js';
import type { HttpAnswer } from '../http/answer.js';
import type { BotAnswer } from './bot.js';

/** How errors speak of the provider. */
export interface ProviderNames {
  /** `Telegram`. */
  readonly name: string;
  /** The variable that says where it is. */
  readonly root: string;
}

/** What an answer to `sendMessage` means for the message. A bot has no idempotency key: what may have been taken is unknown. */
export function sendResult(answer: BotAnswer, names: ProviderNames): SendResult {
  switch (answer.kind) {
    case 'done':
      return taken(answer.result, names);
    case 'refused':
      return refused(answer, names);
    case 'failed':
      return failed(answer.answer, names);
  }
}

/** Ids of messages count within a chat. */
function taken(result: unknown, { name }: ProviderNames): SendResult {
  const message = isJsonObject(result) ? result : {};
  const chat = isJsonObject(message['chat']) ? printed(message['chat']['id']) : undefined;
  const id = printed(message['message_id']);
  if (id === undefined) return { kind: 'unknown', reason: `${name} took the call but did not tell of a message` };
  return { kind: 'accepted', providerId: chat === undefined ? id : `${chat}:${id}`, cost: undefined };
}

function printed(id: Json | undefined): string | undefined {
  return typeof id === 'number' || typeof id === 'string' ? String(id) : undefined;
}

/**
 * 400 and 403 are about this chat or this text (not found, blocked, too long), 401 and 404 about the token. After 5xx it may have
 * been taken.
 */
function refused(
  { code, description, afterMs }: Extract<BotAnswer, { kind: 'refused' }>,
  { name }: ProviderNames,
): SendResult {
  const reason = `${name} ${String(code)}: ${description}`;
  if (code === 429 || code === 420)
    return afterMs === undefined ? { kind: 'retry', reason } : { kind: 'retry', reason, afterMs };
  if (code === 401 || code === 404) return { kind: 'channel_down', reason };
  if (code === 409) return { kind: 'retry', reason, fewTimes: true };
  return code >= 500 ? { kind: 'unknown', reason } : { kind: 'rejected', reason };
}

/** Not the usual form: it comes from something that stands before the provider, or is cut off. */
function failed(answer: HttpAnswer, { name, root }: ProviderNames): SendResult {
  switch (answer.kind) {
    case 'not_written':
      return { kind: 'retry', reason: answer.detail };
    case 'no_answer':
      return { kind: 'unknown', reason: answer.detail };
    case 'answered': {
      const { status, afterMs } = answer;
      const reason = `HTTP ${String(status)} without ${name}'s JSON`;
      if (status === 429) return afterMs === undefined ? { kind: 'retry', reason } : { kind: 'retry', reason, afterMs };
      if (status < 300 || status >= 500 || status === 408) return { kind: 'unknown', reason };
      return { kind: 'channel_down', reason: `${reason}: is ${root} right?` };
    }
  }
}
