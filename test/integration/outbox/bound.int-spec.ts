import type { SendResult } from '../../../src/channels/channel.js';
import { statement } from '../../../src/store/connection.js';
import { takeBound } from '../../../src/store/outbox/take-bound.sql.js';
import { gate, interposed, ScriptedChannel, until } from './outbox-fixture.js';
import { TwoProviders } from './two-providers.js';

const elsewhere: SendResult = { kind: 'rejected', reason: 'no chat id', elsewhere: true };
const fallbacks = [{ channel: 'email', address: 'a@example.com', content: { context: {} } }];

describe('what only its provider may send again', () => {
  const given = TwoProviders.forEveryTest();

  const sql = (text: string) => given.outbox.database.run(statement('', text));
  const bind = (provider: string, dueIn = 0) =>
    sql(
      `update message set state = 'retrying', provider = '${provider}', only_by = '${provider}', attempts = 1, attempted_at = now(),
         next_at = now() + ${String(dueIn)} * interval '1 ms' where id = 1`,
    );

  it.each([
    ['ends', []],
    ['goes to the next channel', fallbacks],
  ])('%s where that one does not take its address any more', async (_, next) => {
    const { outbox, first, second } = given;
    const email = new ScriptedChannel('email');
    first.answer = () => elsewhere;
    await outbox.queue({ id: 1, fallbacks: next });
    await bind('first');
    outbox.sender([first, second, email]);
    await until(async () => ['failed', 'sent'].includes((await outbox.message(1)).state), 4_000);
    expect([first.ids, second.ids]).toEqual([[1], []]);
    expect(email.ids).toEqual(next.length === 0 ? [] : [1]);
  });

  it('keeps nobody waiting behind it while its journey is paused', async () => {
    const { outbox, first, second } = given;
    await outbox.queue({ id: 1, customer: 'ann', journey: 'a' }, { id: 2, customer: 'ann', journey: 'b' });
    await bind('first', 1_000);
    outbox.sender([first, second]);
    await until(async () => (await outbox.message(2)).waits_for === 1);
    await sql(`insert into pause (kind, name, reason) values ('journey', 'a', 'test')`);
    await until(async () => (await outbox.message(2)).state === 'sent', 4_000);
    expect(first.ids).toEqual([2]);
    await sql('delete from pause');
    await until(async () => (await outbox.message(1)).state === 'sent');
    expect(await sql('select from message where held is not null')).toEqual([]);
  });

  it('is given back where the sender stops while it is claimed', async () => {
    const { outbox, first, second } = given;
    const [asked, answer] = [gate<undefined>(), gate<undefined>()];
    const slow = interposed(outbox.database, async (wanted, run) => {
      const rows = await run();
      if (rows.length === 0 || wanted.text !== takeBound.text) return rows;
      asked.open(undefined);
      await answer.promise;
      return rows;
    });
    await outbox.queue({ id: 1 });
    await bind('first');
    const sender = outbox.sender([first, second], { database: slow });
    await asked.promise;
    const stopped = sender.stop();
    await new Promise((resolve) => setImmediate(resolve));
    answer.open(undefined);
    await stopped;
    expect(await outbox.message(1)).toMatchObject({ state: 'retrying', attempts: 1 });
    expect(first.ids).toEqual([]);
  });
});
