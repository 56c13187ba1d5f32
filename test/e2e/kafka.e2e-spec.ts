import { jest } from '@jest/globals';
import type { Message } from 'kafkajs';
import { Topics } from '../integration/kafka/topics.js';
import { until } from '../integration/kafka/until.js';
import { describeWithKafka } from '../servers/kafka/describe.js';
import { event, type ShopEvent, metric, phoneOf, post, put, readiness, ready, received } from './shop.js';
import { freePort, World } from './world.js';

jest.setTimeout(180_000);

const world = new World();
afterEach(() => world.end());

function structured(body: ShopEvent): Message {
  const headers = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
  return { key: body.subject, value: JSON.stringify(body), headers };
}

function binary({ specversion, id, source, type, subject, data }: ShopEvent): Message {
  const attributes = { ce_specversion: specversion, ce_id: id, ce_source: source, ce_type: type };
  const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value]));
  return {
    key: subject,
    value: JSON.stringify(data),
    headers: { ...headers, 'content-type': 'application/json' },
  };
}

describeWithKafka('events on a Kafka topic', (brokers) => {
  let topics: Topics;
  beforeAll(async () => {
    topics = await Topics.connect(brokers);
  });
  afterAll(() => topics.close());

  it('become messages, each once; what cannot be taken goes to the dead letters and is replayed once it is mended', async () => {
    const { fake, env } = await world.kavenegar();
    const files = world.files();
    const topic = await topics.fresh(3);
    await topics.create(`${topic}.dead`);
    const kafka = { PEYK_KAFKA_BROKERS: brokers, PEYK_KAFKA_TOPICS: topic, PEYK_KAFKA_GROUP: topic };
    const { url, peyk, database } = await world.serve({ ...env, ...files.env, ...kafka });
    const ids = Array.from({ length: 20 }, (_, n) => `c${String(n)}`);
    for (const [n, id] of ids.entries()) await put(url, id, { phone: phoneOf(n) });

    await topics.put(topic, [
      ...ids.map((id, n) => (n % 2 === 0 ? structured : binary)(received(id))),
      { key: 'c0', value: '{"specversion":' },
      structured(event('customer.returned', 'c1', 'returned/1', { repair_id: 'r-again', device: 'iPhone 15' })),
      binary(event('repair.received', 'c2', 'bad/1', { repair_id: 'r-bad' })),
      { key: 'c3', value: null },
      ...ids.map((id, n) => (n % 2 === 0 ? binary : structured)(ready(id))),
      ...ids.map((id) => structured(received(id))),
    ]);
    await until('every message', () => fake.sent().length >= 40 || fake.sent().length, 60_000);
    await until(
      'no lag',
      async () => (await metric(url, `peyk_events_total{source="kafka",result="duplicate"}`)) === 20,
    );
    expect(fake.countsByReceiverAndText().size).toBe(40);
    expect(fake.sent()).toHaveLength(40);
    expect(await metric(url, 'peyk_events_total{source="kafka",result="accepted"}')).toBe(40);

    const dead = await topics.read(`${topic}.dead`, 4);
    const reasons = dead.map(({ headers }) =>
      Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${String(value)}`),
    );
    for (const lines of reasons) expect(lines.join('\n')).toMatch(/reason: .+/);
    expect(reasons.flat().join('\n')).toMatch(/customer\.returned/);
    expect(reasons.flat().join('\n')).toMatch(/place: data\.device/);
    expect(await metric(url, 'peyk_dead_letters_total{source="kafka"}')).toBe(4);

    const operator = { PEYK_DATABASE_URL: database, ...files.env };
    const listed = await world.run(['dead-letters', 'list', '--json'], operator);
    expect(listed).toMatchObject({ code: 0, err: '' });
    const letters = listed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { no: number; reason: string; place: string });
    expect(letters).toHaveLength(4);
    const no = String(letters.find(({ reason }) => reason.includes('customer.returned'))?.no);
    const shown = await world.run(['dead-letters', 'show', no], operator);
    expect(shown.out).toContain('"returned/1"');

    const refused = await world.run(['dead-letters', 'replay', no], operator);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.out).toContain('still refused');
    files.edit('journeys/events.yaml', (text) => `${text}\ncustomer.returned: { repair_id: text, device: text }\n`);
    files.edit('journeys/repair-status.yaml', (text) =>
      text.replace('event: repair.received', 'event: customer.returned'),
    );
    const replayed = await world.run(['dead-letters', 'replay', no], operator);
    expect(replayed).toMatchObject({ code: 0, err: '' });
    expect(replayed.out).toBe(`${no}: taken\n`);
    await until('its message', () => fake.sent().some(({ text }) => text.includes('iPhone 15')));
    expect(await world.run(['dead-letters', 'replay', no, '999999'], operator)).toMatchObject({ code: 1 });
    expect(fake.sent()).toHaveLength(41);
    expect((await world.run(['dead-letters'], operator)).out.trim().split('\n')).toHaveLength(3);

    const { code, took } = await peyk.stop();
    expect(code).toBe(0);
    expect(took).toBeLessThan(10_000);
  });

  it('go on where they ended, after a kill -9 in the middle', async () => {
    const { fake, env } = await world.kavenegar();
    const files = world.files();
    files.edit('journeys/policy.yaml', (text) => text.replace('50 per second', '400 per second'));
    const topic = await topics.fresh(3);
    const kafka = { PEYK_KAFKA_BROKERS: brokers, PEYK_KAFKA_TOPICS: topic, PEYK_KAFKA_GROUP: topic };
    const first = await world.serve({ ...env, ...files.env, ...kafka });
    const ids = Array.from({ length: 200 }, (_, n) => `c${String(n)}`);
    for (const [n, id] of ids.entries()) await put(first.url, id, { phone: phoneOf(n) });
    await topics.put(
      topic,
      ids.map((id) => structured(received(id))),
    );
    await until('the first messages', () => fake.sent().length > 20 || fake.sent().length, 60_000);
    first.peyk.signal('SIGKILL');
    await first.peyk.ended;
    await topics.put(
      topic,
      ids.map((id) => binary(ready(id))),
    );
    await world.serve({ ...env, ...files.env, ...kafka, PEYK_DATABASE_URL: first.database });
    await until(
      'every message',
      () => fake.countsByReceiverAndText().size === 400 || fake.countsByReceiverAndText().size,
      120_000,
    );
    expect(fake.sent()).toHaveLength(400);
  });
});

describe('a broker that is not there', () => {
  it('is told as a warning; HTTP goes on, and the process ends in time', async () => {
    const { fake, env } = await world.kavenegar();
    const away = `127.0.0.1:${String(await freePort())}`;
    const { url, peyk } = await world.serve({ ...env, PEYK_KAFKA_BROKERS: away });
    await until('word of it', async () => {
      const health = await readiness(url);
      return (
        (health.code === 200 && health.checks.some(({ name, status }) => name === 'kafka' && status === 'warning')) ||
        health
      );
    });
    expect((await readiness(url)).checks.find(({ name }) => name === 'kafka')?.detail).toContain(away);
    await put(url, 'c1', { phone: phoneOf(1) });
    expect(await post(url, [received('c1')])).toMatchObject({ status: 202 });
    await until('the message', () => fake.sent().length === 1);
    const { code, took } = await peyk.stop();
    expect(code).toBe(0);
    expect(took).toBeLessThan(10_000);
  });
});
