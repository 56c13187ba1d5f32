import { LiveJourneys } from '../../../src/engine/live-journeys.js';
import { recheckMessages } from '../../../src/engine/recheck-messages.js';
import { statement, type Database } from '../../../src/store/connection.js';
import { givenWorkspace } from '../../given/workspace.js';

const bornOfMessages = statement(
  '',
  `insert into customer (id, decided_at, created_at)
   select distinct customer_id, clock_timestamp(), clock_timestamp() from message on conflict do nothing`,
);

/** What an engine does with messages past their time; gives their ids. Whoever has a message becomes a customer. */
export async function lookAgain(database: Database): Promise<readonly number[]> {
  const { workspace } = givenWorkspace({});
  if (workspace === undefined) throw new Error('the shop of the tests does not load');
  await database.run(bornOfMessages);
  const live = await LiveJourneys.load(database, workspace);
  const { messages } = await recheckMessages(database, live, () => undefined, 500);
  return messages.map(({ row }) => row.id);
}
