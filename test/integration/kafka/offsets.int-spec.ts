import { jest } from '@jest/globals';
import { describeWithKafka } from '../../servers/kafka/describe.js';
import { numbers, structured } from './events.js';
import { freshGroup, Rig } from './rig.js';
import { Topics } from './topics.js';
import { until } from './until.js';

jest.setTimeout(120_000);

const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
const customerOf = (n: number): string => `c${String(n)}`;

describeWithKafka('Kafka offsets in Postgres', (brokers) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.build(brokers);
  });
  afterEach(() => rig.stopReaders());
  afterAll(() => rig.close());

  const put = (topic: string, from: number, to: number): Promise<void> =>
    rig.topics.put(
      topic,
      numbers(from, to).map((n) => structured(n, customerOf(n))),
    );

  it('fence a consumer whose partition another one has moved: it rolls back, reads again and goes on from there', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await put(topic, 0, 40);
    const { engine, watcher } = rig.start([topic], group, { subBatch: 10 });
    let thieves = 0;
    engine.inTransaction = async ({ move }) => {
      if (move?.from !== 10n || thieves > 0) return;
      thieves += 1;
      await rig.setNext(group, topic, 25);
    };
    await until('the rest', () => engine.committed.at(-1) === 39);
    expect(engine.committed).toEqual([...numbers(0, 10), ...numbers(25, 40)]);
    expect(watcher.has('another consumer has moved this partition')).toBe(true);
    expect(await rig.next(group, topic)).toBe(40);
  });

  it('are made again from the earliest message where someone deleted them', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await put(topic, 0, 20);
    const { engine } = rig.start([topic], group, { subBatch: 10 });
    let deleted = false;
    engine.inTransaction = async ({ move }) => {
      if (move?.from !== 10n || deleted) return;
      deleted = true;
      await rig.forgetOffsets(group);
    };
    await until('everything once more', () => engine.committed.length === 30);
    expect(engine.committed).toEqual([...numbers(0, 10), ...numbers(0, 20)]);
  });

  it('keep every event once while consumers come and go in mid-batch', async () => {
    const topic = await rig.topics.fresh(4);
    const group = freshGroup();
    await put(topic, 0, 2_000);
    const tuning = { subBatch: 10, bytesPerPartition: 20_000 };
    const first = rig.start([topic], group, tuning);
    await until('the first consumer to be at it', () => first.engine.committed.length > 100);
    const second = rig.start([topic], group, tuning);
    await until('the second to take over partitions', () => second.engine.committed.length > 100);
    const third = rig.start([topic], group, tuning);
    await put(topic, 2_000, 2_500);
    await second.intake.stop();
    const all = (): number[] => [first, second, third].flatMap(({ engine }) => engine.committed);
    await until('all events', () => all().length >= 2_500 || all().length);
    expect(sorted(all())).toEqual(numbers(0, 2_500));
    const nexts = await Promise.all([0, 1, 2, 3].map((partition) => rig.next(group, topic, partition)));
    expect(nexts.reduce((sum, next) => sum + next)).toBe(2_500);
  });

  it('hold where the batch of a consumer is still under way when its partition moves to another', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await put(topic, 0, 20);
    const tuning = { subBatch: 10, heartbeatMs: 500, sessionTimeoutMs: 1_500 };
    const zombie = rig.start([topic], group, tuning);
    let release: () => void = () => undefined;
    let isHanging = false;
    zombie.engine.inTransaction = () => {
      isHanging = true;
      return new Promise<void>((resolve) => (release = resolve));
    };
    await until('a batch under way', () => isHanging);
    // Its rebalance time-out (twice the session's) passes while the batch hangs: it is thrown out.
    const heir = rig.start([topic], group, tuning);
    try {
      await until('the heir to have all', () => heir.engine.committed.length === 20);
    } finally {
      zombie.engine.inTransaction = () => Promise.resolve();
      release();
    }
    await put(topic, 20, 40);
    const all = (): number[] => [...zombie.engine.committed, ...heir.engine.committed];
    await until('the rest', () => all().length >= 40 || all().length);
    expect(sorted(all())).toEqual(numbers(0, 40));
  });

  it('begin at the earliest message of a partition that was added', async () => {
    const topic = await rig.topics.fresh(1);
    const group = freshGroup();
    await put(topic, 0, 10);
    const { engine } = rig.start([topic], group, { metadataMaxAgeMs: 300 });
    await until('the first partition', () => engine.committed.length === 10);
    await rig.topics.admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    await rig.topics.untilReady(topic, 3);
    // A producer that knows of the new partitions: kafkajs drops, and says nothing, what is for one it does not know.
    const informed = await Topics.connect(brokers);
    const messages = [1, 2].map((partition) => ({ ...structured(90 + partition), partition }));
    const written = await informed.producer.send({ topic, messages });
    expect(written.map(({ partition }) => partition).sort()).toEqual([1, 2]);
    await informed.close();
    await until('the new partitions', () => engine.committed.length === 12);
    expect(sorted(engine.committed)).toEqual([...numbers(0, 10), 91, 92]);
    expect(await rig.next(group, topic, 2)).toBe(1);
  });

  it('start over when the topic is made anew under a consumer, also when it has grown past the old offset at once', async () => {
    const topic = await rig.topics.fresh();
    const { engine, watcher } = rig.start([topic], freshGroup());
    await put(topic, 0, 10);
    await until('the first topic', () => engine.committed.length === 10);
    let size = 10;
    for (let round = 1; round <= 4; round += 1) {
      await rig.topics.remove(topic);
      await rig.topics.create(topic);
      engine.committed.length = 0;
      // At once, so that the consumer may see the new topic for the first time when it is longer than the old one.
      const messages = numbers(round * 100, round * 100 + size + 5).map((n) => structured(n));
      await rig.topics.producer.send({ topic, messages });
      size += 5;
      await until('the new topic', () => engine.committed.length >= size || watcher.lines.join('\n'));
      expect(engine.committed).toEqual(numbers(round * 100, round * 100 + size));
    }
    expect(watcher.missedMessages).toBe(0n);
  });

  it('start over when the topic was made anew while nobody read', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await put(topic, 0, 10);
    const before = rig.start([topic], group);
    await until('the old topic', () => before.engine.committed.length === 10);
    await before.intake.stop();
    await rig.topics.remove(topic);
    await rig.topics.create(topic);
    await put(topic, 100, 103);
    const after = rig.start([topic], group);
    await until('the new topic', () => after.engine.committed.length >= 3 || after.watcher.lines.join('\n'));
    expect(after.engine.committed).toEqual([100, 101, 102]);
    expect(after.watcher.has('the topic was made anew')).toBe(true);
    expect(await rig.next(group, topic)).toBe(3);
  });

  it('count what retention deleted before it was read, and go on with what is left', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await put(topic, 0, 20);
    await rig.setNext(group, topic, 5);
    await rig.topics.deleteBefore(topic, 12);
    const { engine, watcher } = rig.start([topic], group);
    await until('what is left', () => engine.committed.length === 8);
    expect(engine.committed).toEqual(numbers(12, 20));
    expect(watcher.missedMessages).toBe(7n);
    expect(await rig.missed(group, topic)).toBe(7);
    expect(watcher.has('the broker deleted messages before they were read')).toBe(true);
  });

  it('count what retention deletes under a consumer that lags', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await put(topic, 0, 100);
    const { engine, watcher } = rig.start([topic], group, { subBatch: 10, bytesPerPartition: 500 });
    let isDeleted = false;
    engine.inTransaction = async ({ move }) => {
      if (isDeleted || (move?.to ?? 0n) < 10n) return;
      isDeleted = true;
      await rig.topics.deleteBefore(topic, 100);
    };
    await until('the deletion', () => isDeleted);
    await put(topic, 100, 110);
    await until('what came later', () => engine.committed.at(-1) === 109 || watcher.lines.join('\n'));
    expect(engine.committed.filter((n) => n >= 100)).toEqual(numbers(100, 110));
    expect(engine.committed.length + Number(watcher.missedMessages)).toBe(110);
    expect(await rig.missed(group, topic)).toBe(Number(watcher.missedMessages));
  });

  it('take gaps as they are: compaction and markers of transactions are nothing that was missed', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await put(topic, 0, 3);
    const { engine, watcher } = rig.start([topic], group);
    await until('the first', () => engine.committed.length === 3);
    await rig.topics.transaction(topic, [structured(3)], 'commit');
    await rig.topics.transaction(topic, [structured(90)], 'abort');
    await rig.topics.transaction(topic, [structured(4), structured(5)], 'commit');
    await until('what was committed', () => engine.committed.length === 6 || engine.committed);
    await put(topic, 6, 8);
    await until('all', () => engine.committed.length === 8 || watcher.lines.join('\n'));
    expect(engine.committed).toEqual(numbers(0, 8));
    expect(watcher.missedMessages).toBe(0n);
    expect(watcher.has('the topic was made anew')).toBe(false);
    expect(await rig.next(group, topic)).toBe(12);
  });
});
