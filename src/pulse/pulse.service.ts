import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DATABASE, type Database } from '../store/connection.js';
import { pulse, type Pulse } from '../store/engine/pulse.sql.js';

/** Someone who works when there is work: told once a second at most what there is, and nothing while there is none. */
export interface Beaten {
  beat(what: Pulse): Promise<void> | void;
  /** A pulse could not be taken: the database is away. */
  missed?(error: unknown): void;
}
export const BEATEN = Symbol('Beaten');

const SECOND = 1000;

/** The one clock of a process: a single query a second says whether anybody has anything to do. */
@Injectable()
export class PulseService implements OnApplicationShutdown {
  private beating: Promise<void> | undefined;
  private early: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(BEATEN) private readonly beaten: readonly Beaten[],
  ) {}

  /** Also called when someone knows of work now; a beat under way is enough for both. */
  @Interval(SECOND)
  beat(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.beating ??= this.beatOnce().finally(() => (this.beating = undefined));
    return this.beating;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.early);
    await this.beating;
  }

  private async beatOnce(): Promise<void> {
    try {
      const [what] = await this.db.run(pulse);
      if (what === undefined) return;
      await Promise.all(this.beaten.map(async (one) => one.beat(what)));
      this.beatEarly(what);
    } catch (error) {
      for (const one of this.beaten) one.missed?.(error);
    }
  }

  /**
   * A timer that falls due before the next second is not kept waiting for it. One that was due already is: it has been
   * decided now, or whoever decides it is away or in trouble, and asking again at once would only add to that.
   */
  private beatEarly({ now, next_wake }: Pulse): void {
    clearTimeout(this.early);
    if (next_wake === null || next_wake <= now || next_wake - now >= SECOND || this.stopped) return;
    this.early = setTimeout(() => void this.beat(), next_wake - now);
  }
}
