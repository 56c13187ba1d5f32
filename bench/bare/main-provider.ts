import { stringify } from 'node:querystring';
import { Pool } from 'undici';
import type { BareMessage } from './main-store.js';

/** As many connections as ours has. */
export const CALLS_AT_ONCE = 32;

const headers = ['content-type', 'application/x-www-form-urlencoded; charset=UTF-8', 'accept', 'application/json'];

interface Envelope {
  readonly return: { readonly status: number };
  readonly entries: readonly { readonly messageid: number; readonly cost: number }[];
}

/** The same form posts as ours, over kept-alive connections. */
export class BareProvider {
  readonly #pool: Pool;

  constructor(url: string) {
    this.#pool = new Pool(url, { connections: CALLS_AT_ONCE, pipelining: 1 });
  }

  async send({ id, to, text }: BareMessage): Promise<{ readonly providerId: string; readonly cost: number }> {
    const body = stringify({ receptor: `0${to.slice(3)}`, message: text, localid: String(id), sender: '10004346' });
    const answer = await this.#pool.request({ method: 'POST', path: '/v1/bench/sms/send.json', headers, body });
    const envelope = JSON.parse(await answer.body.text()) as Envelope;
    const entry = envelope.entries[0];
    if (envelope.return.status !== 200 || entry === undefined) throw new Error('the provider refused');
    return { providerId: String(entry.messageid), cost: entry.cost };
  }
}
