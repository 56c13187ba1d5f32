import { Client } from 'pg';
import type { SendResult } from '../../../src/channels/channel.js';
import { silentObserver } from '../../../src/outbox/ports.js';
import type { SenderClock } from '../../../src/outbox/sender-clock.js';
import { statement } from '../../../src/store/connection.js';
import { settleSent } from '../../../src/store/outbox/settle-sent.sql.js';
import { accepted, gate, MortalDatabase, numbers, Outbox, quick, ScriptedChannel, until } from './outbox-fixture.js';

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

/** A sender that dies with these messages on their way. */
async function crashWith(...ids: readonly number[]): Promise<void> {
  const dying = new ScriptedChannel();
  dying.answer = () => new Promise<SendResult>(() => undefined);
  const database = new MortalDatabase(outbox.database);
  const sender = outbox.sender([dying], { database });
  await until(() => ids.every((id) => dying.ids.includes(id)));
  database.die();
  outbox.forget(sender);
}

describe('a message that a crash caught on its way', () => {
  it('is asked about, and not sent again if it arrived', async () => {
    const sms = new ScriptedChannel();
    sms.told = () => ({ kind: 'arrived', providerId: 'p-9' });
    await outbox.queue({ id: 1, customer: 'ali' });
    await crashWith(1);
    await outbox.queue({ id: 2, customer: 'ali' });
    outbox.sender([sms]);
    await until(async () => (await outbox.states())[2] === 'sent');
    expect(await outbox.message(1)).toMatchObject({ state: 'sent', provider_id: 'p-9', attempts: 1 });
    expect(new Set(sms.asked.flat())).toEqual(new Set([1]));
    expect(sms.ids).toEqual([2]);
  });

  it('is sent again with the same id if it never arrived', async () => {
    const sms = new ScriptedChannel();
    await outbox.queue({ id: 1 }, { id: 2 });
    await crashWith(1, 2);
    const doubts: number[] = [];
    outbox.sender([sms], {
      observer: { ...silentObserver, inDoubt: (_channel, _provider, count) => doubts.push(count) },
    });
    await until(() => outbox.areAll('sent'));
    expect([...sms.ids].sort()).toEqual([1, 2]);
    expect(await outbox.message(1)).toMatchObject({ attempts: 2 });
    expect(doubts.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('is asked about again while the provider cannot tell, and then goes by its purpose', async () => {
    const sms = new ScriptedChannel();
    sms.told = () => ({ kind: 'cannot_tell', reason: 'busy' });
    await outbox.queue({ id: 1, purpose: 'strict' }, { id: 2, purpose: 'lax' });
    await crashWith(1, 2);
    const settings = { ...quick, inDoubt: { askAfterMs: 400, askUntilMs: 3_000 } };
    outbox.sender([sms], { settings, inDoubtRule: (purpose) => (purpose === 'lax' ? 'again' : 'never') });
    await until(async () => Object.values(await outbox.states()).join() === 'failed,sent', 15_000);
    expect(sms.asked.length).toBeGreaterThanOrEqual(2);
    expect((await outbox.message(1)).reason).toBe('in_doubt');
    expect(sms.ids).toEqual([2]);
    expect(await outbox.pending()).toMatchObject([{ id: '1/sms', data: { reason: 'in_doubt' } }]);
  });

  it('goes by its purpose at once where the provider cannot be asked', async () => {
    const sms = new ScriptedChannel();
    sms.lookup = undefined;
    await outbox.queue({ id: 1, purpose: 'strict' }, { id: 2, purpose: 'lax' });
    await crashWith(1, 2);
    outbox.sender([sms], { inDoubtRule: (purpose) => (purpose === 'lax' ? 'again' : 'never') });
    await until(async () => Object.values(await outbox.states()).join() === 'failed,sent');
    expect(sms.ids).toEqual([2]);
  });
});

describe('a call whose end is unknown', () => {
  it('is asked about no sooner than it may be', async () => {
    const sms = new ScriptedChannel();
    sms.answer = (_, call) => (call === 1 ? { kind: 'unknown', reason: 'timed out' } : accepted);
    await outbox.queue({ id: 1 });
    outbox.sender([sms]);
    await until(() => sms.asked.length === 1);
    const asked = performance.now();
    await until(async () => (await outbox.states())[1] === 'sent');
    expect(asked - (sms.calls[0]?.at ?? 0)).toBeGreaterThanOrEqual(395);
    expect(sms.ids).toEqual([1, 1]);
  });

  it('keeps no slot for ever where the channel does not answer, and its late answer still counts', async () => {
    const sms = new ScriptedChannel('sms', 1);
    sms.told = () => ({ kind: 'cannot_tell', reason: 'busy' });
    const late = gate<SendResult>();
    sms.answer = (message) => (message.id === 1 ? late.promise : accepted);
    await outbox.queue({ id: 1 }, { id: 2 });
    outbox.sender([sms], {
      settings: { ...quick, leaseMs: 5_000, inDoubt: { askAfterMs: 3_000, askUntilMs: 60_000 } },
    });
    await until(async () => Object.values(await outbox.states()).join() === 'in_doubt,sent');
    late.open({ kind: 'accepted', providerId: 'late', cost: undefined });
    await until(async () => (await outbox.states())[1] === 'sent');
    expect(await outbox.message(1)).toMatchObject({ provider_id: 'late', attempts: 1 });
    expect(sms.asked).toEqual([]);
  });
});

describe('a lease', () => {
  it.each(['monotonic', 'wall'] as const)(
    'that has run out by the %s clock keeps a woken process from sending',
    async (which) => {
      const asleep = { monotonic: 0, wall: 0 };
      const clock: SenderClock = {
        monotonic: () => performance.now() + asleep.monotonic,
        wall: () => Date.now() + asleep.wall,
      };
      const email = new ScriptedChannel('email');
      const composed = gate<undefined>();
      let composing = 0;
      const compose = async () => {
        composing += 1;
        if (composing === 1) await composed.promise;
        return { channel: 'email' as const, subject: 's', text: 't', html: 'h' };
      };
      await outbox.queue({ id: 1, channel: 'email', content: {} });
      outbox.sender([email], { clock, composer: { compose }, settings: {} });
      await until(() => composing === 1);
      asleep[which] = 120_000;
      composed.open(undefined);
      await until(async () => (await outbox.states())[1] === 'sent');
      expect(composing).toBe(2);
      expect(email.ids).toEqual([1]);
      expect(await outbox.message(1)).toMatchObject({ attempts: 1 });
    },
  );

  it('settles only with its own token', async () => {
    await outbox.queue({ id: 1 });
    const [mine, other] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
    await outbox.database.run(statement('', `update message set state = 'sending', lease = $1`), [mine]);
    const settle = (token: string | undefined) => outbox.database.run(settleSent, [[1], [token], [null], [null]]);
    expect(await settle(other)).toEqual([{ settled: 0, followed: false }]);
    expect(await outbox.states()).toEqual({ 1: 'sending' });
    expect(await settle(mine)).toEqual([{ settled: 1, followed: false }]);
    expect(await settle(mine)).toEqual([{ settled: 0, followed: false }]);
  });
});

describe('a database that goes away', () => {
  it('costs no message and no second sending', async () => {
    const sms = new ScriptedChannel('sms', 20);
    const troubles: string[] = [];
    sms.answer = () => new Promise((resolve) => setTimeout(resolve, 10, accepted));
    await outbox.queue(...numbers(1, 1_500).map((id) => ({ id })));
    const observer = { ...silentObserver, trouble: (what: string) => troubles.push(what) };
    outbox.sender([sms], { observer, settings: {} });
    for (const calls of [100, 400, 700, 1_000]) {
      await until(() => sms.calls.length >= calls);
      await cutConnections();
    }
    await until(() => outbox.areAll('sent'), 20_000);
    expect(troubles.length).toBeGreaterThan(0);
    expect(new Set(sms.ids).size).toBe(1_500);
    expect(sms.ids).toHaveLength(1_500);
  });
});

async function cutConnections(): Promise<void> {
  const client = new Client({ connectionString: outbox.server.url });
  await client.connect();
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await client.end();
}
