import type { Channel } from '../channels/channel.js';
import type { Database } from '../store/connection.js';
import { keepServing } from '../store/outbox/keep-serving.sql.js';
import type { SenderObserver } from './ports.js';
import type { SenderClock } from './sender-clock.js';
import type { SenderSettings } from './settings.js';

/** Told so many times before it would be over. */
const TIMES = 24;

/**
 * Tells the other processes which providers this one serves. They may have other files than this one: what is in doubt at a provider
 * that they do not know is not theirs to end, as long as somebody serves it.
 */
export class Serving {
  private keptAt = Number.NEGATIVE_INFINITY;
  private keeping: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly channels: readonly Channel[],
    private readonly settings: Pick<SenderSettings, 'unservedAfterMs'>,
    private readonly clock: SenderClock,
    private readonly observer: Pick<SenderObserver, 'trouble'>,
  ) {}

  /** It was told at least once. */
  get isKnown(): boolean {
    return this.keptAt > Number.NEGATIVE_INFINITY;
  }

  /** Tells of it where that is due. Never throws: it is tried again when it is called again. */
  keep(): Promise<void> {
    const isDue = this.clock.monotonic() - this.keptAt >= this.settings.unservedAfterMs / TIMES;
    if (isDue) this.keeping ??= this.tell().finally(() => (this.keeping = undefined));
    return this.keeping ?? Promise.resolve();
  }

  private async tell(): Promise<void> {
    const at = this.clock.monotonic();
    const [names, providers] = [
      this.channels.map(({ channel }) => channel),
      this.channels.map(({ provider }) => provider),
    ];
    try {
      await this.database.run(keepServing, [names, providers, this.settings.unservedAfterMs]);
      this.keptAt = at;
    } catch (error) {
      this.observer.trouble('serving', error);
    }
  }
}
