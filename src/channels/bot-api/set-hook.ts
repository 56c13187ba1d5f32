import { isJsonObject } from '../../domain/json.js';
import type { Hook, HookSet } from '../channel.js';
import { redactor } from '../redaction.js';
import type { Bot, BotAnswer } from './bot.js';
import { sendResult, type ProviderNames } from './send-result.js';

/** What it is to bring: people's words and their presses. */
const updates = ['message', 'callback_query'] as const;

interface Messenger extends ProviderNames {
  readonly hooksWithToken: boolean;
}

/** It is set also where it stands already, as nobody can ask for the token that it has. */
export async function setHook(bot: Bot, messenger: Messenger, hook: Hook): Promise<HookSet> {
  const before = await bot.ask((api) => api.getWebhookInfo());
  const other = messenger.hooksWithToken ? { secret_token: hook.token, allowed_updates: updates } : {};
  const answer = await bot.ask((api) => api.setWebhook(hook.url, other));
  if (answer.kind === 'done') return { kind: callsThere(before, hook) ? 'was_set' : 'set' };
  const result = sendResult(answer, messenger);
  const reason = 'reason' in result ? result.reason : `${messenger.name} did not answer`;
  return { kind: 'fails', reason: redactor(secretsIn(hook))(reason) };
}

function callsThere(before: BotAnswer, { url }: Hook): boolean {
  return before.kind === 'done' && isJsonObject(before.result) && before.result['url'] === url;
}

/** What no error may repeat. */
function secretsIn({ url, token }: Hook): readonly string[] {
  return [token, url.split('/').at(-1) ?? url];
}
