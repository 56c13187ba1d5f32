import type { Channel, Outgoing, Probe, SendResult } from '../channel.js';
import { wellFormed } from '../well-formed.js';
import { accountProbe } from './account-probe.js';
import { KavenegarCalls, type KavenegarAccount } from './calls.js';
import { noPhone, personalIn, receptorOf } from './receptor.js';
import { sendResult } from './send-result.js';

/** Calls that read a text aloud, through Kavenegar. The message's id is its `localid`: a repeat does not ring again. */
export class KavenegarVoiceChannel implements Channel {
  readonly channel = 'voice';
  readonly provider = 'kavenegar';
  readonly concurrency: number;
  /** `statuslocalmessageid` is documented for SMS only, and its "unknown" of a call would be no proof that nobody rang. */
  readonly lookup = undefined;
  readonly #calls: KavenegarCalls;

  /** Throws ChannelSettingsError. */
  constructor(account: KavenegarAccount) {
    this.#calls = new KavenegarCalls(account);
    this.concurrency = this.#calls.concurrency;
  }

  async send({ id, to, content }: Outgoing, signal?: AbortSignal): Promise<SendResult> {
    if (content.channel !== 'voice') return { kind: 'rejected', reason: 'this is no text to read aloud' };
    const receptor = receptorOf(to);
    if (receptor === undefined) return noPhone;
    const answer = await this.#calls.ask((api, done) => {
      api.CallMakeTTS({ receptor, message: wellFormed(content.text), localid: String(id) }, done);
    }, signal);
    return this.#calls.clean(sendResult(answer), personalIn(to));
  }

  readonly probe = (): Promise<Probe> => accountProbe(this.#calls);

  close(): Promise<void> {
    return this.#calls.close();
  }
}
