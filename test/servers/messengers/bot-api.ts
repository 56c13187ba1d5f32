import { FaultyServer, type Call, type Reply } from './faulty-server.js';

/** A message that truly left. */
export interface BotMessage {
  readonly chat: string;
  readonly text: string;
  readonly keyboard: unknown;
}

/** A Bot API of our own, as Telegram and Bale have it: `getMe` and `sendMessage`, its limits and its errors. */
export class FakeBotApi extends FaultyServer {
  readonly sent: BotMessage[] = [];
  /** As `setWebhook` was told. */
  hook: Readonly<Record<string, unknown>> = {};
  takesHooks = true;
  /** Chats whose owners have blocked the bot, and chats that there are none of. */
  readonly blocked = new Set<string>();
  readonly missing = new Set<string>();

  constructor(private readonly token: string) {
    super();
  }

  protected sends({ path }: Call): boolean {
    return path.endsWith('/sendMessage');
  }

  protected handle({ method, path, body }: Call): Reply {
    const [, bot, called] = path.split('/');
    if (bot !== `bot${this.token}`) return refused(401, 'Unauthorized');
    if (called === 'getMe') return done({ id: 1, is_bot: true, first_name: 'Shop', username: 'shop_bot' });
    if (called === 'getWebhookInfo') return done({ url: this.hook['url'] ?? '', pending_update_count: 0 });
    if (called === 'setWebhook') return this.#setHook((body ?? {}) as Record<string, unknown>);
    if (called !== 'sendMessage' || method !== 'POST') return refused(404, 'Not Found');
    return this.#send((body ?? {}) as Record<string, unknown>);
  }

  #setHook(hook: Record<string, unknown>): Reply {
    if (typeof hook['url'] !== 'string' || !URL.canParse(hook['url']))
      return refused(400, `Bad Request: bad webhook: ${String(hook['url'])} is no URL`);
    if (!this.takesHooks) return refused(400, `Bad Request: bad webhook: nobody answers at ${hook['url']}`);
    this.hook = hook;
    return done(true);
  }

  #send({ chat_id: id, text, reply_markup: keyboard }: Record<string, unknown>): Reply {
    const chat = typeof id === 'number' || typeof id === 'string' ? String(id) : '';
    if (typeof text !== 'string' || text === '') return refused(400, 'Bad Request: message text is empty');
    if (text.length > 4096) return refused(400, 'Bad Request: message is too long');
    if (chat === '' || this.missing.has(chat)) return refused(400, 'Bad Request: chat not found');
    if (this.blocked.has(chat)) return refused(403, 'Forbidden: bot was blocked by the user');
    this.sent.push({ chat, text, keyboard });
    return done({ message_id: this.sent.length, date: 1, chat: { id, type: 'private' }, text });
  }
}

export function refused(code: number, description: string, retryAfter?: number): Reply {
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
  return { http: code, body: { ok: false, error_code: code, description, ...parameters } };
}

function done(result: unknown): Reply {
  return { http: 200, body: { ok: true, result } };
}
