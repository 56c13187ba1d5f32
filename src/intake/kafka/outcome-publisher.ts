import { reach } from '../../crash-points.js';
import type { KafkaConnection } from './kafka-connection.js';
import type { KafkaObserver } from './kafka-observer.js';
import { OUTCOMES, outcomeMessage, withoutData, type PublishableOutcome } from './outcome-message.js';
import { TopicWriter } from './topic-writer.js';

/** Where outcomes wait (`OutcomeQueue` on Postgres is one). */
export interface UnpublishedOutcomes {
  /** Hands over the oldest slice, and marks it when `publish` resolves; answers how many. */
  publishSlice(publish: (outcomes: readonly PublishableOutcome[]) => Promise<void>): Promise<number>;
  /** Takes away a slice of what was published long ago; answers how many. */
  pruneSlice(): Promise<number>;
}

/** Tells the business what became of its customers: at least once, and in order for each. */
export class OutcomePublisher {
  readonly #writer: TopicWriter;
  #closing = false;

  constructor(
    connection: KafkaConnection,
    private readonly outcomes: UnpublishedOutcomes,
    observer: Pick<KafkaObserver, 'log'>,
    private readonly topic = OUTCOMES,
  ) {
    this.#writer = new TopicWriter(connection, observer);
  }

  /** Publishes all that wait and answers how many. Throws when the broker or the database does; what was not told stays. */
  publishPending(): Promise<number> {
    return this.#drain(() => this.outcomes.publishSlice((slice) => this.#publish(slice)));
  }

  prune(): Promise<number> {
    return this.#drain(() => this.outcomes.pruneSlice());
  }

  /** Begins no further slice. */
  finish(): void {
    this.#closing = true;
  }

  async close(): Promise<void> {
    this.finish();
    await this.#writer.close();
  }

  async #drain(work: () => Promise<number>): Promise<number> {
    for (let sum = 0; ;) {
      const count = this.#closing ? 0 : await work();
      if (count === 0) return sum;
      sum += count;
    }
  }

  async #publish(slice: readonly PublishableOutcome[]): Promise<void> {
    await this.#writer.write(this.topic, slice, outcomeMessage, withoutData);
    reach('outcomes.told');
  }
}
