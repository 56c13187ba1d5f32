import { createHash } from 'node:crypto';
import type { EventDecider, EventOutcome, IncomingEvent } from '../../../src/intake/intake.js';
import { statement, type Connection, type Database } from '../../../src/store/connection.js';
import { claimCustomers } from '../../../src/store/engine/claim-customers.sql.js';

const storeEvent = statement<{ id: string }>(
  'test-store-event',
  `insert into event (customer_id, hash, seq, type, time, arrival, bundle, id, source, data)
   values ($1, $2::uuid, 1, $3, coalesce($4::timestamptz, clock_timestamp()), clock_timestamp(), 1, $5, $6, $7)
   on conflict do nothing returning id`,
);

/** Keeps events and decides nothing: intake is tested without journeys. Events of type `shop.poison` fail. */
export class StoringDecider implements EventDecider {
  constructor(private readonly database: Database) {}

  async decide(batch: { readonly events: readonly IncomingEvent[] }): Promise<readonly EventOutcome[]> {
    return this.database.transaction(async (tx) => {
      const outcomes: EventOutcome[] = [];
      for (const event of batch.events) outcomes.push(await store(tx, event));
      return outcomes;
    });
  }
}

async function store(tx: Connection, event: IncomingEvent): Promise<EventOutcome> {
  if (event.type === 'shop.poison') return { kind: 'dead', reason: 'step "x" failed' };
  await tx.run(claimCustomers, [[event.customer], [1], null]);
  const time = event.time === undefined ? null : new Date(event.time).toISOString();
  const hash = createHash('sha256').update(`${event.source}\0${event.id}`).digest('hex').slice(0, 32);
  const { customer, type, id, source, data } = event;
  const rows = await tx.run(storeEvent, [customer, hash, type, time, id, source, JSON.stringify(data)]);
  return { kind: rows.length === 1 ? 'accepted' : 'duplicate' };
}
