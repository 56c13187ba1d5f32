import { jest } from '@jest/globals';
import { DeadLetterPublisher } from '../../../src/intake/kafka/dead-letter-publisher.js';
import { DeadLetterQueue } from '../../../src/store/kafka/dead-letter-queue.js';
import { describeWithKafka } from '../../servers/kafka/describe.js';
import { binary, event, numbers, structured } from './events.js';
import { freshGroup, Rig } from './rig.js';
import { until } from './until.js';

jest.setTimeout(120_000);

describeWithKafka('Kafka intake', (brokers) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.build(brokers);
  });
  afterEach(() => rig.stopReaders());
  afterAll(() => rig.close());

  it('takes structured and binary events, and the key for a missing subject', async () => {
    const topic = await rig.topics.fresh();
    const { subject, ...withoutSubject } = event(2, 'c9');
    const bare = { key: 'c9', value: JSON.stringify(withoutSubject) };
    await rig.topics.put(topic, [structured(0, 'c7'), binary(1, 'c8'), bare]);
    const { engine, intake, watcher } = rig.start([topic], freshGroup());
    await until('three events', () => engine.committed.length === 3);
    const events = engine.batches.flatMap((batch) => batch.events);
    expect(events.map(({ customer, data }) => [customer, data['n']])).toEqual([
      ['c7', 0],
      ['c8', 1],
      [subject, 2],
    ]);
    expect(engine.batches.every(({ source }) => source === 'kafka')).toBe(true);
    expect(watcher.counts).toEqual({ accepted: 3, duplicate: 0, dead: 0 });
    await until('health', () => intake.health() === undefined || intake.health());
  });

  it('puts bad messages on the dead topic with reason and place, and loses no good one between them', async () => {
    const topic = await rig.topics.fresh();
    const bad = [
      { key: 'c1', value: 'no json', headers: { trace: 't1' } },
      { key: 'c1', value: JSON.stringify({ ...event(90), type: 'test.unknown' }) },
      { key: 'c1', value: JSON.stringify({ ...event(91), data: {} }) },
      { key: 'c1', value: null },
      { key: 'c1', value: Buffer.from([0xff, 0xfe]) },
      { key: 'c\0 1', value: '[1]', headers: { odd: 'a\0b' } },
    ];
    const mixed = bad.flatMap((message, i) => [structured(i * 2), message, binary(i * 2 + 1)]);
    await rig.topics.put(topic, mixed);
    const { engine, watcher } = rig.start([topic], freshGroup(), { subBatch: 4 });
    await until('all good ones', () => engine.committed.length === 12 || watcher.lines.join('\n'));
    expect(engine.committed).toEqual(numbers(0, 12));
    expect(watcher.counts).toEqual({ accepted: 12, duplicate: 0, dead: 6 });

    const publisher = new DeadLetterPublisher(
      { brokers: [brokers], ssl: false },
      new DeadLetterQueue(rig.database),
      watcher,
    );
    expect(await publisher.publishPending()).toBe(6);
    expect(await publisher.publishPending()).toBe(0);
    await publisher.close();
    const dead = await rig.topics.read(`${topic}.dead`, 6);
    const header = (name: string): string[] => dead.map(({ headers }) => String(headers?.[name] ?? ''));
    expect(header('peyk-place')).toEqual(['body', 'type', 'data.n', 'body', 'body', 'body']);
    expect(header('peyk-reason')[0]).toMatch(/not JSON/);
    expect(header('peyk-reason')[1]).toMatch(/test\.unknown/);
    expect(header('peyk-source-offset')).toEqual(['1', '4', '7', '10', '13', '16']);
    expect(header('peyk-source-topic')).toEqual(Array(6).fill(topic));
    expect(header('peyk-source-partition')).toEqual(Array(6).fill('0'));
    expect(header('trace')[0]).toBe('t1');
    expect(dead[0]?.key?.toString()).toBe('c1');
    expect(dead[0]?.value?.toString()).toBe('no json');
    expect(dead[4]?.value).toEqual(Buffer.from([0xff, 0xfe]));
  });

  it('hands over at most a sub-batch at once, in order, and tells lag and Kafka how far it is', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await rig.topics.put(
      topic,
      numbers(0, 95).map((n) => structured(n)),
    );
    const { engine, watcher } = rig.start([topic], group, { subBatch: 10 });
    await until('all events', () => engine.committed.length === 95);
    expect(engine.committed).toEqual(numbers(0, 95));
    expect(Math.max(...engine.batches.map(({ events }) => events.length))).toBe(10);
    expect(await rig.next(group, topic)).toBe(95);
    await until('no lag', () => watcher.lags.get(`${topic}/0`) === 0);
    await until('the commit to Kafka', async () => (await rig.topics.committed(group, topic)) === 95);
  });

  it('goes on after a restart where Postgres says, whatever Kafka says', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await rig.topics.put(
      topic,
      numbers(0, 20).map((n) => structured(n)),
    );
    const first = rig.start([topic], group);
    await until('the first run', () => first.engine.committed.length === 20);
    await first.intake.stop();

    await rig.topics.commit(group, topic, 3);
    await rig.setNext(group, topic, 17);
    const behind = rig.start([topic], group);
    await until('what Postgres lacks', () => behind.engine.committed.length === 3);
    await behind.intake.stop();
    expect(behind.engine.committed).toEqual([17, 18, 19]);

    await rig.topics.commit(group, topic, 20);
    await rig.setNext(group, topic, 5);
    const ahead = rig.start([topic], group);
    await until('what Postgres lacks', () => ahead.engine.committed.length === 15);
    expect(ahead.engine.committed).toEqual(numbers(5, 20));
    expect(ahead.watcher.missedMessages).toBe(0n);
  });

  it('pushes back on a slow engine: no more than a fetch is in hand, the membership lasts, nothing is lost', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    const big = numbers(0, 400).map((n) => ({ ...structured(n), headers: { padding: 'x'.repeat(5_000) } }));
    await rig.topics.put(topic, big);
    const tuning = { subBatch: 50, bytesPerPartition: 300_000, sessionTimeoutMs: 2_000 };
    const reader = rig.start([topic], group, tuning);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let waiting = 0;
    reader.engine.inTransaction = async () => {
      waiting += 1;
      await gate;
    };
    await until('the first sub-batch', () => waiting === 1);
    const held = Date.now();
    await until('longer than the session', () => Date.now() - held > 3_000);
    expect(waiting).toBe(1);
    release();
    await until('all events', () => reader.engine.committed.length === 400);
    expect(reader.engine.committed).toEqual(numbers(0, 400));
    expect(reader.watcher.lines.filter((line) => line.includes('partitions assigned'))).toHaveLength(1);
  });

  it('stops after the sub-batch in hand, and the next run goes on from there', async () => {
    const topic = await rig.topics.fresh();
    const group = freshGroup();
    await rig.topics.put(
      topic,
      numbers(0, 100).map((n) => structured(n)),
    );
    const first = rig.start([topic], group, { subBatch: 10 });
    let stopped: Promise<void> | undefined;
    first.engine.inTransaction = async () => {
      if (first.engine.batches.length === 2) stopped ??= first.intake.stop();
    };
    await until('the stop', () => stopped !== undefined);
    await stopped;
    expect(first.engine.committed).toEqual(numbers(0, 30));
    expect(await rig.next(group, topic)).toBe(30);
    expect(await rig.topics.committed(group, topic)).toBe(30);
    const second = rig.start([topic], group);
    await until('the rest', () => second.engine.committed.length === 70);
    expect(second.engine.committed).toEqual(numbers(30, 100));
  });

  it('stops in time though the engine hangs', async () => {
    const topic = await rig.topics.fresh();
    await rig.topics.put(topic, [structured(0)]);
    const { engine, intake } = rig.start([topic], freshGroup(), { stopWithinMs: 300 });
    let release: () => void = () => undefined;
    let isHanging = false;
    engine.inTransaction = () => {
      isHanging = true;
      return new Promise<void>((resolve) => (release = resolve));
    };
    await until('a hanging engine', () => isHanging);
    const before = Date.now();
    await intake.stop();
    expect(Date.now() - before).toBeLessThan(20_000);
    release();
    await until('the end of the batch', () => engine.committed.length === 1);
  });

  it('waits for a database that is away, says so, and leaves nothing out', async () => {
    const topic = await rig.topics.fresh();
    await rig.topics.put(
      topic,
      numbers(0, 30).map((n) => structured(n)),
    );
    const { engine, intake } = rig.start([topic], freshGroup(), { subBatch: 10 });
    let failures = 0;
    engine.inTransaction = () => {
      if (engine.batches.length !== 1 || failures === 3) return Promise.resolve();
      failures += 1;
      return Promise.reject(new Error('the database is away'));
    };
    await until('its word', () => intake.health()?.includes('the database is away') === true);
    expect(intake.health()).toContain(`${topic}/0`);
    await until('all events', () => engine.committed.length === 30);
    expect(engine.committed).toEqual(numbers(0, 30));
    await until('health', () => intake.health() === undefined || intake.health());
  });
});
