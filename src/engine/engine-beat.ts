import type { Beaten } from '../pulse/pulse.service.js';
import type { Pulse } from '../store/engine/pulse.sql.js';
import type { Engine } from './engine.js';
import type { EngineObserver } from './engine-observer.js';

/** Customers in one transaction of timers. */
const SLICE = 500;
/** More than any slice has: what is drained so far goes on at once no more. */
const ONCE = Infinity;

/** Of every second, what may go into events of the engine's own making: they come without end while people are written to. */
const PENDING_MS = 600;
/** Of every second, what may go into filling day rows, or into timers of paused journeys: others do not wait for it longer. */
const AWHILE_MS = 250;
const HELD_AT_ONCE = 1_000;
/** How soon a table that others held is asked for again: each time intake waits a moment. */
const ROLLUPS_AGAIN_MS = 60_000;

const HELD =
  'a transaction of others (a backup?) holds rolled_type: counts are read from the events meanwhile, which is slow';

/** What the engine does of its own accord: timers that are due, events of its own making, messages gone stale, day rows. */
export class EngineBeat implements Beaten {
  private stopping = false;
  private rollupsAskedAt = performance.now();

  constructor(
    private readonly engine: Engine,
    private readonly observer: EngineObserver,
    private readonly rollupsAgainMs = ROLLUPS_AGAIN_MS,
  ) {}

  async beat({ now, next_wake, pending, late, unfilled, pauses, timers_to_release }: Pulse): Promise<void> {
    if (!this.engine.filesAreInForce) await this.forAWhile('people of changed files', () => this.engine.changeFiles());
    if (pending) await this.forAWhile('pending events', () => this.decidePending(), PENDING_MS);
    if (timers_to_release) await this.forAWhile('timers that go on', () => this.releaseTimers());
    if (next_wake !== null && next_wake <= now) await this.decideTimers(pauses);
    if (late) await this.drain('late messages', () => this.engine.recheckMessages(SLICE), SLICE);
    if (!this.engine.rollupsAreKept) await this.keepRollups();
    if (unfilled) await this.forAWhile('filling day rows', () => this.engine.fillRollups());
  }

  missed(error: unknown): void {
    this.observer.trouble('pulse', error);
  }

  stop(): void {
    this.stopping = true;
  }

  private async decideTimers(pauses: Pulse['pauses']): Promise<void> {
    const held = pauses?.some(({ kind }) => kind === 'journey') ?? false;
    if (held) await this.forAWhile('timers of paused journeys', () => this.holdTimers());
    let customers = 0;
    const slice = async (): Promise<number> => (customers = await this.engine.decideDueTimers(SLICE));
    await this.drain('timers', slice, ONCE);
    // A night's messages, say: while one slice is written the next is decided, each of customers of its own.
    if (customers === SLICE) await Promise.all([slice, slice].map((each) => this.drain('timers', each, SLICE)));
  }

  private async keepRollups(): Promise<void> {
    if (performance.now() - this.rollupsAskedAt < this.rollupsAgainMs) return;
    this.rollupsAskedAt = performance.now();
    await this.drain('day rows', () => this.engine.keepRollups());
    if (!this.engine.rollupsAreKept) this.observer.trouble('day rows', new Error(HELD));
  }

  private async decidePending(): Promise<boolean> {
    return (await this.engine.decidePending()) > 0;
  }

  private async releaseTimers(): Promise<boolean> {
    return (await this.engine.releaseTimers(HELD_AT_ONCE)) === HELD_AT_ONCE;
  }

  private async holdTimers(): Promise<boolean> {
    return (await this.engine.holdTimers(HELD_AT_ONCE)) === HELD_AT_ONCE;
  }

  /** Works while there is more, and goes on at the next beat. */
  private async forAWhile(what: string, work: () => Promise<boolean>, ms = AWHILE_MS): Promise<void> {
    const end = performance.now() + ms;
    await this.drain(what, async () => ((await work()) && performance.now() < end ? 1 : 0));
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
