import { jest } from '@jest/globals';
import { Topics } from '../integration/kafka/topics.js';
import { until } from '../integration/kafka/until.js';
import { describeWithKafka } from '../servers/kafka/describe.js';
import type { Customer, ShopEvent } from '../torture/business.js';
import { Supervised } from '../torture/supervised.js';
import { count } from './ask.js';
import { exact, mailCounts, mailTally, people, shopFiles, smsTally } from './story.js';
import { World } from './world.js';

jest.setTimeout(240_000);

const ENGINES_AND_SENDERS = ['engine', 'engine', 'engine', 'sender', 'sender'];
const PEOPLE_A_KILL = 60;

const world = new World();
afterEach(() => world.end());

describeWithKafka('three engines and two senders on one database and one topic', (brokers) => {
  let topics: Topics;
  beforeAll(async () => {
    topics = await Topics.connect(brokers);
  });
  afterAll(() => topics.close());

  it('send what one process sends, while each of them is killed in its turn and replaced', async () => {
    const everybody = people(PEOPLE_A_KILL * ENGINES_AND_SENDERS.length);
    const alone = await play(['api,engine,sender'], everybody, (_, deliver) => deliver());
    const together = await play(ENGINES_AND_SENDERS, everybody, killInTheMiddle);

    expect(smsTally(everybody, together.sms)).toEqual(exact);
    expect(new Map([...together.sms].sort())).toEqual(new Map([...alone.sms].sort()));
    // An SMTP server cannot be asked what it has: an e-mail under way at a kill goes again, and none is lost.
    expect(new Set(together.mails.keys())).toEqual(new Set(alone.mails.keys()));
    expect(together.lives.every((lives) => lives >= 2)).toBe(true);
    for (const { verified } of [alone, together]) {
      expect(verified).toMatchObject({ code: 0, err: '' });
      const { customers, differences } = JSON.parse(verified.out) as { customers: number; differences: unknown[] };
      expect({ customers, differences }).toEqual({ customers: 150, differences: [] });
    }
  });

  /** A part of the people orders; `meanwhile` says when their orders are delivered; once for each process, or once. */
  async function play(
    roles: readonly string[],
    everybody: readonly Customer[],
    meanwhile: (part: Part, deliver: () => Promise<void>) => Promise<void>,
  ) {
    const { env, fake, smtp, topic, database } = await shop();
    const processes = roles.map((PEYK_ROLES, at) => new Supervised(`peyk ${String(at)}`, { ...env, PEYK_ROLES }));
    world.defer(() => Promise.all(processes.map((peyk) => peyk.stop())));
    for (const peyk of processes) peyk.start();
    await Promise.all(processes.map((peyk) => peyk.untilItServes()));
    const put = (events: readonly ShopEvent[]): Promise<void> => topics.put(topic, events.map(structured));
    const size = everybody.length / processes.length;
    for (const [at, peyk] of processes.entries()) {
      const part = everybody.slice(at * size, (at + 1) * size);
      await put(part.flatMap((one) => one.beginning()));
      await meanwhile({ peyk, sent: () => fake.sent().length }, () => put(part.map((one) => one.end())));
    }
    await untilAllIsDone(database, () => {
      const [sms, mails] = [smsTally(everybody, fake.countsByReceiverAndText()), mailTally(everybody, smtp)];
      return sms.missing.length + mails.missing.length;
    });
    await Promise.all(processes.map((peyk) => peyk.stop()));
    return {
      sms: fake.countsByReceiverAndText(),
      mails: mailCounts(smtp),
      lives: processes.map(({ lives }) => lives),
      verified: await world.run(['explain', '--verify', '--sample', '150', '--json'], { PEYK_DATABASE_URL: database }),
    };
  }

  async function shop() {
    const [{ fake, env }, smtp, database] = [
      await world.kavenegar({ latencyMs: 10 }),
      await world.smtp(),
      await world.database(),
    ];
    const topic = await topics.fresh(6);
    const kafka = { PEYK_KAFKA_BROKERS: brokers, PEYK_KAFKA_TOPICS: topic, PEYK_KAFKA_GROUP: topic };
    const data = { PEYK_PORT: '0', PEYK_DATA_DIR: '/nonexistent', PEYK_DATABASE_URL: database };
    const all = { ...env, ...shopFiles(world), ...kafka, ...data, PEYK_SMTP_URL: smtp.url };
    return { env: all, fake, smtp, topic, database };
  }
});

interface Part {
  readonly peyk: Supervised;
  readonly sent: () => number;
}

/** At a moment of which it cannot know, and events come while it is away. */
async function killInTheMiddle({ peyk, sent }: Part, deliver: () => Promise<void>): Promise<void> {
  const moment = sent() + 5 + Math.floor(Math.random() * PEOPLE_A_KILL);
  await until('messages that leave', () => sent() >= moment || sent(), 60_000);
  const { lives } = peyk;
  peyk.signal('SIGKILL');
  await deliver();
  await until('its successor', () => (peyk.lives > lives && peyk.url !== undefined) || peyk.lastWords(), 60_000);
}

async function untilAllIsDone(database: string, missing: () => number): Promise<void> {
  const open = `select (select count(*) from message where state in ('queued', 'sending', 'retrying', 'in_doubt'))
    + (select count(*) from enrolment where status = 'active')`;
  const done = async (): Promise<unknown> => {
    const left = { missing: missing(), open: await count(database, open) };
    return left.missing + left.open === 0 || JSON.stringify(left);
  };
  await until('the end of all journeys', done, 90_000);
}

function structured(event: ShopEvent) {
  const headers = { 'content-type': 'application/cloudevents+json' };
  return { key: event.subject, value: JSON.stringify(event), headers };
}
