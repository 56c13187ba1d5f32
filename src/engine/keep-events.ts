import type { Connection } from '../store/connection.js';
import { insertEvents, type InsertedEvents } from '../store/engine/insert-events.sql.js';
import type { NumberedEvent } from './batch.js';

/** The types whose day rows are kept, and the fields whose sums are. The database says it: other processes may count more. */
export type Rolled = NonNullable<InsertedEvents['rolled']>;

/** What became of events in the database. */
export interface Kept {
  readonly fresh: readonly NumberedEvent[];
  isFresh(event: NumberedEvent): boolean;
  readonly rolled: Rolled;
}

/** Keeps events, in one statement; those seen before are not kept again. */
export async function keepEvents(tx: Connection, bundle: number, events: readonly NumberedEvent[]): Promise<Kept> {
  if (events.length === 0) return { fresh: events, isFresh: () => true, rolled: {} };
  const [inserted] = await tx.run(insertEvents, [
    events.map(({ customer }) => customer),
    events.map(({ hash }) => hash),
    events.map(({ event }) => event.seq),
    events.map(({ event }) => event.type),
    events.map(({ event }) => event.time),
    events.map(({ event }) => event.arrival),
    events.map(({ event }) => event.id),
    events.map(({ event }) => event.source),
    JSON.stringify(events.map(({ event }) => event.data)),
    bundle,
    [...new Set(events.map(({ event }) => event.type))],
  ]);
  if (inserted === undefined) throw new Error('the events were not kept');
  const rolled = inserted.rolled ?? {};
  if (inserted.fresh === null) return { fresh: events, isFresh: () => true, rolled };
  const numbers = new Set(inserted.fresh);
  const fresh = new Set(events.filter((_, place) => numbers.has(place + 1)));
  return { fresh: [...fresh], isFresh: (event) => fresh.has(event), rolled };
}
