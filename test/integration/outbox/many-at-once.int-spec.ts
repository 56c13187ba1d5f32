import type { ManyAtOnce, Outgoing, SendResult } from '../../../src/channels/channel.js';
import type { SenderClock } from '../../../src/outbox/sender-clock.js';
import { statement } from '../../../src/store/connection.js';
import { callAgain } from '../../../src/store/outbox/call-again.sql.js';
import {
  accepted,
  gate,
  interposed,
  MortalDatabase,
  numbers,
  Outbox,
  quick,
  ScriptedChannel,
  until,
} from './outbox-fixture.js';
import { OverKavenegar, settings } from './over-kavenegar.js';

const text = 'یلدا مبارک';
const content = { text, parts: 1 };

/** Answers a call for many as it is told, by default each as alone. */
class ManyChannel extends ScriptedChannel {
  readonly together: number[][] = [];
  answerMany: (messages: readonly Outgoing[]) => Promise<ReadonlyMap<number, SendResult> | undefined> = (messages) =>
    Promise.resolve(new Map(messages.map(({ id }) => [id, accepted])));
  readonly many: ManyAtOnce = {
    atMost: 200,
    send: (messages) => {
      this.together.push(messages.map(({ id }) => id));
      return this.answerMany(messages);
    },
  };
}

let outbox: Outbox;
beforeAll(async () => {
  outbox = await Outbox.open();
});
afterAll(async () => {
  await outbox.close();
});
afterEach(async () => {
  await outbox.stopAll();
});

/** The first claim takes as many as there are slots: enough that all of them are in hand at once. */
function wide(): ManyChannel {
  return new ManyChannel('sms', 500);
}

describe('messages of one text', () => {
  it('go in calls for many, each once, and those of another text by themselves', async () => {
    const sms = wide();
    await outbox.queue(...numbers(1, 450).map((id) => ({ id, content })), ...numbers(451, 30).map((id) => ({ id })));
    outbox.sender([sms]);
    await until(() => outbox.areAll('sent'));
    expect(sms.together.map((ids) => ids.length).sort()).toEqual([200, 200, 50]);
    expect(sms.together.flat().sort((a, b) => a - b)).toEqual(numbers(1, 450));
    expect([...sms.ids].sort((a, b) => a - b)).toEqual(numbers(451, 30));
    expect(await outbox.message(7)).toMatchObject({ attempts: 1, provider_id: 'p-1', cost: 120 });
  });

  it('go by themselves where they are registered at the provider, or go to one address', async () => {
    const sms = wide();
    await outbox.queue(
      ...numbers(1, 5).map((id) => ({ id, content: { ...content, lookup: 'yalda', tokens: { token: 'a' } } })),
      ...numbers(6, 4).map((id) => ({ id, content })),
    );
    await outbox.database.run(statement('', `update message set address = 'one' where id in (6, 7)`));
    outbox.sender([sms]);
    await until(() => outbox.areAll('sent'));
    expect(sms.together.map((ids) => [...ids].sort())).toEqual([[6, 8, 9]]);
    expect([...sms.ids].sort()).toEqual([1, 2, 3, 4, 5, 7]);
    expect(sms.calls.find(({ id }) => id === 1)?.content).toMatchObject({ lookup: 'yalda', tokens: { token: 'a' } });
  });

  it('count one by one against the rate', async () => {
    const sms = wide();
    await outbox.queue(...numbers(1, 60).map((id) => ({ id, content })));
    outbox.sender([sms], { ratesOf: () => ({ channel: { messages: 50, per: 1_000 } }) });
    const began = performance.now();
    await until(() => outbox.areAll('sent'), 15_000);
    expect(performance.now() - began).toBeGreaterThan(700);
  });

  it('of which one is refused, are settled each by its own answer', async () => {
    const sms = wide();
    sms.answerMany = (messages) =>
      Promise.resolve(
        new Map(
          messages.flatMap(({ id }) =>
            id === 3 ? [] : [[id, id === 2 ? { kind: 'rejected', reason: 'blocked' } : accepted]],
          ),
        ),
      );
    sms.told = () => ({ kind: 'arrived', providerId: 'asked' });
    await outbox.queue(...numbers(1, 4).map((id) => ({ id, content })));
    outbox.sender([sms]);
    await until(async () => Object.values(await outbox.states()).join() === 'sent,failed,sent,sent');
    // Of the third nothing was told: it was asked about.
    expect(await outbox.message(3)).toMatchObject({ provider_id: 'asked' });
    expect(sms.asked).toEqual([[3]]);
  });

  it('whose call was broken off by a crash are each asked about', async () => {
    const dying = wide();
    dying.answerMany = () => new Promise(() => undefined);
    await outbox.queue(...numbers(1, 150).map((id) => ({ id, content })));
    const database = new MortalDatabase(outbox.database);
    const sender = outbox.sender([dying], { database });
    await until(() => dying.together.flat().length === 150);
    database.die();
    outbox.forget(sender);

    const sms = wide();
    sms.told = (id) => (id <= 100 ? { kind: 'arrived', providerId: `p-${String(id)}` } : { kind: 'never_arrived' });
    outbox.sender([sms]);
    await until(() => outbox.areAll('sent'), 15_000);
    expect(sms.asked.flat().sort((a, b) => a - b)).toEqual(numbers(1, 150));
    expect([...sms.together.flat(), ...sms.ids].sort((a, b) => a - b)).toEqual(numbers(101, 50));
    expect(await outbox.message(9)).toMatchObject({ provider_id: 'p-9' });
  });
});

describe('a call for many that is refused as a whole', () => {
  it('is repeated in halves, until one that may not be sent fails alone', async () => {
    const sms = wide();
    sms.answerMany = (messages) => {
      const isBad = messages.some(({ id }) => id === 77);
      return Promise.resolve(isBad ? undefined : new Map(messages.map(({ id }) => [id, accepted])));
    };
    sms.answer = ({ id }) => (id === 77 ? { kind: 'rejected', reason: 'bad' } : accepted);
    await outbox.queue(...numbers(1, 200).map((id) => ({ id, content })));
    outbox.sender([sms]);
    await until(async () => (await outbox.messages()).every(({ state }) => state === 'sent' || state === 'failed'));
    expect(sms.together.length + sms.calls.length).toBeLessThanOrEqual(17);
    expect(sms.together.slice(0, 2).map((ids) => ids.length)).toEqual([200, 100]);
    const failed = (await outbox.messages()).filter(({ state }) => state === 'failed');
    expect(failed.map(({ id, attempts }) => [id, attempts])).toEqual([[77, 1]]);
  });

  it('whose every message is bad ends with each by itself', async () => {
    const sms = wide();
    sms.answerMany = () => Promise.resolve(undefined);
    await outbox.queue(...numbers(1, 30).map((id) => ({ id, content })));
    outbox.sender([sms]);
    await until(() => outbox.areAll('sent'));
    expect([...sms.ids].sort((a, b) => a - b)).toEqual(numbers(1, 30));
  });

  it.each([
    ['withdrawn, left or cancelled', `update message set leave_by = '-infinity' where id in (1, 2)`],
    [
      'closed on its channel',
      `update message set closed_here = true, fallbacks = '[{"channel": "email", "address": "a@example.com", "content": {}}]' where id in (1, 2)`,
    ],
    [
      'paused where nobody has heard of it',
      `insert into pause (kind, name, reason) values ('journey', 'some', 'test')`,
    ],
  ])('is repeated without what was %s meanwhile', async (_, change) => {
    const sms = wide();
    const refused = gate<undefined>();
    sms.answerMany = () => refused.promise;
    await outbox.queue(...numbers(1, 4).map((id) => ({ id, content, journey: id < 3 ? 'some' : 'other' })));
    outbox.sender([sms]);
    await until(() => sms.together.length === 1);
    await outbox.database.run(statement('', change));
    refused.open(undefined);
    await until(async () => [3, 4].every((id) => sms.ids.includes(id)) && (await outbox.message(4)).state === 'sent');
    for (const id of [1, 2]) await until(async () => (await outbox.message(id)).state === 'queued');
    expect([...sms.ids].sort()).toEqual([3, 4]);
    expect(await outbox.message(2)).toMatchObject({ state: 'queued', attempts: 0 });
  });

  it('is given back while the database cannot say what may still leave', async () => {
    const sms = wide();
    const refused = gate<undefined>();
    sms.answerMany = () => refused.promise;
    await outbox.queue({ id: 1, content }, { id: 2, content });
    let isAway = true;
    const database = interposed(outbox.database, (wanted, run) =>
      isAway && wanted.name === callAgain.name ? Promise.reject(new Error('away')) : run(),
    );
    outbox.sender([sms], { database });
    await until(() => sms.together.length === 1);
    refused.open(undefined);
    await until(() => sms.together.length > 1);
    expect(sms.ids).toEqual([]);
    isAway = false;
    await until(() => outbox.areAll('sent'));
    expect([...sms.ids].sort()).toEqual([1, 2]);
  });

  it('leaves nothing that was paused, or may not leave any more, meanwhile', async () => {
    const sms = new ManyChannel('sms', 20);
    const refused = gate<undefined>();
    sms.answerMany = () => refused.promise;
    await outbox.queue(
      ...numbers(1, 5).map((id) => ({ id, content, journey: 'paused' })),
      ...numbers(6, 5).map((id) => ({ id, content, leaveIn: 1_000 })),
      ...numbers(11, 5).map((id) => ({ id, content })),
    );
    const sender = outbox.sender([sms], {
      settings: { ...quick, leaseMs: 10_000, callTimeoutMs: 4_000, inDoubt: { askAfterMs: 5_000, askUntilMs: 60_000 } },
    });
    await until(() => sms.together.length === 1);
    await outbox.database.run(
      statement('', `insert into pause (kind, name, reason) values ('journey', 'paused', 'test')`),
    );
    sender.heardOfPauses([{ kind: 'journey', name: 'paused' }]);
    await outbox.database.run(statement('', 'select pg_sleep(1.2)'));
    refused.open(undefined);
    await until(async () => [11, 12, 13, 14, 15].every((id) => sms.ids.includes(id)));
    await until(
      async () => (await outbox.message(15)).state === 'sent' && (await outbox.message(6)).state === 'queued',
    );
    expect([...sms.ids].sort((a, b) => a - b)).toEqual(numbers(11, 5));
    expect(await outbox.message(1)).toMatchObject({ state: 'queued', attempts: 0 });
  });

  it('is not repeated when the lease has run out', async () => {
    let asleep = 0;
    const clock: SenderClock = { monotonic: () => performance.now(), wall: () => Date.now() + asleep };
    const sms = wide();
    const refused = gate<undefined>();
    sms.answerMany = () => refused.promise;
    await outbox.queue({ id: 1, content }, { id: 2, content });
    outbox.sender([sms], { clock, settings: {} });
    await until(() => sms.together.length === 1);
    asleep = 120_000;
    refused.open(undefined);
    sms.answerMany = (messages) => Promise.resolve(new Map(messages.map(({ id }) => [id, accepted])));
    await until(() => outbox.areAll('sent'));
    expect(sms.together).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(sms.ids).toEqual([]);
    expect(await outbox.message(1)).toMatchObject({ attempts: 1 });
  });
});

describe('over Kavenegar', () => {
  let kavenegar: OverKavenegar;
  beforeEach(async () => {
    kavenegar = await OverKavenegar.open();
  });
  afterEach(async () => {
    await outbox.stopAll();
    await kavenegar.close();
  });

  async function queueTo(count: number, bad: readonly number[] = []): Promise<void> {
    await outbox.queue(...numbers(1, count).map((id) => ({ id, content })));
    const address = `case when id = any ($1) then '+981234567' else '+98912' || (1000000 + id) end`;
    await outbox.database.run(statement('', `update message set address = ${address}`), [bad]);
  }

  it('one bad number among two hundred fails alone', async () => {
    const { server, channel } = kavenegar;
    await queueTo(200, [150]);
    outbox.sender([channel], { settings });
    await until(async () => (await outbox.messages()).every(({ state }) => state === 'sent' || state === 'failed'));
    expect((await outbox.message(150)).state).toBe('failed');
    expect(server.sent()).toHaveLength(199);
    expect(server.calls.get('sms/send')).toBeLessThan(25);
    expect(new Set(server.sent().map(({ localid }) => localid)).size).toBe(199);
  });

  it('every message arrives once, whatever happens to the answers', async () => {
    const { server, channel } = kavenegar;
    server.faults.random({
      share: 0.4,
      faults: [
        { kind: 'silence', accept: true },
        { kind: 'silence', accept: false },
        { kind: 'reset', accept: true, when: 'mid_answer' },
        { kind: 'status', status: 411 },
        { kind: 'status', status: 402 },
      ],
    });
    await queueTo(600);
    outbox.sender([channel], { settings });
    await until(
      async () => (await outbox.messages()).every(({ state }) => state === 'sent' || state === 'failed'),
      60_000,
    );
    const failed = (await outbox.messages()).filter(({ state }) => state === 'failed').map(({ id }) => String(id));
    const arrived = server.sent().map(({ localid }) => localid);
    expect(new Set(arrived).size).toBe(arrived.length);
    // A 411 that came by chance to a message by itself is believed.
    expect([...arrived, ...failed].length).toBe(600);
    expect(server.calls.get('sms/send')).toBeLessThan(600);
  });
});
