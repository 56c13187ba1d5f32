import type { Instant } from '../domain/time/instant.js';
import { PRUNE_CALLS, PRUNE_LINKS } from '../store/explain/read-pruned.sql.js';
import type { Database } from '../store/connection.js';
import { pruneLinks } from '../store/links/prune-links.sql.js';
import { pruneCalls } from '../store/webhooks/prune-calls.sql.js';
import type { Poll } from '../receipts/polls/poll.js';
import { idAt, numbersIn } from './message-time.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const AT_ONCE = 1_000;
/** What is left after so many slices waits for the next time. */
const MOST_SLICES = 200;

/** However little is to be kept: a link works so long after its message was decided, and an address to opt out so long. */
export const LINKS_LIVE_DAYS = 90;
export const OPT_OUTS_LIVE_DAYS = 730;

/**
 * Takes away what is over, once it is older than so many days. Each turn takes away what the turn before has said is taken away from
 * now on, so that whoever verifies the past never misses what nobody has told of.
 */
export function pruning(database: Database, days: number): readonly Poll[] {
  return [
    {
      name: PRUNE_CALLS,
      everyMs: HOUR,
      ask: async (now, told) => {
        if (told !== undefined) await pruneAllCalls(database, told);
        return now - days * DAY;
      },
    },
    {
      name: PRUNE_LINKS,
      everyMs: HOUR,
      ask: async (now, told) => {
        if (told !== undefined) await pruneAllLinks(database, told, now);
        return now - Math.max(days, LINKS_LIVE_DAYS) * DAY;
      },
    },
  ];
}

async function pruneAllCalls(database: Database, before: Instant): Promise<void> {
  for (let slices = 0; slices < MOST_SLICES; slices += 1) {
    const [row] = await database.run(pruneCalls, [before, AT_ONCE]);
    if ((row?.gone ?? 0) < AT_ONCE) return;
  }
}

async function pruneAllLinks(database: Database, before: Instant, now: Instant): Promise<void> {
  const optOutsBefore = Math.min(before, now - OPT_OUTS_LIVE_DAYS * DAY);
  for (let slices = 0; slices < MOST_SLICES; slices += 1) {
    const [row] = await database.run(pruneLinks, [idAt(before), idAt(optOutsBefore), numbersIn(WEEK), AT_ONCE]);
    if ((row?.seen ?? 0) < AT_ONCE) return;
  }
}
