import type { EventDecider, IncomingEvent } from '../../intake/intake.js';
import type { Database } from '../../store/connection.js';
import { markBlockedTold } from '../../store/receipts/mark-blocked-told.sql.js';
import { noteBlocked } from '../../store/receipts/note-blocked.sql.js';
import { untoldBlocked, type UntoldNumber } from '../../store/receipts/untold-blocked.sql.js';
import { smsDoor, type Asked, type Poll } from './poll.js';

const AT_ONCE = 500;

export interface BlockedPollParts {
  readonly database: Database;
  readonly kavenegar: Asked;
  readonly decider: EventDecider;
  readonly lines: readonly string[];
  /** Those of `opt_out`. */
  readonly purposes: readonly string[];
}

/** Who has answered «لغو۱۱» where only the provider heard it: their customers' consent is withdrawn, for SMS, once. */
export function blockedPoll(parts: BlockedPollParts, everyMs = 600_000): Poll {
  const { database, kavenegar, lines } = parts;
  return {
    name: 'kavenegar/blocked',
    everyMs,
    ask: async () => {
      const numbers: string[] = [];
      for (const line of lines) numbers.push(...(await kavenegar.blocked(line)));
      await database.run(noteBlocked, [smsDoor.provider, numbers]);
      for (let after: string | undefined = ''; after !== undefined;) after = await tellSome(parts, after);
      return undefined;
    },
  };
}

/** Gives the last number looked at; undefined where there are no more. Numbers that nobody has yet are looked at again. */
async function tellSome({ database, decider, purposes }: BlockedPollParts, after: string): Promise<string | undefined> {
  const rows = await database.run(untoldBlocked, [smsDoor.provider, after, AT_ONCE]);
  const told = rows.filter(({ customers }) => customers.length > 0);
  const events = told.flatMap((row) => withdrawals(row, purposes));
  for (let from = 0; from < events.length; from += AT_ONCE) {
    await decider.decide({ source: 'engine', events: events.slice(from, from + AT_ONCE) });
  }
  if (told.length > 0) await database.run(markBlockedTold, [smsDoor.provider, told.map(({ number }) => number)]);
  return rows.length < AT_ONCE ? undefined : rows.at(-1)?.number;
}

/** The instant at which it was first seen there makes another time, after it had left the list, another word. */
function withdrawals(row: UntoldNumber, purposes: readonly string[]): readonly IncomingEvent[] {
  const { number, seen_at, customers } = row;
  return customers.flatMap((customer) =>
    purposes.map((purpose) => ({
      id: `blocked/${number}/${String(seen_at)}/${purpose}`,
      source: `/hooks/${smsDoor.provider}`,
      type: 'consent.withdrawn',
      customer,
      time: undefined,
      data: { purpose, channel: smsDoor.channel },
    })),
  );
}
