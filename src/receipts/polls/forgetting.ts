import type { Database, Statement } from '../../store/connection.js';
import { forgetChatLinks } from '../../store/chats/forget-chat-links.sql.js';
import { forgetPastAttempts } from '../../store/receipts/forget-past-attempts.sql.js';
import { forgetReplies } from '../../store/receipts/forget-replies.sql.js';
import type { Poll } from './poll.js';

const HOUR = 3_600_000;
/** No provider tells anything again after so long. */
const DAYS = 30;
const AT_ONCE = 1_000;
const MOST_SLICES = 100;

/** Lets go of whose replies were, and of attempts, that no provider speaks of any more. */
export function forgetting(database: Database): Poll {
  return {
    name: 'way-back/forget',
    everyMs: HOUR,
    ask: async () => {
      await inSlices(database, forgetReplies);
      await inSlices(database, forgetPastAttempts);
      await inSlices(database, forgetChatLinks);
      return undefined;
    },
  };
}

async function inSlices(database: Database, forget: Statement<unknown>): Promise<void> {
  for (let slices = 0; slices < MOST_SLICES; slices += 1) {
    if ((await database.run(forget, [DAYS, AT_ONCE])).length < AT_ONCE) return;
  }
}
