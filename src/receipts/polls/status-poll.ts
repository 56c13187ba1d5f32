import type { Heard } from '../../channels/inbound.js';
import type { Database } from '../../store/connection.js';
import { takeUnreceipted } from '../../store/receipts/take-unreceipted.sql.js';
import type { WayBack } from '../way-back.js';
import { smsDoor, type Asked, type Poll } from './poll.js';

const AT_ONCE = 500;
/** What is left after so many calls waits for the next time. */
const MOST_CALLS = 20;

/** What became of SMS that Kavenegar has taken. Asks nothing while there are none. */
export function statusPoll(database: Database, kavenegar: Asked, wayBack: WayBack, everyMs = 15_000): Poll {
  return {
    name: 'kavenegar/status',
    everyMs,
    ask: async () => {
      for (let calls = 0; calls < MOST_CALLS; calls += 1) {
        const { channel, provider } = smsDoor;
        const ids = (await database.run(takeUnreceipted, [channel, provider, everyMs])).map((row) => row.provider_id);
        if (ids.length > 0) await wayBack.take(smsDoor, receiptsIn(await kavenegar.statusOf(ids)));
        if (ids.length < AT_ONCE) break;
      }
      return undefined;
    },
  };
}

function receiptsIn(told: Awaited<ReturnType<Asked['statusOf']>>): readonly Heard[] {
  return [...told].flatMap(([providerId, status]) =>
    status === 'under way' ? [] : [{ kind: 'receipt', providerId, status } as const],
  );
}
