import { KavenegarChannel } from '../../../src/channels/kavenegar/kavenegar.channel.js';
import type { SendResult } from '../../../src/channels/channel.js';
import { PAUSED, SendingControl } from '../../../src/ops/sending-control.js';
import { PauseWatch } from '../../../src/outbox/pause-watch.js';
import { silentObserver } from '../../../src/outbox/ports.js';
import { PulseService } from '../../../src/pulse/pulse.service.js';
import { statement } from '../../../src/store/connection.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { withdrawOfEnrolments } from '../../../src/store/engine/withdraw-of-enrolments.sql.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';
import { lookAgain } from './look-again.js';
import { accepted, gate, numbers, Outbox, ScriptedChannel, until } from './outbox-fixture.js';

const apiKey = 'test-key';
const journeys = ['a', 'b', 'c', 'j'].map((name) => ({ name }));
const policy = { purposes: new Map(['news', 'service'].map((name) => [name, {}])) };

let outbox: Outbox;
let control: SendingControl;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  outbox = await Outbox.open();
  control = new SendingControl(outbox.database, { journeys, policy });
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await outbox.stopAll();
});
afterAll(() => outbox.close());

async function sql<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return outbox.database.run(statement<Row>('', text), values);
}

async function count(where: string): Promise<number> {
  const [row] = await sql<{ count: number }>(`select count(*) as count from message where ${where}`);
  return row?.count ?? Number.NaN;
}

/** `many` messages, each to a customer of its own; the journey by turns. */
async function queueMany(many: number, first = 1, turns: readonly string[] = ['a', 'b', 'c'], rank = 5): Promise<void> {
  await sql(
    `insert into message (id, customer_id, journey, enrolment, step, template, purpose, rank, channel, address, content, bundle, created_at)
     select n, 'c' || n, ($3::text[])[1 + n % cardinality($3::text[])], 1, 's', 'hello', 'news', $4, 'sms',
       '+98912' || (1000000 + n), jsonb_build_object('text', 'text ' || n, 'parts', 1), 1, now()
     from generate_series($1::bigint, $1::bigint + $2 - 1) n`,
    [first, many, turns, rank],
  );
}

async function kavenegar(): Promise<FakeKavenegar> {
  const fake = await new FakeKavenegar({ apiKeys: [apiKey] }).listen();
  ends.push(() => fake.close());
  return fake;
}

/** What a process does that has the sender's role, on connections of its own. */
async function senderProcess(fake: FakeKavenegar, perSecond: number): Promise<void> {
  const database = await PostgresDatabase.connect({ url: outbox.server.url, poolSize: 4 });
  const channel = new KavenegarChannel({
    ...{ apiKey, baseUrl: fake.url, sender: '10004346', timeoutMs: 900, concurrency: 20 },
  });
  ends.push(
    () => database.close(),
    () => channel.close(),
  );
  const ratesOf = () => ({ channel: { messages: perSecond, per: 1_000 } });
  const sender = outbox.sender([channel], { database, ratesOf, settings: {} });
  ends.push(() => {
    outbox.forget(sender);
    return sender.stop();
  });
  const watch = new PauseWatch(database, sender, silentObserver);
  const pulse = new PulseService(database, [watch]);
  const unlisten = await database.listen(PAUSED, () => {
    watch.heard();
  });
  const ticking = setInterval(() => void pulse.beat(), 1_000);
  ends.push(async () => {
    clearInterval(ticking);
    await unlisten();
    await pulse.onApplicationShutdown();
    await watch.stop();
  });
}

const numberOf = ({ text }: { readonly text: string }): number => Number(text.slice(5));
const isOf = (journey: string) => (sent: { readonly text: string }) => ['a', 'b', 'c'][numberOf(sent) % 3] === journey;

describe('of 10,000 messages queued at 5 a second, in three processes', () => {
  it('nothing leaves that a pause, a cancel, an exit or its not_after has stopped', async () => {
    const fake = await kavenegar();
    await queueMany(10_000);
    await Promise.all(numbers(1, 3).map(() => senderProcess(fake, 5)));
    await until(() => fake.sent().length >= 5);

    await control.pause([{ kind: 'journey', name: 'a' }], 'a test');
    const [paused, before] = [Date.now(), fake.sent().length];
    const next = await sql<{ id: number }>(
      `select id from message where state = 'queued' and journey <> 'a' order by id offset 4 limit 3`,
    );
    const [cancelled = 0, exited = 0, late = 0] = next.map(({ id }) => id);
    expect(await control.cancel({ message: cancelled })).toEqual({ kind: 'done', withdrawn: 1, underWay: 0 });
    await outbox.database.run(withdrawOfEnrolments, [[`c${String(exited)}`], [journeyOf(exited)], [1]]);
    await sql(`update message set leave_by = clock_timestamp() + interval '100 ms' where id = $1`, [late]);
    await until(() => fake.sent().some((sent) => numberOf(sent) > late + 10), 20_000);

    // What leaves in a second, at most; a second of the clock would measure the machine.
    const after = fake.sent().slice(before);
    expect(after.filter(isOf('a')).length).toBeLessThanOrEqual(5);
    expect(after.slice(10).filter(isOf('a'))).toEqual([]);
    expect(after.length).toBeGreaterThan(10);
    const numbersSent = fake.sent().map(numberOf);
    for (const stopped of [cancelled, exited, late]) expect(numbersSent).not.toContain(stopped);
    await lookAgain(outbox.database);
    expect(await outbox.states()).toMatchObject({
      ...{ [cancelled]: 'withdrawn', [exited]: 'withdrawn', [late]: 'suppressed' },
    });
    // 5 a second and a burst, however many processes.
    expect(numbersSent.length).toBeLessThan(5 * ((Date.now() - paused) / 1_000 + 15));
  });
});

function journeyOf(id: number): string {
  return ['a', 'b', 'c'][id % 3] ?? '';
}

/** At 50 a second, nothing in a second and a half is the end of it. */
async function untilStill(fake: FakeKavenegar): Promise<void> {
  const stillForMs = 1_500;
  let [sent, since] = [fake.sent().length, performance.now()];
  await until(() => {
    if (fake.sent().length > sent) [sent, since] = [fake.sent().length, performance.now()];
    return performance.now() - since > stillForMs;
  });
}

describe('a pause of everything', () => {
  it('holds it within what leaves in a second, in three processes, until it is ended', async () => {
    const fake = await kavenegar();
    await queueMany(10_000);
    await Promise.all(numbers(1, 3).map(() => senderProcess(fake, 50)));
    await until(() => fake.sent().length >= 30);
    await control.pause([{ kind: 'all', name: '' }], 'a test');
    const paused = fake.sent().length;
    await untilStill(fake);
    const held = fake.sent().length;
    // What leaves in a second, on a machine that has nothing else to do; ten thousand wait.
    expect(held - paused).toBeLessThanOrEqual(250);
    expect(await count(`state = 'sending'`)).toBe(0);
    await control.resume([{ kind: 'all', name: '' }]);
    await until(() => fake.sent().length > held);
  });
});

describe('100,000 messages of a paused journey', () => {
  it('keep nobody waiting who stands behind them, and are out of the way soon', async () => {
    const fake = await kavenegar();
    await queueMany(100_000, 1, ['a']);
    await queueMany(40, 200_001, ['b']);
    await control.pause([{ kind: 'journey', name: 'a' }], 'a test');
    await senderProcess(fake, 500);
    await until(() => fake.sent().length === 40, 60_000);
    expect(fake.sent().map(numberOf).sort()).toEqual(numbers(200_001, 40));
    await until(async () => (await count(`held is not null and state = 'queued'`)) === 100_000, 90_000);
    await sql('vacuum message');
    await queueMany(40, 300_001, ['b']);
    expect(await pagesOf(`select * from next_messages('sms', 40)`)).toBeLessThan(400);
    await until(() => fake.sent().length === 80);

    await control.resume([{ kind: 'journey', name: 'a' }]);
    await until(async () => (await count(`held is not null and state = 'queued'`)) === 0, 90_000);
    await until(() => fake.sent().length > 100);
    const resumed = fake.sent().slice(80).map(numberOf);
    // In their old order, but for those that are on their way at one time.
    expect(Math.max(...resumed)).toBeLessThan(resumed.length + 400);
  }, 300_000);
});

async function pagesOf(text: string): Promise<number> {
  const [row] = await sql<{ 'QUERY PLAN': readonly { readonly Plan: Readonly<Record<string, number>> }[] }>(
    `explain (analyze, buffers, format json) ${text}`,
  );
  const plan = row?.['QUERY PLAN'][0]?.Plan;
  return (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN);
}

describe('a transactional message behind 100,000 others', () => {
  it('leaves within what leaves in a second, by what the provider has seen', async () => {
    const fake = await kavenegar();
    await queueMany(100_000);
    await senderProcess(fake, 20);
    await until(() => fake.sent().length > 20);
    await queueMany(1, 500_000, ['c'], 0);
    const before = fake.sent().length;
    await until(() => fake.sent().some((sent) => numberOf(sent) === 500_000));
    // So many leave in a second, 32 at once in 20 ms each; a second of the clock would measure the machine.
    const place = fake.sent().findIndex((sent) => numberOf(sent) === 500_000);
    expect(place - before).toBeLessThan(1_600);
  });
});

describe('a sender that hears of a pause', () => {
  it('gives back what it has in hand, and only ends its calls under way', async () => {
    const sms = new ScriptedChannel('sms', 4);
    const last = gate<SendResult>();
    sms.answer = (_, call) => (call <= 400 ? accepted : last.promise);
    await outbox.queue(...numbers(1, 800).map((id) => ({ id, journey: 'a' })));
    const sender = outbox.sender([sms], { settings: {} });
    await until(() => sms.calls.length === 404);
    await until(async () => (await count(`state = 'sending'`)) > 4);
    await control.pause([{ kind: 'journey', name: 'a' }], 'a test');
    sender.heardOfPauses([{ kind: 'journey', name: 'a' }]);
    await until(async () => (await count(`state = 'sending'`)) === 4);
    last.open(accepted);
    await until(async () => (await count(`state = 'sending'`)) === 0);
    expect(sms.calls).toHaveLength(404);
    expect(await count(`state = 'queued' and attempts = 0`)).toBe(396);
  });
});

describe('one customer’s messages', () => {
  it('do not wait for one of a paused journey, and go on in order when it is not paused any more', async () => {
    const sms = new ScriptedChannel('sms', 1);
    await control.pause([{ kind: 'journey', name: 'a' }], 'a test');
    const of = (id: number, journey: string) => ({ id, journey, customer: 'ann' });
    await outbox.queue(of(1, 'a'), of(2, 'a'), of(3, 'b'));
    const sender = outbox.sender([sms]);
    const watch = new PauseWatch(outbox.database, sender, silentObserver);
    ends.push(() => watch.stop());
    await until(async () => (await outbox.states())[3] === 'sent');
    watch.heard();
    await until(async () => (await count('held is not null')) === 2);
    expect(sms.ids).toEqual([3]);
    await outbox.queue(of(4, 'a'));
    await control.resume([{ kind: 'journey', name: 'a' }]);
    watch.heard();
    await until(async () => (await count(`state = 'sent'`)) === 4);
    expect(sms.ids).toEqual([3, 1, 2, 4]);
  });

  it('that waited already for one that is held do not any more', async () => {
    const sms = new ScriptedChannel('sms', 1);
    const first = gate<SendResult>();
    sms.answer = ({ id }) => (id === 1 ? first.promise : accepted);
    const of = (id: number, journey: string) => ({ id, journey, customer: 'ann' });
    await outbox.queue(of(1, 'a'), of(2, 'a'), of(3, 'b'));
    const sender = outbox.sender([sms], { settings: {} });
    const watch = new PauseWatch(outbox.database, sender, silentObserver);
    ends.push(() => watch.stop());
    await until(() => sms.calls.length === 1);
    await control.pause([{ kind: 'journey', name: 'a' }], 'a test');
    watch.heard();
    first.open(accepted);
    await until(async () => (await outbox.states())[3] === 'sent');
    expect(await outbox.states()).toEqual({ 1: 'sent', 2: 'queued', 3: 'sent' });
  });
});

describe('of what is paused', () => {
  it('a retry is held too, a purpose and a channel like a journey, and each goes on by itself', async () => {
    const sms = new ScriptedChannel('sms');
    sms.answer = (_, call) => (call === 1 ? { kind: 'retry', reason: 'busy', afterMs: 300 } : accepted);
    await outbox.queue({ id: 1, purpose: 'news' });
    const sender = outbox.sender([sms]);
    const watch = new PauseWatch(outbox.database, sender, silentObserver);
    ends.push(() => watch.stop());
    await until(async () => (await outbox.states())[1] === 'retrying');
    await control.pause(
      [
        { kind: 'purpose', name: 'news' },
        { kind: 'channel', name: 'sms' },
      ],
      'a test',
    );
    await sql(`update message set next_at = clock_timestamp()`);
    await until(async () => (await count(`state = 'queued' and held = 'paused'`)) === 1);
    await outbox.queue({ id: 2, purpose: 'service' });
    await control.resume([{ kind: 'purpose', name: 'news' }]);
    watch.heard();
    await until(async () => (await count('held is not null')) === 0);
    expect(sms.calls).toHaveLength(1);
    await control.resume([{ kind: 'channel', name: 'sms' }]);
    await until(async () => (await count(`state = 'sent'`)) === 2);
  });
});

describe('cancelling', () => {
  it('takes what fits all that is given, and says what is under way', async () => {
    const sms = new ScriptedChannel('sms', 1);
    const answer = gate<SendResult>();
    sms.answer = () => answer.promise;
    await outbox.queue({ id: 1, journey: 'a' });
    outbox.sender([sms], { settings: {} });
    await until(() => sms.calls.length === 1);
    await outbox.queue({ id: 2, journey: 'a' }, { id: 3, journey: 'b' }, { id: 4, journey: 'a', customer: 'ann' });
    expect(await control.cancel({ journey: 'a', customer: 'ann' })).toEqual({
      kind: 'done',
      withdrawn: 1,
      underWay: 0,
    });
    expect(await control.cancel({ journey: 'a', channel: 'sms', purpose: 'news', template: 'hello' })).toEqual({
      ...{ kind: 'done', withdrawn: 1, underWay: 1 },
    });
    expect(await control.cancel({ message: 4 })).toEqual({ kind: 'closed', state: 'withdrawn' });
    expect(await control.cancel({ message: 99 })).toEqual({ kind: 'not_found' });
    answer.open({ kind: 'retry', reason: 'busy' });
    await until(async () => (await outbox.states())[3] !== 'queued');
    // It may not be tried again: what takes back what is late takes it back.
    await until(async () => (await lookAgain(outbox.database)).length === 1);
    expect(await outbox.states()).toMatchObject({ 1: 'withdrawn', 2: 'withdrawn', 4: 'withdrawn' });
  });

  it('of many takes them all', async () => {
    await queueMany(5_001);
    expect(await control.cancel({ channel: 'sms' })).toEqual({ kind: 'done', withdrawn: 5_001, underWay: 0 });
  });

  it('and pausing refuse names that nobody knows', async () => {
    expect(await control.pause([{ kind: 'channel', name: 'smss' }], 'a test')).toEqual({
      kind: 'unknown',
      problems: [{ place: 'channel', message: 'there is no channel "smss"; did you mean "sms"?' }],
    });
    expect(await control.cancel({ purpose: 'nwes' })).toMatchObject({ kind: 'unknown' });
    expect(await control.resume([{ kind: 'journey', name: 'nothing-like-it' }])).toMatchObject({
      problems: [{ message: 'there is no journey "nothing-like-it"; there is: a, b, c, j' }],
    });
  });
});
