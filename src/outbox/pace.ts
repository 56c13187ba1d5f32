import type { SenderClock } from './sender-clock.js';

const WINDOW_MS = 250;
const MOST = 1_000;

/**
 * How many messages are worth having in hand beyond the free slots: about what was finished in the last quarter second. So a
 * fast channel is fed in large batches, and behind a slow one nothing waits here that another message should overtake.
 */
export class Pace {
  private finished = 0;
  private since: number;

  constructor(private readonly clock: SenderClock) {
    this.since = clock.monotonic();
  }

  done(messages: number): void {
    this.decay();
    this.finished += messages;
  }

  readAhead(): number {
    this.decay();
    return Math.min(MOST, Math.floor(this.finished));
  }

  private decay(): void {
    const now = this.clock.monotonic();
    this.finished *= Math.exp((this.since - now) / WINDOW_MS);
    this.since = now;
  }
}
