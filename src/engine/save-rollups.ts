import { numberAt } from '../domain/expression/layered-history.js';
import type { Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { saveRollups as statement } from '../store/engine/save-rollups.sql.js';
import type { NumberedEvent } from './batch.js';
import type { Rolled } from './keep-events.js';

interface DayRow {
  readonly customer: string;
  readonly type: string;
  /** Since 1970, in UTC. */
  readonly day: number;
  count: number;
  newest: Instant;
  sums: Record<string, number> | undefined;
}

const DAY = 86_400_000;

/** Adds new events to the day rows of their types, where these are kept. */
export async function saveRollups(tx: Connection, rolled: Rolled, events: readonly NumberedEvent[]): Promise<void> {
  const days = new Map<string, DayRow>();
  for (const event of events) {
    const fields = Object.hasOwn(rolled, event.event.type) ? rolled[event.event.type] : undefined;
    if (fields !== undefined) addToDay(days, event, fields);
  }
  if (days.size === 0) return;
  const rows = [...days.values()];
  await tx.run(statement, [
    rows.map(({ customer }) => customer),
    rows.map(({ type }) => type),
    rows.map(({ day }) => day),
    rows.map(({ count }) => count),
    rows.map(({ newest }) => newest),
    rows.map(({ sums }) => (sums === undefined ? null : JSON.stringify(sums))),
  ]);
}

function addToDay(days: Map<string, DayRow>, { customer, event }: NumberedEvent, fields: readonly string[]): void {
  const day = Math.floor(event.time / DAY);
  const key = `${String(day)}\0${customer}\0${event.type}`;
  const row = days.get(key) ?? { customer, type: event.type, day, count: 0, newest: event.time, sums: undefined };
  days.set(key, row);
  row.count += 1;
  row.newest = Math.max(row.newest, event.time);
  for (const field of fields) {
    const value = numberAt(event.data, field);
    if (value !== undefined) row.sums = { ...row.sums, [field]: (row.sums?.[field] ?? 0) + value };
  }
}
