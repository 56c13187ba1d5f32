import type { Channel, Outgoing, SendResult } from '../channel.js';
import { ChannelSettingsError } from '../channel-settings.error.js';
import { endpointOf } from '../http/endpoint.js';
import { jsonHeaders, Posts } from '../http/posts.js';
import { redactor, type Redact } from '../redaction.js';
import { wellFormed } from '../well-formed.js';
import { sendResult } from './send-result.js';

export interface SafirSettings {
  readonly apiKey: string | undefined;
  /** The number of the bot that messages come from. */
  readonly botId: number | undefined;
  /** Default https://safir.bale.ai; plain http to this machine only. */
  readonly baseUrl?: string | undefined;
  /** For a whole call, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Calls, and connections, at once. Default 10. */
  readonly concurrency?: number | undefined;
}

const standard = 'https://safir.bale.ai';
const names = { setting: 'PEYK_BALE_SAFIR_BASE_URL', key: 'PEYK_BALE_SAFIR_KEY', example: standard };

/** Bale by phone number, through Safir: texts only, its buttons bring nothing back. The message's id is its `request_id`. */
export class SafirChannel implements Channel {
  readonly channel = 'bale';
  readonly provider = 'safir';
  readonly concurrency: number;
  readonly lookup = undefined;
  readonly #botId: number;
  readonly #path: string;
  readonly #posts: Posts;
  readonly #redact: Redact;

  /** Throws ChannelSettingsError. */
  constructor(settings: SafirSettings) {
    const { apiKey, botId, baseUrl = standard, timeoutMs = 10_000, concurrency = 10 } = settings;
    if (apiKey === undefined || apiKey === '') throw new ChannelSettingsError('PEYK_BALE_SAFIR_KEY', 'is not set');
    if (botId === undefined) throw new ChannelSettingsError('PEYK_BALE_SAFIR_BOT_ID', 'is not set');
    const { origin, prefix } = endpointOf(baseUrl, names);
    this.concurrency = concurrency;
    this.#botId = botId;
    this.#path = `${prefix}/api/v3/send_message`;
    this.#redact = redactor([apiKey]);
    this.#posts = new Posts({
      origin,
      timeoutMs,
      connections: concurrency,
      headers: { ...jsonHeaders, 'api-access-key': apiKey },
    });
  }

  async send({ id, to, content }: Outgoing, signal?: AbortSignal): Promise<SendResult> {
    if (content.channel !== 'bale') return { kind: 'rejected', reason: 'Safir sends messages of Bale only' };
    const phone = phoneOf(to);
    if (phone === undefined) {
      return { kind: 'rejected', reason: 'the address is no Iranian mobile number, +989…', elsewhere: true };
    }
    const body = {
      request_id: String(id),
      bot_id: this.#botId,
      phone_number: phone,
      message_data: { message: { text: wellFormed(content.text) } },
    };
    const result = sendResult(await this.#posts.post(this.#path, JSON.stringify(body), signal));
    return 'reason' in result ? { ...result, reason: this.#redact(result.reason, [to, phone, to.slice(-10)]) } : result;
  }

  readonly takes = (address: string): boolean => phoneOf(address) !== undefined;

  close(): Promise<void> {
    return this.#posts.close();
  }
}

/** As Safir takes it, 989…; undefined for what is no Iranian mobile number. */
function phoneOf(address: string): string | undefined {
  return /^\+(989\d{9})$/.exec(address)?.[1];
}
