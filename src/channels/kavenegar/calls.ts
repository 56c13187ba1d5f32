import kavenegar from 'kavenegar';
import type { KavenegarApi } from 'kavenegar';
import { ChannelSettingsError } from '../channel-settings.error.js';
import { redactor, type Redact } from '../redaction.js';
import type { Answer } from './answer.js';
import { endpointOf } from './endpoint.js';
import { Transport } from './transport.js';

export interface KavenegarAccount {
  readonly apiKey: string | undefined;
  /** Default https://api.kavenegar.com; plain http to this machine only. */
  readonly baseUrl?: string | undefined;
  /** For a whole call, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Calls, and connections, at once. Default 20. */
  readonly concurrency?: number | undefined;
}

/** Calls of Kavenegar's methods with one account's key, which stands in nothing that they give. */
export class KavenegarCalls {
  readonly concurrency: number;
  /** Takes the key, and what is personal, out of a text. */
  readonly redact: Redact;
  readonly #transport: Transport;

  /** Throws ChannelSettingsError. */
  constructor(account: KavenegarAccount) {
    const { apiKey, baseUrl = 'https://api.kavenegar.com', timeoutMs = 10_000, concurrency = 20 } = account;
    if (apiKey === undefined || apiKey === '') throw new ChannelSettingsError('PEYK_KAVENEGAR_API_KEY', 'is not set');
    this.concurrency = concurrency;
    this.redact = redactor([apiKey]);
    this.#transport = new Transport({ endpoint: endpointOf(baseUrl), apiKey, timeoutMs, connections: concurrency });
  }

  /** The package chooses scope and method; its own `request` (plain http, no time-out, callbacks lost or doubled) is replaced. */
  ask(
    call: (api: KavenegarApi<Answer>, done: (answer: Answer) => void) => void,
    signal?: AbortSignal,
  ): Promise<Answer> {
    return new Promise((resolve) => {
      const api = kavenegar.KavenegarApi<Answer>({ apikey: '' });
      api.request = (action, method, params, callback) => {
        void this.#transport.post(`${action}/${method}.json`, params, signal).then(callback);
      };
      call(api, resolve);
    });
  }

  /** A provider's reason, fit for logs and tables. */
  clean<Result extends object>(result: Result, personal: readonly string[] = []): Result {
    return 'reason' in result && typeof result.reason === 'string'
      ? { ...result, reason: this.redact(result.reason, personal) }
      : result;
  }

  close(): Promise<void> {
    return this.#transport.close();
  }
}
