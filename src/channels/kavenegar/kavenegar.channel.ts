import kavenegar from 'kavenegar';
import type { KavenegarApi } from 'kavenegar';
import type { Channel, LookupResult, Outgoing, SendResult } from '../channel.js';
import { ChannelSettingsError } from '../channel-settings.error.js';
import { redactor, type Redact } from '../redaction.js';
import type { Answer } from './answer.js';
import { endpointOf } from './endpoint.js';
import { idsAtOnce, lookupResults } from './lookup-result.js';
import { receptorOf } from './receptor.js';
import { sendResult } from './send-result.js';
import { Transport } from './transport.js';

export interface KavenegarSettings {
  readonly apiKey: string | undefined;
  /** Default https://api.kavenegar.com; plain http to this machine only. */
  readonly baseUrl?: string | undefined;
  /** The line to send from; without it the account's default. */
  readonly sender?: string | undefined;
  /** For a whole call, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Calls, and connections, at once. Default 20. */
  readonly concurrency?: number | undefined;
}

/** SMS through Kavenegar. The message's id is its `localid`: a repeat is not sent again, and the provider can be asked for it. */
export class KavenegarChannel implements Channel {
  readonly channel = 'sms';
  readonly provider = 'kavenegar';
  readonly concurrency: number;
  readonly #sender: string | undefined;
  readonly #transport: Transport;
  readonly #redact: Redact;

  /** Throws ChannelSettingsError. */
  constructor(settings: KavenegarSettings) {
    const { apiKey, baseUrl = 'https://api.kavenegar.com', timeoutMs = 10_000, concurrency = 20 } = settings;
    if (apiKey === undefined || apiKey === '') throw new ChannelSettingsError('PEYK_KAVENEGAR_API_KEY', 'is not set');
    this.concurrency = concurrency;
    this.#sender = settings.sender;
    this.#redact = redactor([apiKey]);
    this.#transport = new Transport({ endpoint: endpointOf(baseUrl), apiKey, timeoutMs, connections: concurrency });
  }

  async send(message: Outgoing, signal?: AbortSignal): Promise<SendResult> {
    const { id, to, content } = message;
    if (content.channel !== 'sms') return { kind: 'rejected', reason: 'Kavenegar sends SMS only' };
    const receptor = receptorOf(to);
    if (receptor === undefined) return { kind: 'rejected', reason: 'the address is no phone number in the form +98…' };
    const params = { receptor, message: wellFormed(content.text), localid: String(id), ...this.#from() };
    const answer = await this.#ask((api, done) => {
      api.Send(params, done);
    }, signal);
    return this.#clean(sendResult(answer), [to, receptor, to.slice(-10)]);
  }

  /** In calls of up to 500 ids. Never throws; the provider remembers about 12 hours. */
  readonly lookup = async (ids: readonly number[]): Promise<ReadonlyMap<number, LookupResult>> => {
    const results = new Map<number, LookupResult>();
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      const chunk = ids.slice(from, from + idsAtOnce);
      const answer = await this.#ask((api, done) => {
        api.StatusLocalMessageid({ localid: chunk.join(',') }, done);
      });
      for (const [id, result] of lookupResults(chunk, answer)) results.set(id, this.#clean(result));
    }
    return results;
  };

  close(): Promise<void> {
    return this.#transport.close();
  }

  /** The package chooses scope and method; its own `request` (plain http, no time-out, callbacks lost or doubled) is replaced. */
  #ask(
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

  #from(): { sender?: string } {
    return this.#sender === undefined ? {} : { sender: this.#sender };
  }

  #clean<Result extends SendResult | LookupResult>(result: Result, personal: readonly string[] = []): Result {
    return 'reason' in result ? { ...result, reason: this.#redact(result.reason, personal) } : result;
  }
}

/** Half of a surrogate pair has no UTF-8, and a form cannot hold it. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
