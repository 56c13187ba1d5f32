import { createHash, timingSafeEqual } from 'node:crypto';
import { hearUpdate, pressIn } from '../bot-api/updates.js';
import type { HookRequest, Inbound } from '../inbound.js';

/**
 * What Telegram brings to the address that `setWebhook` was given. `secretToken`: the one given there too, which Telegram then sends
 * along; whatever comes without it is not Telegram's.
 */
export function telegramInbound(secretToken?: string): Inbound {
  return {
    channel: 'telegram',
    provider: 'telegram',
    hear: (request) =>
      secretToken === undefined || comesWith(request, secretToken) ? hearUpdate(request.body) : undefined,
    answer: ({ body }) => thanksForPress(body),
  };
}

/** Until it is told so, Telegram shows a pressed button as being under way. The answer to its call may itself be a call. */
function thanksForPress(body: unknown): object | undefined {
  const press = pressIn(body);
  return press === undefined ? undefined : { method: 'answerCallbackQuery', callback_query_id: press };
}

function comesWith({ headers }: HookRequest, secretToken: string): boolean {
  const [, came] = Object.entries(headers).find(([name]) => name.toLowerCase() === header) ?? [];
  return came !== undefined && timingSafeEqual(digest(came), digest(secretToken));
}

const header = 'x-telegram-bot-api-secret-token';

/** Of one length, whatever came. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
