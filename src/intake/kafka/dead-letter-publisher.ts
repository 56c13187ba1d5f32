import { deadLetterMessage, deadTopic, withoutValue, type PublishableLetter } from './dead-letter-message.js';
import type { KafkaConnection } from './kafka-connection.js';
import type { KafkaObserver } from './kafka-observer.js';
import { TopicWriter } from './topic-writer.js';

/** Where the letters wait (`DeadLetterQueue` on Postgres is one). */
export interface UnpublishedLetters {
  /** Hands over the oldest slice, and marks it when `publish` resolves; answers how many. */
  publishSlice(publish: (letters: readonly PublishableLetter[]) => Promise<void>): Promise<number>;
}

/** Copies dead letters from Kafka to `<topic>.dead`, in order, at least once. The rows of the table stay the truth. */
export class DeadLetterPublisher {
  readonly #writer: TopicWriter;

  constructor(
    connection: KafkaConnection,
    private readonly letters: UnpublishedLetters,
    observer: Pick<KafkaObserver, 'log'>,
  ) {
    this.#writer = new TopicWriter(connection, observer);
  }

  /** Publishes all that wait and answers how many. Throws when the broker or the database does; what was not copied stays. */
  async publishPending(): Promise<number> {
    let published = 0;
    for (;;) {
      const count = await this.letters.publishSlice((slice) => this.#publish(slice));
      if (count === 0) return published;
      published += count;
    }
  }

  close(): Promise<void> {
    return this.#writer.close();
  }

  async #publish(slice: readonly PublishableLetter[]): Promise<void> {
    const topics = new Set(slice.map(({ topic }) => deadTopic(topic)));
    for (const topic of topics) {
      const letters = slice.filter((letter) => deadTopic(letter.topic) === topic);
      await this.#writer.write(topic, letters, deadLetterMessage, (message, { no }) => withoutValue(message, no));
    }
  }
}
