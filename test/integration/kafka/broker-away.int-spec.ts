import { jest } from '@jest/globals';
import type { KafkaBroker } from '../../servers/kafka/broker.js';
import { describeWithKafka } from '../../servers/kafka/describe.js';
import { startKafka } from '../../servers/kafka/start.js';
import { numbers, structured } from './events.js';
import { freshGroup, Rig } from './rig.js';
import { Topics } from './topics.js';
import { until } from './until.js';

jest.setTimeout(120_000);

describeWithKafka('Kafka intake on a broker of its own', () => {
  let broker: KafkaBroker;
  let rig: Rig;
  beforeAll(async () => {
    const started = await startKafka({ own: true });
    if ('unavailable' in started) throw new Error(started.unavailable);
    broker = started;
    rig = await Rig.build(broker.brokers);
  });
  afterEach(() => rig.stopReaders());
  afterAll(async () => {
    await rig.close();
    await broker.stop();
  });

  it('says that the broker is away, comes back with it, and neither loses nor repeats an event', async () => {
    const topic = await rig.topics.fresh(2);
    const group = freshGroup();
    await rig.topics.put(
      topic,
      numbers(0, 50).map((n) => structured(n, `c${String(n)}`)),
    );
    const { engine, intake, watcher } = rig.start([topic], group, { sessionTimeoutMs: 5_000 });
    // A broker that has just begun makes its own topics first.
    await until('the first events', () => engine.committed.length === 50 || watcher.lines.slice(-5).join('\n'), 60_000);
    await broker.kill('SIGKILL');
    await until('its word', () => intake.health()?.includes(`Kafka at ${broker.brokers} cannot be read`) === true);
    await broker.restart();
    const late = await Topics.connect(broker.brokers);
    await late.put(
      topic,
      numbers(50, 80).map((n) => structured(n, `c${String(n)}`)),
    );
    await late.close();
    await until('the later events', () => engine.committed.length >= 80 || watcher.lines.slice(-5).join('\n'), 60_000);
    expect([...engine.committed].sort((a, b) => a - b)).toEqual(numbers(0, 80));
    await until('health', () => intake.health() === undefined || intake.health());
  });

  it('starts before there is a broker, and stops at once while there is none', async () => {
    await broker.kill('SIGKILL');
    const { intake } = rig.start(['whatever'], freshGroup());
    expect(intake.health()).toContain('not yet connected to Kafka');
    await until('its word', () => intake.health()?.includes('cannot be read') === true);
    const before = Date.now();
    await intake.stop();
    expect(Date.now() - before).toBeLessThan(10_000);
    await broker.restart();
  });

  it('reads the topics that are there, names the missing one, and takes it up when it is made', async () => {
    const topics = await Topics.connect(broker.brokers);
    const there = await topics.fresh();
    const missing = `${there}.later`;
    await topics.put(there, [structured(1)]);
    const { engine, intake } = rig.start([there, missing], freshGroup(), { silenceMs: 2_000 });
    await until('the topic that is there', () => engine.committed.length === 1);
    expect(intake.health()).toContain(`no such topic on the broker: ${missing}`);
    await topics.create(missing);
    await topics.put(missing, [structured(2)]);
    await until('the other one', () => engine.committed.length === 2);
    await until('health', () => intake.health() === undefined || intake.health());
    await topics.close();
  });
});
