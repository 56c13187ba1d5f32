import { FaultyServer, type Call, type Reply } from './faulty-server.js';

/** A message that truly left. */
export interface SafirMessage {
  readonly phone: string;
  readonly text: string;
  readonly requestId: string | undefined;
}

/** A Safir of our own: Bale by phone number, idempotent by `request_id`, with its errors in answers of 200. */
export class FakeSafir extends FaultyServer {
  readonly sent: SafirMessage[] = [];
  /** How many messages may still leave; undefined: any number. */
  credit: number | undefined;
  /** Numbers without an account at Bale. */
  readonly strangers = new Set<string>();
  readonly #ids = new Map<string, string>();

  constructor(
    private readonly apiKey: string,
    private readonly botId: number,
  ) {
    super();
  }

  protected sends({ path }: Call): boolean {
    return path === '/api/v3/send_message';
  }

  protected handle({ path, headers, body }: Call): Reply {
    if (path !== '/api/v3/send_message') return { http: 404, body: 'not found' };
    if (headers['api-access-key'] !== this.apiKey) return { http: 200, body: 'invalid_access_key' };
    return this.#send(body ?? {});
  }

  #send({ request_id: requestId, bot_id: bot, phone_number: phone, message_data: data }: SafirBody): Reply {
    const text = data?.message?.text;
    if (bot !== this.botId || typeof text !== 'string' || text === '') return failed(4, 'invalid input');
    if (phone === undefined || !/^989\d{9}$/.test(phone)) return failed(8, 'invalid phone number');
    const known = requestId === undefined ? undefined : this.#ids.get(requestId);
    if (known !== undefined) return done(known);
    return this.strangers.has(phone) ? failed(17, 'not a Bale user') : this.#accept({ phone, text, requestId });
  }

  #accept(message: SafirMessage): Reply {
    const { requestId } = message;
    if (this.credit === 0) return failed(20, 'payment required');
    if (this.credit !== undefined) this.credit -= 1;
    this.sent.push(message);
    const id = `523e6875-7c41-491b-8460-${String(this.sent.length).padStart(12, '0')}`;
    if (requestId !== undefined) this.#ids.set(requestId, id);
    return done(id);
  }
}

interface SafirBody {
  readonly request_id?: string;
  readonly bot_id?: number;
  readonly phone_number?: string;
  readonly message_data?: { readonly message?: { readonly text?: unknown } };
}

export function failed(code: number, description: string): Reply {
  return { http: 200, body: { error_data: [{ phone_number: '989121234567', code, description }] } };
}

function done(id: string): Reply {
  return { http: 200, body: { message_id: id, error_data: null } };
}
