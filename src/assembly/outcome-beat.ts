import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../intake/kafka/backoff.js';
import { OUTCOMES } from '../intake/kafka/outcome-message.js';
import type { OutcomePublisher } from '../intake/kafka/outcome-publisher.js';
import type { Logger } from '../ops/log.js';
import type { Beaten } from '../pulse/pulse.service.js';
import type { Pulse } from '../store/engine/pulse.sql.js';

/** How long a slice that the broker is about to take is waited for when the process ends. */
const PATIENCE_MS = 2_000;
/** How soon it is tried again after a failure, and after many. */
const usual = { firstBackoffMs: 1_000, longestBackoffMs: 30_000 };

/** Tells outcomes beside everything else: a broker that is slow or away keeps no timer waiting. */
export class OutcomeBeat implements Beaten {
  private running: Promise<void> | undefined;
  private failures = 0;
  private notBefore = -Infinity;
  private trouble: string | undefined;

  constructor(
    private readonly publisher: Pick<OutcomePublisher, 'publishPending' | 'prune' | 'close' | 'finish'>,
    private readonly log: Pick<Logger, 'warn'>,
    private readonly backoff = usual,
  ) {}

  beat(pulse: Pulse): void {
    if (!pulse.outcomes && !pulse.old_outcomes) return;
    if (performance.now() < this.notBefore) return;
    this.running ??= this.work(pulse).finally(() => (this.running = undefined));
  }

  /** What is wrong, in a sentence; undefined when all is well. */
  health(): string | undefined {
    return this.trouble && `outcomes wait, and none is lost: ${OUTCOMES} cannot be written: ${this.trouble}`;
  }

  /** Ends after the slice in hand, or breaks it off: it is told again. */
  async stop(): Promise<void> {
    this.publisher.finish();
    const waiting = new AbortController();
    const patience = sleep(PATIENCE_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([this.running, patience]);
    waiting.abort();
    await this.publisher.close();
  }

  private async work({ outcomes, old_outcomes: old }: Pulse): Promise<void> {
    try {
      if (outcomes) await this.publisher.publishPending();
      if (old) await this.publisher.prune();
      this.failures = 0;
      this.trouble = undefined;
    } catch (error) {
      this.failures += 1;
      this.notBefore = performance.now() + backoffMs(this.failures, this.backoff);
      this.trouble = error instanceof Error ? error.message : String(error);
      this.log.warn({ err: error, failures: this.failures }, 'outcomes wait for Kafka');
    }
  }
}
