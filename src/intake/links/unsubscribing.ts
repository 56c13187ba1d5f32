import type { Connection } from '../../store/connection.js';
import { readUnsubscribe, type UnsubscribeRow } from '../../store/links/read-unsubscribe.sql.js';
import type { Coalescer } from '../coalesce.js';
import type { IncomingEvent } from '../intake.js';

/** Takes the word of whoever holds the address from an e-mail: its customer wants no more of that purpose on that channel. */
export class Unsubscribing {
  constructor(
    private readonly db: Connection,
    private readonly coalescer: Pick<Coalescer, 'decide'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Undefined for a token that there is not. */
  async find(token: string): Promise<UnsubscribeRow | undefined> {
    if (!/^[0-9A-Za-z]{22}$/.test(token)) return undefined;
    const [found] = await this.db.run(readUnsubscribe, [token]);
    return found;
  }

  /** `withdrawn` once it is decided: what was still queued is taken back by then. Rejects as `Coalescer.decide` does. */
  async withdraw(token: string): Promise<'withdrawn' | 'unknown' | 'failed'> {
    const found = await this.find(token);
    if (found === undefined) return 'unknown';
    const [outcome] = await this.coalescer.decide([this.#word(found)]);
    return outcome?.kind === 'dead' ? 'failed' : 'withdrawn';
  }

  /** One a second: who has said yes again since, and no once more, is heard again. */
  #word({ message_id, customer_id, purpose, channel }: UnsubscribeRow): IncomingEvent {
    const second = String(Math.floor(this.now() / 1_000));
    return {
      id: `${String(message_id)}/unsubscribe/${second}`,
      source: '/messages',
      type: 'consent.withdrawn',
      customer: customer_id,
      time: undefined,
      data: { purpose, channel },
    };
  }
}
