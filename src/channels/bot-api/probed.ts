import { isJsonObject } from '../../domain/json.js';
import type { Probe } from '../channel.js';
import type { BotAnswer } from './bot.js';
import { sendResult, type ProviderNames } from './send-result.js';

/** What an answer to `getMe` says of the token. */
export function probed(answer: BotAnswer, names: ProviderNames): Probe {
  if (answer.kind === 'done') {
    const username = isJsonObject(answer.result) ? answer.result['username'] : undefined;
    return { kind: 'works', detail: typeof username === 'string' ? `the bot @${username}` : 'the bot answers' };
  }
  const result = sendResult(answer, names);
  return { kind: 'fails', reason: 'reason' in result ? result.reason : `${names.name} did not answer` };
}
