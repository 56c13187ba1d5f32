import kafkajs, { type Admin, type Kafka, type Message, type Producer } from 'kafkajs';
import { deadLetterMessage, deadTopic, withoutValue, type PublishableLetter } from './dead-letter-message.js';
import { kafkaClient, type KafkaConnection } from './kafka-connection.js';
import type { KafkaObserver } from './kafka-observer.js';

/** Where the letters wait (`DeadLetterQueue` on Postgres is one). */
export interface UnpublishedLetters {
  /** Hands over the oldest slice, and marks it when `publish` resolves; answers how many. */
  publishSlice(publish: (letters: readonly PublishableLetter[]) => Promise<void>): Promise<number>;
}

/** Copies dead letters from Kafka to `<topic>.dead`, in order, at least once. The rows of the table stay the truth. */
export class DeadLetterPublisher {
  readonly #kafka: Kafka;
  readonly #topicsThere = new Set<string>();
  #producer: Promise<Producer> | undefined;

  constructor(
    connection: KafkaConnection,
    private readonly letters: UnpublishedLetters,
    observer: Pick<KafkaObserver, 'log'>,
  ) {
    this.#kafka = kafkaClient(connection, (level, message, fields) => {
      observer.log(level, message, fields);
    });
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

  async close(): Promise<void> {
    const producer = await this.#producer?.catch(() => undefined);
    this.#producer = undefined;
    await producer?.disconnect();
  }

  async #publish(slice: readonly PublishableLetter[]): Promise<void> {
    const topics = new Set(slice.map(({ topic }) => deadTopic(topic)));
    await this.#ensureTopics(topics);
    const producer = await this.#connected();
    for (const topic of topics) {
      await this.#send(
        producer,
        topic,
        slice.filter((letter) => deadTopic(letter.topic) === topic),
      );
    }
  }

  async #send(producer: Producer, topic: string, letters: readonly PublishableLetter[]): Promise<void> {
    try {
      await producer.send({ topic, messages: letters.map(deadLetterMessage) });
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      for (const letter of letters) await this.#sendAlone(producer, topic, letter);
    }
  }

  async #sendAlone(producer: Producer, topic: string, letter: PublishableLetter): Promise<void> {
    const message: Message = deadLetterMessage(letter);
    try {
      await producer.send({ topic, messages: [message] });
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      await producer.send({ topic, messages: [withoutValue(message, letter.no)] });
    }
  }

  /** A dead topic that is not there is made, with the broker's own defaults. */
  async #ensureTopics(topics: ReadonlySet<string>): Promise<void> {
    if ([...topics].every((topic) => this.#topicsThere.has(topic))) return;
    const admin = this.#kafka.admin();
    try {
      await admin.connect();
      await createMissing(admin, topics);
      for (const topic of topics) this.#topicsThere.add(topic);
    } finally {
      await admin.disconnect();
    }
  }

  async #connected(): Promise<Producer> {
    this.#producer ??= this.#connect();
    try {
      return await this.#producer;
    } catch (error) {
      this.#producer = undefined;
      throw error;
    }
  }

  async #connect(): Promise<Producer> {
    const producer = this.#kafka.producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    return producer;
  }
}

async function createMissing(admin: Admin, topics: ReadonlySet<string>): Promise<void> {
  const there = new Set(await admin.listTopics());
  const missing = [...topics].filter((topic) => !there.has(topic));
  if (missing.length === 0) return;
  await admin.createTopics({ topics: missing.map((topic) => ({ topic, numPartitions: -1, replicationFactor: -1 })) });
}

function isTooLarge(error: unknown): boolean {
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  const causes = error instanceof Error && error.cause !== undefined ? isTooLarge(error.cause) : false;
  return type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE' || causes;
}
