import { DeadLetters } from '../../../src/intake/dead-letters.js';
import type { DeadLetter, EventOutcome } from '../../../src/intake/intake.js';
import { DeadLetterPublisher } from '../../../src/intake/kafka/dead-letter-publisher.js';
import { createEventValidator } from '../../../src/intake/validate-event.js';
import { statement } from '../../../src/store/connection.js';
import { insertDeadLetters } from '../../../src/store/engine/insert-dead-letters.sql.js';
import { DeadLetterQueue } from '../../../src/store/kafka/dead-letter-queue.js';
import { describeWithKafka } from '../../servers/kafka/describe.js';
import { event, numbers, rules } from './events.js';
import { columns } from './recording-engine.js';
import { Rig } from './rig.js';
import { Watcher } from './watcher.js';
import { until } from './until.js';

const unpublished = statement<{ count: number }>(
  'test-unpublished',
  'select count(*) as count from dead_letter where topic is not null and published_at is null',
);
const forgetLetters = statement('test-forget-letters', 'truncate dead_letter');

function letter(topic: string | undefined, offset: number, payload: string | Buffer): DeadLetter {
  return {
    source: topic === undefined ? 'http' : 'kafka',
    origin: topic === undefined ? undefined : `${topic}/0/${String(offset)}`,
    topic,
    key: 'c1',
    payload: Buffer.from(payload),
    headers: { 'content-type': 'application/cloudevents+json', note: 'سلام' },
    place: 'data.n',
    reason: 'is missing; a number',
  };
}

describeWithKafka('Dead letters', (brokers) => {
  let rig: Rig;
  let publisher: DeadLetterPublisher;
  beforeAll(async () => {
    rig = await Rig.build(brokers);
    publisher = publisherOn(brokers);
  });
  beforeEach(() => rig.database.run(forgetLetters));
  afterAll(async () => {
    await publisher.close();
    await rig.close();
  });

  const publisherOn = (address: string): DeadLetterPublisher =>
    new DeadLetterPublisher({ brokers: [address], ssl: false }, new DeadLetterQueue(rig.database), new Watcher());
  const keep = async (...letters: DeadLetter[]): Promise<void> => {
    await rig.database.run(insertDeadLetters, columns(letters));
  };
  const waiting = async (): Promise<number> => (await rig.database.run(unpublished))[0]?.count ?? -1;

  describe('on their way to the dead topic', () => {
    it('go in order, in slices, once each; those that came by HTTP stay', async () => {
      const topic = await rig.topics.fresh();
      await keep(...numbers(0, 450).map((n) => letter(topic, n, String(n))), letter(undefined, 0, 'http'));
      expect(await publisher.publishPending()).toBe(450);
      expect(await publisher.publishPending()).toBe(0);
      const dead = await rig.topics.read(`${topic}.dead`, 450);
      expect(dead.map(({ value }) => Number(value?.toString()))).toEqual(numbers(0, 450));
      expect(String(dead[0]?.headers?.['note'])).toBe('سلام');
    });

    it('wait while the broker is away', async () => {
      const topic = await rig.topics.fresh();
      await keep(letter(topic, 0, 'a'));
      const lost = publisherOn('127.0.0.1:1');
      await expect(lost.publishPending()).rejects.toThrow(/127\.0\.0\.1:1|Connection/);
      await lost.close();
      expect(await waiting()).toBe(1);
      expect(await publisher.publishPending()).toBe(1);
      expect(await waiting()).toBe(0);
    });

    it('lose their value, and say so, where they are larger than the topic takes; those beside them do not', async () => {
      const topic = await rig.topics.fresh();
      await rig.topics.create(`${topic}.dead`, 1, { 'max.message.bytes': '5000' });
      await keep(letter(topic, 0, 'small'), letter(topic, 1, Buffer.alloc(6_000, 'x')), letter(topic, 2, 'small too'));
      expect(await publisher.publishPending()).toBe(3);
      const dead = await rig.topics.read(`${topic}.dead`, 3);
      expect(dead.map(({ value }) => value?.toString())).toEqual(['small', '', 'small too']);
      expect(String(dead[1]?.headers?.['peyk-value'])).toMatch(/too large to copy: npx peyk dead-letters show \d+/);
    });

    it('are copied by one process at a time', async () => {
      const topic = await rig.topics.fresh();
      await keep(...numbers(0, 300).map((n) => letter(topic, n, String(n))));
      const other = publisherOn(brokers);
      const counts = await Promise.all([publisher.publishPending(), other.publishPending()]);
      await other.close();
      expect(counts[0] + counts[1]).toBe(300);
      expect(await rig.topics.read(`${topic}.dead`, 300)).toHaveLength(300);
    });
  });

  describe('for people', () => {
    const outcomes: EventOutcome[] = [];
    const decided: string[] = [];
    const letters = (): DeadLetters =>
      new DeadLetters(rig.database, createEventValidator(rules), {
        decide: ({ source, events }) => {
          decided.push(...events.map(({ id }) => `${source} ${id}`));
          return Promise.resolve(events.map(() => outcomes.shift() ?? { kind: 'accepted' }));
        },
      });
    beforeEach(() => {
      decided.length = 0;
      outcomes.length = 0;
    });

    it('are listed newest first, by page and source, and shown whole', async () => {
      await keep(letter('t', 0, 'a'), letter('t', 1, 'bb'), letter(undefined, 0, 'ccc'));
      const all = await letters().list();
      expect(all.map(({ bytes, source }) => [bytes, source])).toEqual([
        [3, 'http'],
        [2, 'kafka'],
        [1, 'kafka'],
      ]);
      const page = await letters().list({ source: 'kafka', before: all[1]?.no ?? 0, limit: 5 });
      expect(page.map(({ origin }) => origin)).toEqual(['t/0/0']);
      const shown = await letters().show(page[0]?.no ?? 0);
      expect(shown).toMatchObject({
        topic: 't',
        key: 'c1',
        place: 'data.n',
        payload: Buffer.from('a'),
        headers: { note: 'سلام' },
      });
      expect(await letters().show(999_999)).toBeUndefined();
      expect(await letters().show(Number.NaN)).toBeUndefined();
    });

    it('are replayed on the path of every event, once', async () => {
      await keep(letter('t', 0, JSON.stringify(event(7))));
      const no = (await letters().list())[0]?.no ?? 0;
      expect(await letters().replay(no)).toEqual({ kind: 'accepted' });
      expect(decided).toEqual(['kafka e7']);
      expect((await letters().replay(no)).kind).toBe('replayed_before');
      expect(decided).toHaveLength(1);
      expect(await letters().list()).toEqual([]);
      expect(await letters().list({ replayed: true })).toHaveLength(1);
    });

    it('stay to be replayed while they are refused, and tell what the engine made of them', async () => {
      await keep(letter('t', 0, JSON.stringify({ ...event(7), data: {} })), letter('t', 1, JSON.stringify(event(8))));
      const [good, bad] = await letters().list();
      const refusals = [{ place: 'data.n', message: 'is missing; a number' }];
      expect(await letters().replay(bad?.no ?? 0)).toEqual({ kind: 'refused', refusals });
      outcomes.push({ kind: 'duplicate' });
      expect(await letters().replay(good?.no ?? 0)).toEqual({ kind: 'duplicate' });
      expect((await letters().list()).map(({ no }) => no)).toEqual([bad?.no]);
      expect(await letters().replay(999_999)).toEqual({ kind: 'not_found' });
    });
  });

  it('of one message are kept once, however often it is read', async () => {
    await keep(letter('t', 0, 'a'));
    await keep(letter('t', 0, 'a'));
    await until('one letter', async () => (await waiting()) === 1);
  });
});
