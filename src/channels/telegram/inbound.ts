import { createHash, timingSafeEqual } from 'node:crypto';
import { hearUpdate, pressIn } from '../bot-api/updates.js';
import type { HookRequest, Inbound } from '../inbound.js';

/**
 * What Telegram brings to the address that `setWebhook` was given. `secretToken`: the one given there too, which Telegram then sends
 * along. Where it must, whatever comes without it is not Telegram's; where it may, that was set up by hand, and its address tells
 * enough, but what comes with another token is refused.
 */
export function telegramInbound(secretToken?: string, brings: 'must' | 'may' = 'must'): Inbound {
  const inbound = {
    channel: 'telegram',
    provider: 'telegram',
    answer: ({ body }: HookRequest) => thanksForPress(body),
  } as const;
  if (secretToken === undefined) return { ...inbound, hear: ({ body }) => hearUpdate(body) };
  const isOurs = (request: HookRequest): boolean => comesWith(request, secretToken);
  if (brings === 'must')
    return { ...inbound, hear: (request) => (isOurs(request) ? hearUpdate(request.body) : undefined) };
  const isOther = (request: HookRequest): boolean => tokenOf(request) !== undefined && !isOurs(request);
  return {
    ...inbound,
    hear: ({ body }) => hearUpdate(body),
    refuses: (request) => (isOther(request) ? otherToken : undefined),
  };
}

const otherToken = 'is not the token that `peyk channels --set-hooks` gives to Telegram; run it once more';

/** Until it is told so, Telegram shows a pressed button as being under way. The answer to its call may itself be a call. */
function thanksForPress(body: unknown): object | undefined {
  const press = pressIn(body);
  return press === undefined ? undefined : { method: 'answerCallbackQuery', callback_query_id: press };
}

function comesWith({ headers }: HookRequest, secretToken: string): boolean {
  const came = tokenOf({ headers });
  return came !== undefined && timingSafeEqual(digest(came), digest(secretToken));
}

function tokenOf({ headers }: Pick<HookRequest, 'headers'>): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === header)?.[1];
}

const header = 'x-telegram-bot-api-secret-token';

/** Of one length, whatever came. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
