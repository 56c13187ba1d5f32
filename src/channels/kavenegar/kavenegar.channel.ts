import type { SmsContent } from '../../domain/message/message.js';
import type { Channel, LookupResult, ManyAtOnce, Outgoing, Probe, SendResult } from '../channel.js';
import { wellFormed } from '../well-formed.js';
import { accountProbe } from './account-probe.js';
import { KavenegarCalls, type KavenegarAccount } from './calls.js';
import { idsAtOnce, lookupResults } from './lookup-result.js';
import { lastDigits, noPhone, personalIn, receptorOf } from './receptor.js';
import { registeredParams, registeredResult } from './registered-text.js';
import { sendManyResults, sendResult } from './send-result.js';

export interface KavenegarSettings extends KavenegarAccount {
  /** The line to send from; without it the account's default. */
  readonly sender?: string | undefined;
}

/** Receivers in one `sms/send`. */
const receptorsAtOnce = 200;

/**
 * SMS through Kavenegar. The message's id is its `localid`: a repeat is not sent again, and the provider can be asked for it.
 * Texts registered there go another way (`verify/lookup`), which takes no id of ours.
 */
export class KavenegarChannel implements Channel {
  readonly channel = 'sms';
  readonly provider = 'kavenegar';
  readonly concurrency: number;
  readonly #sender: string | undefined;
  readonly #calls: KavenegarCalls;

  /** Throws ChannelSettingsError. */
  constructor(settings: KavenegarSettings) {
    this.#calls = new KavenegarCalls(settings);
    this.concurrency = this.#calls.concurrency;
    this.#sender = settings.sender;
  }

  async send({ id, to, content }: Outgoing, signal?: AbortSignal): Promise<SendResult> {
    if (content.channel !== 'sms') return { kind: 'rejected', reason: 'Kavenegar sends SMS only' };
    const receptor = receptorOf(to);
    if (receptor === undefined) return noPhone;
    const result =
      content.lookup === undefined
        ? await this.#sendText(receptor, content.text, String(id), signal)
        : await this.#sendRegistered(receptor, content.lookup, content, signal);
    return this.#calls.clean(result, personalIn(to));
  }

  readonly takes = (address: string): boolean => receptorOf(address) !== undefined;

  readonly many: ManyAtOnce = {
    atMost: receptorsAtOnce,
    send: async (messages, signal) => {
      const text = textOf(messages);
      const receptors = receptorsOf(messages);
      if (text === undefined || receptors === undefined) return undefined;
      const results = await this.#sendMany(receptors, text, signal);
      const personal = messages.flatMap(({ to }) => personalIn(to));
      const resultOf = ({ id }: Outgoing): SendResult => this.#calls.clean(results?.get(id) ?? noPhone, personal);
      return results && new Map(messages.map((message) => [message.id, resultOf(message)]));
    },
  };

  /** In calls of up to 500 ids. Never throws; the provider remembers about 12 hours. */
  readonly lookup = async (ids: readonly number[]): Promise<ReadonlyMap<number, LookupResult>> => {
    const results = new Map<number, LookupResult>();
    for (let from = 0; from < ids.length; from += idsAtOnce) {
      const chunk = ids.slice(from, from + idsAtOnce);
      const answer = await this.#calls.ask((api, done) => {
        api.StatusLocalMessageid({ localid: chunk.join(',') }, done);
      });
      for (const [id, result] of lookupResults(chunk, answer)) results.set(id, this.#calls.clean(result));
    }
    return results;
  };

  readonly probe = (): Promise<Probe> => accountProbe(this.#calls);

  close(): Promise<void> {
    return this.#calls.close();
  }

  /** Nothing is called for where no number is one. */
  async #sendMany(
    receptors: ReadonlyMap<number, string>,
    text: string,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<number, SendResult> | undefined> {
    if (receptors.size === 0) return new Map();
    const answer = await this.#post([...receptors.values()].join(','), text, [...receptors.keys()].join(','), signal);
    return sendManyResults(answer, receptors);
  }

  async #sendText(receptor: string, text: string, localid: string, signal?: AbortSignal): Promise<SendResult> {
    return sendResult(await this.#post(receptor, text, localid, signal));
  }

  #post(receptor: string, text: string, localid: string, signal?: AbortSignal): ReturnType<KavenegarCalls['ask']> {
    const from = this.#sender === undefined ? {} : { sender: this.#sender };
    return this.#calls.ask((api, done) => {
      api.Send({ receptor, message: wellFormed(text), localid, ...from }, done);
    }, signal);
  }

  async #sendRegistered(
    receptor: string,
    template: string,
    { tokens }: SmsContent,
    signal?: AbortSignal,
  ): Promise<SendResult> {
    const built = registeredParams(template, tokens);
    if (built.kind === 'rejected') return built;
    const answer = await this.#calls.ask((api, done) => {
      api.VerifyLookup({ receptor, ...built.params }, done);
    }, signal);
    return registeredResult(answer);
  }
}

function textOf([first]: readonly Outgoing[]): string | undefined {
  if (first?.content.channel !== 'sms' || first.content.lookup !== undefined) return undefined;
  return first.content.text;
}

/** The numbers among the addresses, by message; undefined where an answer could not tell two of them apart. */
function receptorsOf(messages: readonly Outgoing[]): ReadonlyMap<number, string> | undefined {
  const receptors = new Map<number, string>();
  for (const { id, to } of messages) {
    const receptor = receptorOf(to);
    if (receptor !== undefined) receptors.set(id, receptor);
  }
  const ends = new Set([...receptors.values()].map(lastDigits));
  return ends.size === receptors.size ? receptors : undefined;
}
