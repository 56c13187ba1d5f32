import type { BegunChat, Channel, Hook, HookSet, Outgoing, Probe, SendResult } from '../channel.js';
import { ChannelSettingsError } from '../channel-settings.error.js';
import { endpointOf } from '../http/endpoint.js';
import { redactor, type Redact } from '../redaction.js';
import { wellFormed } from '../well-formed.js';
import { Bot } from './bot.js';
import { keyboardOf } from './keyboard.js';
import { begunChat, probed } from './probed.js';
import { sendResult, type ProviderNames } from './send-result.js';
import { setHook } from './set-hook.js';

export interface BotApiSettings {
  readonly token: string | undefined;
  /** Plain http to this machine only. */
  readonly apiRoot?: string | undefined;
  /** For a whole call, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Calls, and connections, at once. Default 10. */
  readonly concurrency?: number | undefined;
}

/** What tells one messenger with a Bot API from another. */
export interface Messenger extends ProviderNames {
  readonly channel: 'telegram' | 'bale';
  /** The variable of the token. */
  readonly token: string;
  readonly apiRoot: string;
  /** Where its bots are found by their names. */
  readonly links: string;
  /** Whether it sends a token along with what it brings, and can be told what that is to be. */
  readonly hooksWithToken: boolean;
}

/** Texts, with buttons for the answers, through a bot; the address is a chat that the customer has begun with it. */
export class BotApiChannel implements Channel {
  readonly channel: Messenger['channel'];
  readonly provider: string;
  readonly concurrency: number;
  /** No Bot API can be asked for a message by our id. */
  readonly lookup = undefined;
  readonly #bot: Bot;
  readonly #redact: Redact;

  /** Throws ChannelSettingsError. */
  constructor(
    private readonly messenger: Messenger,
    settings: BotApiSettings,
  ) {
    const { token, apiRoot = messenger.apiRoot, timeoutMs = 10_000, concurrency = 10 } = settings;
    if (token === undefined || token === '') throw new ChannelSettingsError(messenger.token, 'is not set');
    const { root: setting, token: key, apiRoot: example } = messenger;
    const endpoint = endpointOf(apiRoot, { setting, key, example });
    this.channel = messenger.channel;
    this.provider = messenger.channel;
    this.concurrency = concurrency;
    this.#redact = redactor([token]);
    this.#bot = new Bot({ endpoint, token, timeoutMs, connections: concurrency });
  }

  async send({ to, content }: Outgoing, signal?: AbortSignal): Promise<SendResult> {
    const { name } = this.messenger;
    if (content.channel !== this.channel) return { kind: 'rejected', reason: `${name} sends its own messages only` };
    const chat = chatOf(to);
    if (chat === undefined) {
      return { kind: 'rejected', reason: `the address is no chat of ${name}, which is a number`, elsewhere: true };
    }
    const keyboard = keyboardOf(content.buttons ?? []);
    const other = keyboard === undefined ? {} : { reply_markup: keyboard };
    const answer = await this.#bot.ask((api) => api.sendMessage(chat, wellFormed(content.text), other), signal);
    return this.#clean(sendResult(answer, this.messenger), [to]);
  }

  readonly takes = (address: string): boolean => chatOf(address) !== undefined;

  readonly probe = async (): Promise<Probe> =>
    this.#clean(probed(await this.#bot.ask((api) => api.getMe()), this.messenger));

  readonly beginChat = async (code: string): Promise<BegunChat> =>
    this.#clean(begunChat(await this.#bot.ask((api) => api.getMe()), this.messenger, code));

  readonly setHook = async (hook: Hook): Promise<HookSet> =>
    this.#clean(await setHook(this.#bot, this.messenger, hook));

  close(): Promise<void> {
    return this.#bot.close();
  }

  #clean<Result extends SendResult | Probe | BegunChat | HookSet>(
    result: Result,
    personal: readonly string[] = [],
  ): Result {
    return 'reason' in result ? { ...result, reason: this.#redact(result.reason, personal) } : result;
  }
}

/** A number, or the name of a public one. No chat's number begins with 0 or +, as a phone's does. */
function chatOf(to: string): number | string | undefined {
  if (/^@[A-Za-z]\w{3,63}$/.test(to)) return to;
  const number = /^-?[1-9]\d{0,15}$/.test(to) ? Number(to) : NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
