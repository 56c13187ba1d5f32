import type { Enrolment } from '../domain/journey/enrolment.js';
import type { Journey } from '../domain/journey/journey.js';
import { hasStandingExits } from '../domain/journey/leaves-by-itself.js';
import type { Connection } from '../store/connection.js';
import { loadEnrolments } from '../store/engine/load-enrolments.sql.js';
import type { RecheckRow } from '../store/engine/load-rechecks.sql.js';
import { readEnrolment } from './enrolment-row.js';
import type { LiveJourneys } from './live-journeys.js';

/** Somebody inside a journey that they may leave without an event. */
export interface Leaver {
  readonly enrolment: Enrolment;
  readonly journey: Journey;
}

/** Of the customers of these messages, who may leave the journey of one while it waits; by customer. */
export async function loadLeavers(
  tx: Connection,
  live: LiveJourneys,
  messages: readonly RecheckRow[],
): Promise<ReadonlyMap<string, readonly Leaver[]>> {
  const leavers = new Map<string, Leaver[]>();
  const customers = [...new Set(messages.map(({ customer_id }) => customer_id))];
  if (customers.length === 0 || !live.hasStandingExits) return leavers;
  const rows = await tx.run(loadEnrolments, [customers]);
  await live.need(tx, rows);
  for (const row of rows) {
    // Of a version that cannot be had nobody can say when it is left.
    const journey = live.journeys.find(row.journey, row.version);
    if (row.status !== 'active' || journey === undefined || !hasStandingExits(journey)) continue;
    leavers.set(row.customer_id, [...(leavers.get(row.customer_id) ?? []), { enrolment: readEnrolment(row), journey }]);
  }
  return leavers;
}

/** Whoever a message was queued for, where they are still inside. */
export function leaverOf(leavers: readonly Leaver[], { journey, enrolment: seq }: RecheckRow): Leaver | undefined {
  return leavers.find(({ enrolment }) => enrolment.journey === journey && enrolment.seq === seq);
}
