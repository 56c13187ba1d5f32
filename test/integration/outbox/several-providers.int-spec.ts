import type { Outgoing, SendResult } from '../../../src/channels/channel.js';
import { Metrics } from '../../../src/ops/metrics.js';
import { outboxGauges } from '../../../src/ops/outbox-gauges.js';
import { statement } from '../../../src/store/connection.js';
import { accepted, gate, MortalDatabase, numbers, Outbox, quick, ScriptedChannel, until } from './outbox-fixture.js';

let outbox: Outbox;
let first: ScriptedChannel;
let second: ScriptedChannel;
beforeAll(async () => {
  outbox = await Outbox.open();
});
afterAll(async () => {
  await outbox.close();
});
beforeEach(() => {
  first = new ScriptedChannel('sms', 5, 'first');
  second = new ScriptedChannel('sms', 5, 'second');
});
afterEach(async () => {
  await outbox.stopAll();
});

const noCredit: SendResult = { kind: 'channel_down', reason: 'no credit' };
const busy: SendResult = { kind: 'retry', reason: 'busy' };

async function areSent(...ids: readonly number[]): Promise<boolean> {
  const states = await outbox.states();
  return ids.every((id) => states[id] === 'sent');
}

async function providerOf(id: number): Promise<string | null | undefined> {
  const rows = await outbox.database.run(
    statement<{ provider: string | null }>('', 'select provider from message where id = $1'),
    [id],
  );
  return rows[0]?.provider;
}

async function isDown(provider: string): Promise<boolean> {
  const rows = await outbox.database.run(
    statement('', 'select from channel_state where provider = $1 and down_since is not null'),
    [provider],
  );
  return rows.length > 0;
}

describe('of two providers', () => {
  it('the second stands by while the first is well', async () => {
    await outbox.queue(...numbers(1, 300).map((id) => ({ id })));
    outbox.sender([first, second]);
    await until(() => areSent(...numbers(1, 300)));
    expect(first.ids).toHaveLength(300);
    expect(second.ids).toEqual([]);
    expect(await providerOf(1)).toBe('first');
  });

  it('the second sends while the first is down, and the first takes over once a probe finds it well', async () => {
    first.answer = () => noCredit;
    await outbox.queue(...numbers(1, 100).map((id) => ({ id })));
    const senders = [outbox.sender([first, second]), outbox.sender([first, second])];
    await until(() => areSent(...numbers(1, 100)));
    expect(new Set(second.ids).size).toBe(100);
    expect(second.ids).toHaveLength(100);
    expect(await providerOf(50)).toBe('second');
    expect(await isDown('first')).toBe(true);

    first.answer = () => accepted;
    // They come one at a time, so that the second has each before the first could look.
    for (let id = 1_000; await isDown('first'); id += 1) {
      await outbox.queue({ id });
      for (const sender of senders) sender.wake();
      await until(() => areSent(id));
    }
    const calls = second.calls.length;
    await outbox.queue(...numbers(5_000, 50).map((id) => ({ id })));
    await until(() => areSent(...numbers(5_000, 50)));
    // What the other sender had in hand when the first took over.
    expect(second.calls.length - calls).toBeLessThanOrEqual(50);
    await outbox.queue(...numbers(6_000, 50).map((id) => ({ id })));
    await until(() => areSent(...numbers(6_000, 50)));
    expect(second.ids.filter((id) => id >= 6_000)).toEqual([]);
  });

  it('the first is left alone once so many of its last calls failed', async () => {
    first.answer = ({ id }) => (id > 5 ? busy : accepted);
    await outbox.queue(...numbers(1, 60).map((id) => ({ id })));
    outbox.sender([first, second], { settings: { ...quick, probeAfterMs: 60_000 } });
    await until(() => areSent(...numbers(1, 60)), 25_000);
    expect(await isDown('first')).toBe(true);
    expect(first.calls.length).toBeLessThan(60);
    expect(new Set(second.ids).size).toBe(second.ids.length);
    const reason = statement<{ reason: string }>('', 'select reason from channel_state');
    expect((await outbox.database.run(reason))[0]?.reason).toMatch(/^\d+ of the last \d+ calls failed: busy$/);
  });

  it('the first alone, however often it fails, is tried again', async () => {
    first.answer = (_, call) => (call <= 30 ? busy : accepted);
    await outbox.queue(...numbers(1, 30).map((id) => ({ id })));
    outbox.sender([first]);
    await until(() => areSent(...numbers(1, 30)), 25_000);
    expect(await isDown('first')).toBe(false);
  });

  it('the channel is told to be down only when both are', async () => {
    const held = async (): Promise<string | undefined> => {
      const metrics = new Metrics({ process: false });
      await outboxGauges(metrics, outbox.database, [], [first, second])();
      return /^peyk_held\{reason="channel_down"\} (\d+)$/m.exec(await metrics.print())?.[1];
    };
    first.answer = () => noCredit;
    await outbox.queue({ id: 1 });
    outbox.sender([first, second]);
    await until(() => areSent(1));
    expect(await isDown('first')).toBe(true);
    expect(await held()).toBe('0');
    second.answer = () => noCredit;
    await outbox.queue({ id: 2 });
    await until(() => isDown('second'));
    expect(await held()).toBe('1');
  });

  it('each has its own rate', async () => {
    first.answer = () => noCredit;
    const ratesOf = ({ provider }: { readonly provider: string }) => ({
      channel: { messages: provider === 'first' ? 1_000 : 50, per: 1_000 },
    });
    await outbox.queue(...numbers(1, 60).map((id) => ({ id })));
    outbox.sender([first, second], { ratesOf });
    await until(() => areSent(...numbers(1, 60)), 15_000);
    const at = second.calls.map((call) => call.at);
    expect(Math.max(...at) - Math.min(...at)).toBeGreaterThan(700);
  });
});

describe('what is in doubt at one provider', () => {
  it('is asked of that one only, and sent by the other only after the word that it never arrived', async () => {
    first.answer = ({ id }) => (id === 1 ? { kind: 'unknown', reason: 'timed out' } : noCredit);
    first.told = () => ({ kind: 'cannot_tell', reason: 'away' });
    await outbox.queue({ id: 1 });
    outbox.sender([first, second], { inDoubtRule: () => 'again' });
    await until(() => first.ids.includes(1));
    await outbox.queue(...numbers(2, 20).map((id) => ({ id })));
    await until(() => areSent(...numbers(2, 20)));
    await until(() => first.asked.length >= 2);
    expect((await outbox.message(1)).state).toBe('in_doubt');
    expect([second.ids.includes(1), second.asked]).toEqual([false, []]);

    first.answer = () => noCredit;
    first.told = () => ({ kind: 'never_arrived' });
    await until(() => areSent(1));
    expect(second.ids.filter((id) => id === 1)).toEqual([1]);
    expect(second.asked).toEqual([]);
  });

  it('is what it has perhaps taken as well, although a repeat there would be safe', async () => {
    first.answer = ({ id }) => (id === 1 ? { ...busy, perhapsTaken: true } : noCredit);
    first.told = () => ({ kind: 'arrived', providerId: 'p-9' });
    await outbox.queue({ id: 1 });
    outbox.sender([first, second]);
    await until(() => first.ids.includes(1));
    await outbox.queue({ id: 2 });
    await until(() => areSent(1, 2));
    expect(second.ids).toEqual([2]);
    expect(await outbox.message(1)).toMatchObject({ provider_id: 'p-9', attempts: 1 });
  });

  it('stays its own over a crash in the middle of the change', async () => {
    const dying = { first: new ScriptedChannel('sms', 5, 'first'), second: new ScriptedChannel('sms', 5, 'second') };
    const never = (): Promise<SendResult> => new Promise(() => undefined);
    dying.first.answer = ({ id }: Outgoing) => (id <= 2 ? never() : noCredit);
    dying.second.answer = never;
    await outbox.queue({ id: 1 }, { id: 2 });
    const database = new MortalDatabase(outbox.database);
    const sender = outbox.sender([dying.first, dying.second], { database });
    await until(() => dying.first.calls.length === 2);
    await outbox.queue({ id: 3 }, { id: 4 });
    await until(() => dying.second.calls.length === 2);
    database.die();
    outbox.forget(sender);

    first.answer = () => noCredit;
    first.told = (id) => (id === 1 ? { kind: 'arrived', providerId: 'f-1' } : { kind: 'never_arrived' });
    second.told = (id) => (id === 3 ? { kind: 'arrived', providerId: 's-3' } : { kind: 'never_arrived' });
    outbox.sender([first, second]);
    await until(() => areSent(1, 2, 3, 4), 15_000);
    // Where it takes long, one is asked about again.
    expect(new Set(first.asked.flat())).toEqual(new Set([1, 2]));
    expect(new Set(second.asked.flat())).toEqual(new Set([3, 4]));
    expect([...second.ids].sort()).toEqual([2, 4]);
    expect(await providerOf(1)).toBe('first');
    expect(await providerOf(3)).toBe('second');
  });

  it('and is to be sent again is sent by that one alone, also while the other sends', async () => {
    first.answer = () => noCredit;
    second.answer = (_, call) => (call === 1 ? { kind: 'unknown', reason: 'timed out' } : accepted);
    second.lookup = undefined;
    await outbox.queue({ id: 1 });
    outbox.sender([first, second], { inDoubtRule: () => 'again', settings: { ...quick, probeAfterMs: 100 } });
    await until(async () => (await outbox.states())[1] === 'in_doubt');
    const byFirst = first.ids.filter((id) => id === 1).length;
    first.answer = () => accepted;
    await until(async () => {
      await outbox.queue({ id: 2 + Math.floor(performance.now()) });
      return !(await isDown('first'));
    });
    await until(() => areSent(1));
    expect(first.ids.filter((id) => id === 1)).toHaveLength(byFirst);
    expect(second.ids.filter((id) => id === 1)).toEqual([1, 1]);
    expect(await providerOf(1)).toBe('second');
    expect(await outbox.message(1)).toMatchObject({ attempts: 2 });
  });

  it('and is to be sent again waits for that one while it is down, as long as it takes', async () => {
    first.answer = () => ({ kind: 'unknown', reason: 'timed out' });
    first.lookup = undefined;
    await outbox.queue({ id: 1 });
    outbox.sender([first, second], { inDoubtRule: () => 'again' });
    await until(async () => (await outbox.states())[1] === 'in_doubt');
    first.answer = () => noCredit;
    await until(() => isDown('first'));
    await outbox.queue({ id: 2 }, { id: 3 });
    await until(() => areSent(2, 3));
    expect((await outbox.message(1)).state).not.toBe('sent');
    first.answer = () => accepted;
    await until(() => areSent(1), 15_000);
    expect(second.ids).not.toContain(1);
    expect(await providerOf(1)).toBe('first');
  });

  it('and is to be sent again ends in doubt once that one is there no more', async () => {
    const fallbacks = [{ channel: 'email', address: 'a@example.com', content: { context: {} } }];
    await outbox.queue({ id: 1, fallbacks }, { id: 2 });
    await outbox.database.run(
      statement(
        '',
        `update message set state = case id when 1 then 'in_doubt' else 'retrying' end, provider = 'gone', attempts = 1,
           only_by = case id when 2 then 'gone' end, lease = gen_random_uuid(), attempted_at = now(), next_at = now()`,
      ),
    );
    outbox.sender([first, second], { inDoubtRule: () => 'again' });
    await until(async () => Object.values(await outbox.states()).join() === 'failed,failed');
    expect(await outbox.message(2)).toMatchObject({ reason: 'in_doubt' });
    expect([...first.ids, ...second.ids]).toEqual([]);
    expect(await outbox.pending()).toMatchObject([
      { data: { last: true, in_doubt: true } },
      { data: { last: true, in_doubt: true } },
    ]);
  });

  it('and of a provider that is there no more goes by its purpose', async () => {
    await outbox.queue({ id: 1 });
    await outbox.database.run(
      statement(
        '',
        `update message set state = 'in_doubt', provider = 'gone', attempts = 1, lease = gen_random_uuid(), attempted_at = now(), next_at = now()`,
      ),
    );
    outbox.sender([first, second]);
    await until(async () => (await outbox.states())[1] === 'failed');
    expect([...first.asked, ...second.asked]).toEqual([]);
  });
});

describe('an address that a provider does not take', () => {
  const elsewhere: SendResult = { kind: 'rejected', reason: 'no chat id', elsewhere: true };
  const fallbacks = [{ channel: 'email', address: 'a@example.com', content: { context: {} } }];

  it('goes to the next provider of the channel, not to the next channel, and leaves once', async () => {
    first.answer = ({ id }) => (id % 2 === 0 ? elsewhere : accepted);
    const email = new ScriptedChannel('email');
    await outbox.queue(...numbers(1, 200).map((id) => ({ id, fallbacks })));
    outbox.sender([first, second, email]);
    await until(() => areSent(...numbers(1, 200)));
    expect([...second.ids].sort((a, b) => a - b)).toEqual(numbers(1, 100).map((half) => half * 2));
    expect(email.ids).toEqual([]);
    expect([await providerOf(1), await providerOf(2)]).toEqual(['first', 'second']);
    expect(await outbox.message(2)).toMatchObject({ attempts: 1, channel: 'sms' });
    expect(await outbox.pending()).toEqual([]);
  });

  it('keeps the other’s rate', async () => {
    first.answer = () => elsewhere;
    const ratesOf = ({ provider }: { readonly provider: string }) =>
      provider === 'first' ? {} : { channel: { messages: 40, per: 1_000 } };
    await outbox.queue(...numbers(1, 50).map((id) => ({ id })));
    outbox.sender([first, second], { ratesOf, settings: { ...quick, leaseMs: 10_000 } });
    await until(() => areSent(...numbers(1, 50)), 15_000);
    const at = second.calls.map((call) => call.at);
    expect(Math.max(...at) - Math.min(...at)).toBeGreaterThan(700);
    expect(new Set(second.ids).size).toBe(second.ids.length);
  });

  it('is asked of the one that had it last after a crash', async () => {
    const dying = new ScriptedChannel('sms', 5, 'second');
    dying.answer = () => new Promise<SendResult>(() => undefined);
    const refusing = new ScriptedChannel('sms', 5, 'first');
    refusing.answer = () => elsewhere;
    await outbox.queue({ id: 1, fallbacks });
    const database = new MortalDatabase(outbox.database);
    const sender = outbox.sender([refusing, dying], { database });
    await until(() => dying.ids.includes(1));
    database.die();
    outbox.forget(sender);

    first.answer = () => elsewhere;
    second.told = () => ({ kind: 'arrived', providerId: 's-1' });
    outbox.sender([first, second]);
    await until(() => areSent(1), 15_000);
    expect([first.ids, first.asked, second.ids]).toEqual([[], [], []]);
    expect(second.asked).toEqual([[1]]);
  });

  it('goes to the next channel where no provider takes it', async () => {
    const email = new ScriptedChannel('email');
    first.answer = () => elsewhere;
    second.answer = () => ({ kind: 'rejected', reason: 'no phone', elsewhere: true });
    await outbox.queue({ id: 1, fallbacks });
    outbox.sender([first, second, email]);
    await until(() => areSent(1));
    expect([first.ids, second.ids, email.ids]).toEqual([[1], [1], [1]]);
  });

  it('waits for the next provider while that is down', async () => {
    const email = new ScriptedChannel('email');
    first.answer = ({ id }) => (id === 1 ? elsewhere : accepted);
    second.answer = () => noCredit;
    await outbox.queue({ id: 1, fallbacks }, { id: 2 });
    outbox.sender([first, second, email]);
    await until(async () => (await outbox.states())[1] === 'retrying' && (await isDown('second')));
    second.answer = () => accepted;
    await until(() => areSent(1, 2), 15_000);
    expect([await providerOf(1), await providerOf(2)]).toEqual(['second', 'first']);
    expect(email.ids).toEqual([]);
  });

  it('and that nobody else takes is tried again by the one that has perhaps taken it', async () => {
    first.takes = () => false;
    first.answer = () => elsewhere;
    second.answer = (_, call) => (call === 1 ? { ...busy, perhapsTaken: true } : accepted);
    second.lookup = undefined;
    await outbox.queue({ id: 1, fallbacks });
    outbox.sender([first, second]);
    await until(async () => (await outbox.states())[1] === 'retrying');
    await until(() => areSent(1), 15_000);
    expect([first.ids, second.ids]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('waits for the provider that is down, where the one in its place does not take it and there is no next channel', async () => {
    first.answer = () => noCredit;
    second.answer = () => elsewhere;
    await outbox.queue({ id: 1 });
    outbox.sender([first, second]);
    await until(async () => (await outbox.states())[1] === 'retrying');
    first.answer = () => accepted;
    await until(() => areSent(1), 15_000);
    expect(await providerOf(1)).toBe('first');
  });

  it('goes to nobody else where it was taken back meanwhile', async () => {
    const held = gate<SendResult>();
    first.answer = () => held.promise;
    await outbox.queue({ id: 1 });
    outbox.sender([first, second]);
    await until(() => first.ids.includes(1));
    await outbox.database.run(statement('', `update message set leave_by = '-infinity'`), []);
    held.open(elsewhere);
    await until(async () => (await outbox.states())[1] === 'queued');
    expect(second.ids).toEqual([]);
  });

  it('is given back when the sender stops before it went on', async () => {
    const held = gate<SendResult>();
    first.answer = () => held.promise;
    await outbox.queue({ id: 1 });
    const sender = outbox.sender([first, second]);
    await until(() => first.ids.includes(1));
    const stopped = sender.stop();
    held.open(elsewhere);
    await stopped;
    expect(await outbox.message(1)).toMatchObject({ state: 'queued', attempts: 0 });
    expect(second.ids).toEqual([]);
  });
});
