import type { Database } from '../store/connection.js';
import { callAgain } from '../store/outbox/call-again.sql.js';
import type { Claimed } from './claimed.js';
import type { SenderObserver } from './ports.js';

/**
 * What was claimed a moment ago may leave. Behind a call that was refused as a whole it may have waited for longer, and somebody may
 * have withdrawn, left or cancelled: it is asked for again.
 */
export class CallsAgain {
  private readonly waiting = new WeakSet<Claimed>();

  constructor(
    private readonly database: Database,
    private readonly observer: Pick<SenderObserver, 'trouble'>,
  ) {}

  /** These are called for again. */
  refused(messages: readonly Claimed[]): void {
    for (const message of messages) this.waiting.add(message);
  }

  /** Those that may still leave. While nobody can tell, none that was refused may. */
  async stillMay(messages: readonly Claimed[]): Promise<readonly Claimed[]> {
    const again = messages.filter((message) => this.waiting.has(message));
    if (again.length === 0) return messages;
    const may = await this.ask(again);
    return messages.filter((message) => !this.waiting.has(message) || may.has(message.id));
  }

  private async ask(messages: readonly Claimed[]): Promise<ReadonlySet<number>> {
    try {
      const columns = [messages.map(({ id }) => id), messages.map(({ lease }) => lease.token)];
      const rows = await this.database.run(callAgain, columns);
      return new Set(rows.map(({ id }) => Number(id)));
    } catch (error) {
      this.observer.trouble('call again', error);
      return new Set();
    }
  }
}
