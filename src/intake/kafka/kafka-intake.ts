import { backoffMs, pause } from './backoff.js';
import { Commits } from './commits.js';
import { ConsumerSession, type SessionEnd, type SessionParts } from './consumer-session.js';
import { defaultTuning, type KafkaTuning } from './kafka-settings.js';
import { messageOf, Troubles } from './troubles.js';

export type KafkaIntakeParts = Pick<SessionParts, 'settings' | 'decider' | 'validate' | 'offsets' | 'observer'>;

/** Reads events from Kafka for as long as the process lives, whatever becomes of the broker or the database meanwhile. */
export class KafkaIntake {
  readonly #troubles = new Troubles();
  readonly #commits = new Commits();
  readonly #stopping = new AbortController();
  readonly #tuning: KafkaTuning;
  #running: Promise<void> | undefined;

  constructor(private readonly parts: KafkaIntakeParts) {
    this.#tuning = { ...defaultTuning, ...parts.settings.tuning };
  }

  /** Begins to read; returns at once, also while no broker answers. */
  start(): void {
    this.#running ??= this.#keepRunning();
  }

  /** Ends after the sub-batch in hand has been committed, within `stopWithinMs`. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const ended = new AbortController();
    const running = this.#running?.then(() => {
      ended.abort();
    });
    await Promise.race([running, pause(this.#tuning.stopWithinMs, ended.signal)]);
  }

  /** What is wrong, in a sentence; undefined when all is well. */
  health(): string | undefined {
    return this.#troubles.print();
  }

  async #keepRunning(): Promise<void> {
    this.#troubles.set('broker', `not yet connected to Kafka at ${this.#brokers}`);
    for (let failures = 0; !this.#stopping.signal.aborted;) {
      const started = performance.now();
      const end = await this.#session();
      if (end.kind !== 'failed') continue;
      failures = performance.now() - started > this.#tuning.longestBackoffMs * 3 ? 1 : failures + 1;
      this.#tellFailure(end.error, failures);
      await pause(backoffMs(failures, this.#tuning), this.#stopping.signal);
    }
  }

  async #session(): Promise<SessionEnd> {
    try {
      const session = new ConsumerSession({
        ...this.parts,
        commits: this.#commits,
        troubles: this.#troubles,
        tuning: this.#tuning,
        stopping: this.#stopping.signal,
      });
      return await session.run();
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  #tellFailure(error: unknown, failures: number): void {
    const sentence = `Kafka at ${this.#brokers} cannot be read: ${messageOf(error)}`;
    this.#troubles.set('broker', sentence);
    this.parts.observer.log('error', sentence, { failures });
  }

  get #brokers(): string {
    return this.parts.settings.brokers.join(', ');
  }
}
