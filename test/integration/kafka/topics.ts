import { randomUUID } from 'node:crypto';
import kafkajs, { type Admin, type Kafka, type KafkaMessage, type Message, type Producer } from 'kafkajs';
import { until } from './until.js';

/** Topics on the real broker, and what is put on and read from them. */
export class Topics {
  readonly #kafka: Kafka;
  readonly admin: Admin;
  readonly producer: Producer;

  private constructor(brokers: string) {
    this.#kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
    this.admin = this.#kafka.admin();
    this.producer = this.#kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  }

  static async connect(brokers: string): Promise<Topics> {
    const topics = new Topics(brokers);
    await Promise.all([topics.admin.connect(), topics.producer.connect()]);
    return topics;
  }

  async close(): Promise<void> {
    await Promise.all([this.admin.disconnect(), this.producer.disconnect()]);
  }

  /** A topic that no other test has. */
  async fresh(partitions = 1): Promise<string> {
    const topic = `test.${randomUUID()}`;
    await this.create(topic, partitions);
    return topic;
  }

  async create(topic: string, partitions = 1, settings: Record<string, string> = {}): Promise<void> {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    await this.admin.createTopics({
      // kafkajs gives up where the broker has made the topic and does not tell of it yet.
      waitForLeaders: false,
      topics: [{ topic, numPartitions: partitions, replicationFactor: 1, configEntries }],
    });
    await this.untilReady(topic, partitions);
  }

  /**
   * Until the leader of each partition answers: it may be named before that, and a producer that meets one which does not answer
   * yet writes to the others of that request twice.
   */
  async untilReady(topic: string, partitions: number): Promise<void> {
    const answering = async (): Promise<number> => (await this.admin.fetchTopicOffsets(topic).catch(() => [])).length;
    await until('the leaders of the topic', async () => (await answering()) === partitions);
  }

  async remove(topic: string): Promise<void> {
    await this.admin.deleteTopics({ topics: [topic] });
    await until('the end of the topic', async () => !(await this.admin.listTopics()).includes(topic));
  }

  async put(topic: string, messages: readonly Message[]): Promise<void> {
    // A request holds at most what the broker takes as one message (1 MB).
    for (let from = 0; from < messages.length; from += 100) {
      await this.producer.send({ topic, messages: messages.slice(from, from + 100) });
    }
  }

  async transaction(topic: string, messages: readonly Message[], end: 'commit' | 'abort'): Promise<void> {
    const producer = this.#kafka.producer({
      transactionalId: randomUUID(),
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [...messages] });
    await transaction[end]();
    await producer.disconnect();
  }

  /** As retention does: what lies before `offset` goes. */
  async deleteBefore(topic: string, offset: number): Promise<void> {
    // kafkajs looks for the leader before it has asked who that is.
    await this.admin.fetchTopicOffsets(topic);
    await this.admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  }

  /** Sets what the group has committed to Kafka; the group must have no members. */
  async commit(group: string, topic: string, offset: number): Promise<void> {
    const consumer = this.#kafka.consumer({ groupId: group, maxWaitTimeInMs: 50 });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic] });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: () => Promise.resolve() });
    await consumer.commitOffsets([{ topic, partition: 0, offset: String(offset) }]);
    await consumer.disconnect();
  }

  /** The offset that the group has committed to Kafka, for tools; -1 for none. */
  async committed(group: string, topic: string, partition = 0): Promise<number> {
    const [found] = await this.admin.fetchOffsets({ groupId: group, topics: [topic] });
    return Number(found?.partitions.find((each) => each.partition === partition)?.offset ?? -1);
  }

  /** The first `count` messages of a topic, by a plain consumer. */
  async read(topic: string, count: number): Promise<KafkaMessage[]> {
    const consumer = this.#kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 100 });
    const messages: KafkaMessage[] = [];
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        messages.push(message);
        return Promise.resolve();
      },
    });
    await until(`${String(count)} messages on ${topic}`, () => messages.length >= count || messages.length);
    await consumer.disconnect();
    return messages;
  }
}
