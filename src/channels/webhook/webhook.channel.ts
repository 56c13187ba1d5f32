import type { Channel, Outgoing, SendResult } from '../channel.js';
import { ChannelSettingsError } from '../channel-settings.error.js';
import { GuardedHttp } from '../guarded-http/guarded-http.js';
import { targetOf } from '../guarded-http/target.js';
import { redactor, type Redact } from '../redaction.js';
import { sendResult } from './send-result.js';

export interface WebhookSettings {
  /** `sender` of the policy: where messages are posted. */
  readonly url: string | undefined;
  readonly secret?: string | undefined;
  /** Hosts that may be called though they are not on the internet. */
  readonly allow?: readonly string[] | undefined;
  /** For a whole call, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Calls at once. Default 16. */
  readonly concurrency?: number | undefined;
}

const setting = 'channels.webhook.sender in policy.yaml';

/**
 * The business's own system as a channel: each message is posted as JSON `{id, customer, text}`. `Idempotency-Key` is the
 * message's id: after a failure the same message may come again under it, and is one.
 */
export class WebhookChannel implements Channel {
  readonly channel = 'webhook';
  readonly provider = 'webhook';
  readonly concurrency: number;
  readonly lookup = undefined;
  readonly #url: string;
  readonly #timeoutMs: number;
  readonly #http: GuardedHttp;
  readonly #redact: Redact;

  /** Throws ChannelSettingsError. */
  constructor({ url, secret, allow = [], timeoutMs = 10_000, concurrency = 16 }: WebhookSettings) {
    if (url === undefined || url === '') throw new ChannelSettingsError(setting, 'is not set; expected an address');
    const target = targetOf(url, new Set(allow));
    if (target.kind === 'refused') throw new ChannelSettingsError(setting, `cannot be called: ${target.reason}`);
    this.#url = url;
    this.#timeoutMs = timeoutMs;
    this.concurrency = concurrency;
    this.#http = new GuardedHttp({ allow, secret, connections: concurrency });
    this.#redact = redactor([url, ...(secret === undefined ? [] : [secret])]);
  }

  async send({ id, to, content }: Outgoing, signal?: AbortSignal): Promise<SendResult> {
    if (content.channel !== 'webhook') return { kind: 'rejected', reason: 'this web hook takes texts of its own only' };
    const key = String(id);
    const call = {
      url: this.#url,
      method: 'POST',
      body: JSON.stringify({ id: key, customer: to, text: content.text }),
      idempotencyKey: key,
      timeoutMs: this.#timeoutMs,
    } as const;
    const result = sendResult(await this.#http.call(call, signal), key);
    return 'reason' in result ? { ...result, reason: this.#redact(result.reason, [to]) } : result;
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}
