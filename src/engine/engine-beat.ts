import type { Beaten } from '../pulse/pulse.service.js';
import type { Pulse } from '../store/engine/pulse.sql.js';
import type { Engine } from './engine.js';
import type { EngineObserver } from './engine-observer.js';

/** Customers in one transaction of timers. */
const SLICE = 500;

/** What the engine does of its own accord: timers that are due, events of its own making, messages gone stale. */
export class EngineBeat implements Beaten {
  private stopping = false;

  constructor(
    private readonly engine: Engine,
    private readonly observer: EngineObserver,
  ) {}

  async beat({ now, next_wake, pending, late }: Pulse): Promise<void> {
    if (pending) await this.drain('pending events', () => this.engine.decidePending());
    if (next_wake !== null && next_wake <= now)
      await this.drain('timers', () => this.engine.decideDueTimers(SLICE), SLICE);
    if (late) await this.drain('late messages', () => this.engine.takeBackLate());
  }

  missed(error: unknown): void {
    this.observer.trouble('pulse', error);
  }

  stop(): void {
    this.stopping = true;
  }

  /** Works until a slice comes back short; trouble waits for the next beat. */
  private async drain(what: string, work: () => Promise<number>, full = 1): Promise<void> {
    try {
      while (!this.stopping && (await work()) >= full);
    } catch (error) {
      this.observer.trouble(what, error);
    }
  }
}
