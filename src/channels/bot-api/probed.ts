import { isJsonObject } from '../../domain/json.js';
import type { BegunChat, Probe } from '../channel.js';
import type { BotAnswer } from './bot.js';
import { sendResult, type ProviderNames } from './send-result.js';

/** What an answer to `getMe` says of the token. */
export function probed(answer: BotAnswer, names: ProviderNames): Probe {
  const username = usernameIn(answer);
  if (answer.kind === 'done') {
    return { kind: 'works', detail: username === undefined ? 'the bot answers' : `the bot @${username}` };
  }
  return { kind: 'fails', reason: whyNot(answer, names) };
}

/** The link at which the bot is begun with a code, by what `getMe` says of its name. */
export function begunChat(
  answer: BotAnswer,
  names: ProviderNames & { readonly links: string },
  code: string,
): BegunChat {
  const username = usernameIn(answer);
  if (username !== undefined) return { kind: 'link', link: `${names.links}/${username}?start=${code}` };
  return { kind: 'fails', reason: answer.kind === 'done' ? 'the bot has no name' : whyNot(answer, names) };
}

function usernameIn(answer: BotAnswer): string | undefined {
  const username = answer.kind === 'done' && isJsonObject(answer.result) ? answer.result['username'] : undefined;
  return typeof username === 'string' && /^\w+$/.test(username) ? username : undefined;
}

function whyNot(answer: BotAnswer, names: ProviderNames): string {
  const result = sendResult(answer, names);
  return 'reason' in result ? result.reason : `${names.name} did not answer`;
}
