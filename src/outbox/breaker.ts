import type { SendResult } from '../channels/channel.js';

export interface BreakerSettings {
  /** Of so many calls, the last ones … */
  readonly calls: number;
  /** … so many that fail open it. */
  readonly failures: number;
}

/** Counts a provider's failures where another one can send in its place. */
export class Breaker {
  /** Of the last calls, the newest at the end: whether each failed. */
  private readonly last: boolean[] = [];
  private failed = 0;

  constructor(private readonly settings: BreakerSettings) {}

  /** Why the provider is to be left alone for a while; undefined while it is not. A call that was answered with a no is no failure. */
  heard(result: SendResult): string | undefined {
    const failed = result.kind === 'retry' || result.kind === 'unknown';
    this.last.push(failed);
    if (failed) this.failed += 1;
    if (this.last.length > this.settings.calls && this.last.shift() === true) this.failed -= 1;
    if (this.failed < this.settings.failures) return undefined;
    const reason = `${String(this.failed)} of the last ${String(this.last.length)} calls failed`;
    this.reset();
    return 'reason' in result ? `${reason}: ${result.reason}` : reason;
  }

  reset(): void {
    this.last.splice(0);
    this.failed = 0;
  }
}
