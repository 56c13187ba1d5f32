import type { Connection } from '../store/connection.js';
import { takePendingEvents } from '../store/engine/take-pending-events.sql.js';
import type { BatchEvent } from './batch.js';
import type { Batch } from './decide-batch.js';

/** Pending events that another engine has taken meanwhile are no longer ours; the others are as they are by now. */
export async function stillPending(tx: Connection, { events, pending }: Batch): Promise<readonly BatchEvent[]> {
  if (pending === undefined) return events;
  const taken = new Map((await tx.run(takePendingEvents, [pending])).map((row) => [row.no, row]));
  return events.flatMap((event, place) => {
    const row = taken.get(pending[place] ?? -1);
    return row === undefined ? [] : [{ ...event, customer: row.customer_id, id: row.id, data: row.data }];
  });
}
