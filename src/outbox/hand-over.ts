import type { Database } from '../store/connection.js';
import { handOver } from '../store/outbox/hand-over.sql.js';
import type { ChannelHealth } from './channel-health.js';
import type { Claimed } from './claimed.js';
import type { SenderObserver } from './ports.js';

/** The lane that goes on with a message, under the lease that it has. */
export interface Heir {
  readonly provider: string;
  readonly health: Pick<ChannelHealth, 'isDown' | 'probeIsDue' | 'mayProbe'>;
  adopt(messages: readonly Claimed[]): void;
}

interface Waiting {
  readonly message: Claimed;
  readonly done: (isOver: boolean) => void;
}

/**
 * Hands messages whose addresses a provider does not take to the channel's next one. The row names the new provider before it is
 * called for, so that after a crash that one is asked.
 */
export class HandOver {
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(
    private readonly database: Database,
    private readonly observer: Pick<SenderObserver, 'trouble'>,
    private readonly heir: () => Heir | undefined,
  ) {}

  /** The provider that would go on with it: whether it can now, or is down. */
  get outlook(): 'now' | 'later' | 'never' {
    const heir = this.heir();
    if (heir === undefined) return 'never';
    return !heir.health.isDown || heir.health.probeIsDue ? 'now' : 'later';
  }

  /** False: nobody has it, nothing was called for, and it is still under its lease here. */
  give(message: Claimed): Promise<boolean> {
    return new Promise((done) => {
      this.waiting.push({ message, done });
      void this.write();
    });
  }

  /** One statement for all that came while the one before was under way. */
  private async write(): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    while (this.waiting.length > 0) await this.handOver(this.waiting.splice(0));
    this.writing = false;
  }

  private async handOver(batch: readonly Waiting[]): Promise<void> {
    const messages = batch.map(({ message }) => message);
    const given = await this.claimFor(this.heir(), messages);
    for (const { message, done } of batch) done(given.has(message.id));
  }

  private async claimFor(heir: Heir | undefined, messages: readonly Claimed[]): Promise<ReadonlySet<number>> {
    if (heir === undefined) return new Set();
    try {
      const probe = heir.health.isDown;
      const wanted = probe ? await toProbeWith(heir, messages) : messages;
      const columns = [wanted.map(({ id }) => id), wanted.map(({ lease }) => lease.token), heir.provider];
      const rows = wanted.length === 0 ? [] : await this.database.run(handOver, columns);
      const given = new Set(rows.map(({ id }) => Number(id)));
      const adopted = wanted.filter(({ id }) => given.has(id));
      heir.adopt(adopted.map((message) => ({ ...message, provider: heir.provider, probe })));
      return given;
    } catch (error) {
      this.observer.trouble('hand over', error);
      return new Set();
    }
  }
}

/** A provider that is down is tried with one of them, when it is time. */
async function toProbeWith({ health }: Heir, messages: readonly Claimed[]): Promise<readonly Claimed[]> {
  return (await health.mayProbe(true)) ? messages.slice(0, 1) : [];
}
