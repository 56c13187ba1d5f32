import type { JsonObject } from '../../domain/json.js';
import { normalisePhone } from '../../domain/message/address.js';
import type { Heard } from '../inbound.js';
import { integer, type Answer } from './answer.js';
import { KavenegarCalls, type KavenegarAccount } from './calls.js';
import { classOf } from './statuses.js';

export type Reply = Extract<Heard, { kind: 'reply' }>;
export type Delivery = 'delivered' | 'failed' | 'under way';

/** As many as one call of `sms/receive` gives: with so many there may be more. */
export const repliesAtOnce = 100;
/** As many ids as one `sms/status` may ask for. */
export const statusesAtOnce = 500;
const pagesAtMost = 1_000;

const deliveries: ReadonlyMap<number, Delivery> = new Map([
  [10, 'delivered'],
  ...[6, 11, 13, 14].map((status) => [status, 'failed'] as const),
  ...[1, 2, 4, 5].map((status) => [status, 'under way'] as const),
]);

/** Why somebody is on the blocked list: an answer of «لغو۱۱». */
const optedOut = '2';

/** Kavenegar could not be asked; the message holds no secret. */
export class KavenegarRefusal extends Error {}

/** Asks Kavenegar what has happened, where its call-backs do not reach us. Every method throws KavenegarRefusal. */
export class KavenegarClient {
  readonly #calls: KavenegarCalls;

  /** Throws ChannelSettingsError. */
  constructor(account: KavenegarAccount) {
    this.#calls = new KavenegarCalls({ concurrency: 2, ...account });
  }

  /**
   * One call of `sms/receive`: unread replies to a line, up to 100. It MARKS THEM READ at Kavenegar: what is not kept is
   * found by `inbox` only. Call it again while it gives 100.
   */
  async receive(line: string): Promise<readonly Reply[]> {
    const answer = await this.#calls.ask((api, done) => {
      api.Receive({ linenumber: line, isread: '0' }, done);
    });
    return this.#taken(answer).flatMap((entry) => replyOf(entry, line));
  }

  /**
   * Replies to a line since an instant (milliseconds since 1970; Kavenegar gives two days at most), read or not: unread ones
   * first, so that one which is marked read meanwhile is met again among the others. Each once. May be asked again and again.
   */
  async inbox(line: string, since: number): Promise<readonly Reply[]> {
    const replies = new Map<string, Reply>();
    // Where a page is marked read by being asked for, the next one moves up in its place: until nothing is new.
    while (await this.#gather(replies, line, '0', since));
    await this.#gather(replies, line, '1', since);
    return [...replies.values()];
  }

  /** What became of messages, by Kavenegar's own ids; it remembers 48 hours, and what it does not know is not in the map. */
  async statusOf(providerIds: readonly string[]): Promise<ReadonlyMap<string, Delivery>> {
    const told = new Map<string, Delivery>();
    for (let from = 0; from < providerIds.length; from += statusesAtOnce) {
      const messageid = providerIds.slice(from, from + statusesAtOnce).join(',');
      const answer = await this.#calls.ask((api, done) => {
        api.Status({ messageid }, done);
      });
      for (const { messageid: id, status } of this.#taken(answer)) {
        const delivery = deliveries.get(integer(status) ?? -1);
        const known = integer(id);
        if (delivery !== undefined && known !== undefined) told.set(String(known), delivery);
      }
    }
    return told;
  }

  /** The phone numbers (E.164) that have answered «لغو۱۱» to a line. */
  async blocked(line: string): Promise<readonly string[]> {
    const phones = new Set<string>();
    for await (const entries of this.#pages('line/blocked', 'list', { linenumber: line, blockreason: optedOut })) {
      for (const { number, blockreason } of entries) {
        const phone = phoneOf(number);
        // Asked for above; one with another reason has asked for nothing.
        if (phone !== undefined && (blockreason === undefined || integer(blockreason) === 2)) phones.add(phone);
      }
    }
    return [...phones];
  }

  close(): Promise<void> {
    return this.#calls.close();
  }

  /** Whether there was anything new. */
  async #gather(replies: Map<string, Reply>, line: string, isread: '0' | '1', since: number): Promise<boolean> {
    const known = replies.size;
    const params = { linenumber: line, isread, startdate: String(Math.floor(since / 1_000)) };
    for await (const entries of this.#pages('sms', 'inboxpaged', params)) {
      for (const reply of entries.flatMap((entry) => replyOf(entry, line))) replies.set(reply.id, reply);
    }
    return replies.size > known;
  }

  /** Pages from the first to one that brings nothing new. */
  async *#pages(
    scope: string,
    method: string,
    params: Readonly<Record<string, string>>,
  ): AsyncGenerator<readonly JsonObject[]> {
    let before = '';
    for (let page = 1; page <= pagesAtMost; page += 1) {
      const answer = await this.#calls.ask((api, done) => {
        api.request(scope, method, { ...params, pagenumber: String(page) }, done);
      });
      const entries = this.#taken(answer);
      const now = JSON.stringify(entries);
      if (entries.length === 0 || now === before) return;
      yield entries;
      before = now;
    }
  }

  #taken(answer: Answer): readonly JsonObject[] {
    if (answer.kind === 'answered' && classOf(answer.status) === 'taken') return answer.entries;
    throw new KavenegarRefusal(this.#calls.redact(whyNot(answer)));
  }
}

function whyNot(answer: Answer): string {
  switch (answer.kind) {
    case 'answered':
      return `Kavenegar ${String(answer.status)}: ${answer.message}`;
    case 'unreadable':
      return `HTTP ${String(answer.httpStatus)} without Kavenegar's JSON`;
    case 'not_written':
    case 'no_answer':
      return answer.detail;
  }
}

/** An entry of the inbox; none for one that says nothing of who wrote what. */
function replyOf({ messageid, sender, receptor, message }: JsonObject, line: string): readonly Reply[] {
  const id = integer(messageid);
  const from = phoneOf(sender);
  if (id === undefined || from === undefined || typeof message !== 'string') return [];
  const to = typeof receptor === 'string' && receptor !== '' ? receptor : line;
  return [{ kind: 'reply', id: String(id), from, text: message, line: to }];
}

/** Kavenegar writes numbers with or without what stands before them. */
function phoneOf(value: JsonObject[string] | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? normalisePhone(String(value)) : undefined;
}
