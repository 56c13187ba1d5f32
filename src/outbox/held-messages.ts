import type { Pause } from '../domain/pause.js';
import type { Database } from '../store/connection.js';
import { holdMessages } from '../store/pausing/hold-messages.sql.js';
import { releaseMessages } from '../store/pausing/release-messages.sql.js';
import type { SenderObserver } from './ports.js';

/** Messages in one statement: few enough that nobody waits for their locks. */
const SLICE = 2_000;
/** What came back to the queue since the last walk (a retry, a message queued while the pause was made) is held this soon. */
const AGAIN_MS = 15_000;
/** A long queue is walked along for a twentieth of the time at most. */
const SHARE = 20;

/**
 * Takes messages of paused journeys and purposes out of the queue, so that claims of others do not walk past them, and puts
 * them back when they may leave. Correct without it: a claim asks for itself what is paused.
 */
export class HeldMessages {
  private working: Promise<void> | undefined;
  private again = false;
  private stopping = false;
  private pauses: readonly Pause[] = [];
  private walkedFor = '';
  private walkAgainAt = 0;

  constructor(
    private readonly database: Database,
    private readonly observer: Pick<SenderObserver, 'trouble'>,
    /** Something is in the queue again. */
    private readonly released: () => void,
    private readonly slice = SLICE,
  ) {}

  /** Does what these pauses ask for, in the background. */
  adjust(pauses: readonly Pause[], toRelease: boolean): void {
    this.pauses = pauses;
    if (this.stopping || (!toRelease && !this.wantsWalk())) return;
    this.again = true;
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.working;
  }

  private wantsWalk(): boolean {
    const names = namesOf(this.pauses);
    return names !== this.walkedFor || (names !== '' && performance.now() >= this.walkAgainAt);
  }

  private async work(): Promise<void> {
    try {
      while (this.again && !this.stopping) {
        this.again = false;
        await this.release();
        if (this.wantsWalk()) await this.holdAll();
      }
    } catch (error) {
      this.walkedFor = '';
      this.observer.trouble('pauses', error);
    }
  }

  private async release(): Promise<void> {
    for (let released = this.slice; released === this.slice && !this.stopping;) {
      const [row] = await this.database.run(releaseMessages, [this.slice]);
      released = row?.released ?? 0;
      if (released > 0) this.released();
    }
  }

  /** What waited behind a message that is held comes into the queue by that, and is found by the next walk. */
  private async holdAll(): Promise<void> {
    const from = performance.now();
    this.walkedFor = namesOf(this.pauses);
    // Nobody looks at this before it is done, except to find out that something else is paused.
    this.walkAgainAt = Number.POSITIVE_INFINITY;
    while (this.walkedFor !== '' && (await this.walk()) > 0 && !this.stopping);
    const to = performance.now();
    this.walkAgainAt = to + Math.max(AGAIN_MS, (to - from) * SHARE);
  }

  private async walk(): Promise<number> {
    let held = 0;
    let place: readonly [string, number, number] = ['', 0, 0];
    while (!this.stopping) {
      const [row] = await this.database.run(holdMessages, [...place, this.slice]);
      held += row?.held ?? 0;
      if (row === undefined || row.channel === null || row.walked < this.slice) break;
      place = [row.channel, row.rank ?? 0, row.id ?? 0];
    }
    // Others may leave that waited behind it.
    if (held > 0) this.released();
    return held;
  }
}

/** Of a channel that is paused no claim looks at any message: only these need be walked for. */
function namesOf(pauses: readonly Pause[]): string {
  const walked = pauses.filter(({ kind }) => kind === 'journey' || kind === 'purpose');
  return walked.length === 0 ? '' : JSON.stringify(walked.map(({ kind, name }) => [kind, name]));
}
