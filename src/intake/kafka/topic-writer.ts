import kafkajs, { type Admin, type Kafka, type Message, type Producer } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from './kafka-connection.js';
import type { KafkaObserver } from './kafka-observer.js';

/** Writes to topics, in order; one that is not there is made, with the broker's own defaults. Connects when it first has to. */
export class TopicWriter {
  readonly #kafka: Kafka;
  readonly #topicsThere = new Set<string>();
  #producer: Promise<Producer> | undefined;

  constructor(connection: KafkaConnection, observer: Pick<KafkaObserver, 'log'>) {
    this.#kafka = kafkaClient(connection, (level, message, fields) => {
      observer.log(level, message, fields);
    });
  }

  /** Messages that are too large together are sent one by one; one that is too large by itself becomes what `smaller` makes of it. */
  async write<Item>(
    topic: string,
    items: readonly Item[],
    messageOf: (item: Item) => Message,
    smaller: (message: Message, item: Item) => Message,
  ): Promise<void> {
    await this.#ensureTopic(topic);
    const producer = await this.#connected();
    const messages = items.map(messageOf);
    if (await taken(producer, topic, messages)) return;
    for (const [place, item] of items.entries()) {
      const message = messages[place];
      if (message === undefined || (await taken(producer, topic, [message]))) continue;
      await producer.send({ topic, messages: [smaller(message, item)] });
    }
  }

  async close(): Promise<void> {
    const producer = await this.#producer?.catch(() => undefined);
    this.#producer = undefined;
    await producer?.disconnect();
  }

  async #ensureTopic(topic: string): Promise<void> {
    if (this.#topicsThere.has(topic)) return;
    const admin = this.#kafka.admin();
    try {
      await admin.connect();
      await createMissing(admin, topic);
      this.#topicsThere.add(topic);
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

async function createMissing(admin: Admin, topic: string): Promise<void> {
  const there = await admin.listTopics();
  if (there.includes(topic)) return;
  await admin.createTopics({ topics: [{ topic, numPartitions: -1, replicationFactor: -1 }] });
}

/** False where they are larger than the broker takes. */
async function taken(producer: Producer, topic: string, messages: Message[]): Promise<boolean> {
  try {
    await producer.send({ topic, messages });
    return true;
  } catch (error) {
    if (isTooLarge(error)) return false;
    throw error;
  }
}

function isTooLarge(error: unknown): boolean {
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  const causes = error instanceof Error && error.cause !== undefined ? isTooLarge(error.cause) : false;
  return type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE' || causes;
}
