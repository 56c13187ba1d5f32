import { statement } from '../../../src/store/connection.js';
import { keepServing } from '../../../src/store/outbox/keep-serving.sql.js';
import { gate, interposed, ScriptedChannel, until } from './outbox-fixture.js';
import { TwoProviders } from './two-providers.js';

/** An old process knows the first provider only, a new one both. */
describe('of two processes with different files', () => {
  const given = TwoProviders.forEveryTest();

  const sql = (text: string) => given.outbox.database.run(statement('', text));
  const served = (provider: string, forMs: number) =>
    sql(`insert into served_provider values ('sms', '${provider}', now() + ${String(forMs)} * interval '1 ms')`);
  /** 1 is in doubt at the second, 2 is bound to it; 3 is in doubt at the first, and the last that is due. */
  async function unsettled(): Promise<void> {
    await given.outbox.queue({ id: 1 }, { id: 2 }, { id: 3 });
    await sql(
      `update message set state = case id when 2 then 'retrying' else 'in_doubt' end, provider = case id when 3 then 'first' else 'second' end,
         only_by = case id when 2 then 'second' end, attempts = 1, lease = case id when 2 then null else gen_random_uuid() end,
         attempted_at = now() - interval '3 days', next_at = now() - (4 - id) * interval '1 hour'`,
    );
  }

  it('the old one leaves alone what is in doubt at a provider that the new one serves', async () => {
    const { outbox, first, second } = given;
    await served('second', 3_600_000);
    await unsettled();
    outbox.sender([first], { inDoubtRule: () => 'again' });
    await until(async () => (await outbox.message(3)).state !== 'in_doubt');
    expect(await outbox.states()).toMatchObject({ 1: 'in_doubt', 2: 'retrying' });

    second.told = () => ({ kind: 'arrived', providerId: 's-1' });
    outbox.sender([first, second], { settings: { inDoubt: { askAfterMs: 9_000, askUntilMs: 864_000_000 } } });
    await until(async () => {
      const states = await outbox.states();
      return states[1] === 'sent' && states[2] === 'sent';
    });
    expect(await outbox.message(1)).toMatchObject({ provider_id: 's-1', attempts: 1 });
    expect([first.ids.includes(1), first.ids.includes(2), second.ids]).toEqual([false, false, [2]]);
  });

  it('the old one leaves it alone from when it meets it, though nobody has told of it', async () => {
    const { outbox, first } = given;
    await unsettled();
    outbox.sender([first], { inDoubtRule: () => 'again', settings: { unservedAfterMs: 3_600_000 } });
    await until(async () => (await outbox.message(3)).state !== 'in_doubt');
    expect(await outbox.states()).toMatchObject({ 1: 'in_doubt', 2: 'retrying' });
    expect(await sql(`select provider from served_provider where until > now() order by provider`)).toEqual([
      { provider: 'first' },
      { provider: 'second' },
    ]);
  });

  it('the old one ends it, and sends none of it, once nobody has served that provider for so long', async () => {
    const { outbox, first, second } = given;
    const gone = outbox.sender([first, second]);
    await until(async () => (await sql(`select from served_provider where provider = 'second'`)).length === 1);
    outbox.forget(gone);
    await gone.stop();
    await unsettled();
    outbox.sender([first], { inDoubtRule: () => 'again' });
    await until(async () => {
      const states = await outbox.states();
      return states[1] === 'failed' && states[2] === 'failed';
    });
    expect(await outbox.message(1)).toMatchObject({ reason: 'in_doubt', attempts: 1 });
    expect([...first.ids, ...second.ids].filter((id) => id < 3)).toEqual([]);
  });

  it('the old one gives what is to be sent again to nobody but the provider that perhaps has it', async () => {
    const { outbox, first } = given;
    await served('second', 3_600_000);
    await outbox.queue({ id: 1 });
    await sql(
      `update message set state = 'in_doubt', provider = 'first', attempts = 1, lease = gen_random_uuid(), attempted_at = now(), next_at = now()`,
    );
    first.lookup = undefined;
    first.answer = () => ({ kind: 'channel_down', reason: 'no credit' });
    outbox.sender([first], { inDoubtRule: () => 'again' });
    await until(async () => (await outbox.message(1)).state !== 'in_doubt');
    expect(await sql(`select only_by from message`)).toEqual([{ only_by: 'first' }]);
  });

  it('none claims anything before it has told what it serves', async () => {
    const { outbox, first } = given;
    const [asked, answer] = [gate<undefined>(), gate<undefined>()];
    const slow = interposed(outbox.database, async (wanted, run) => {
      if (wanted.text === keepServing.text) {
        asked.open(undefined);
        await answer.promise;
      }
      return run();
    });
    await outbox.queue({ id: 1 }, { id: 2 });
    outbox.sender([first], { database: slow });
    const other = outbox.sender([new ScriptedChannel('email')]);
    await asked.promise;
    await outbox.queue({ id: 3, channel: 'email', content: {} });
    await until(async () => (await outbox.message(3)).state === 'sent');
    other.wake();
    expect([first.ids, await outbox.states()]).toMatchObject([[], { 1: 'queued', 2: 'queued' }]);
    answer.open(undefined);
    await until(async () => (await outbox.message(2)).state === 'sent');
    expect([...first.ids].sort()).toEqual([1, 2]);
  });
});
