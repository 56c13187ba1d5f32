import { reach } from '../crash-points.js';
import type { Trace } from '../domain/journey/decision.js';
import { messagesSource } from '../domain/journey/message-outcome.js';
import { printInstant, type Instant } from '../domain/time/instant.js';
import type { Connection, Database } from '../store/connection.js';
import { applyRechecks } from '../store/engine/apply-rechecks.sql.js';
import { claimCustomers, type ClaimedCustomer } from '../store/engine/claim-customers.sql.js';
import { insertPendingEvents } from '../store/engine/insert-pending-events.sql.js';
import { loadRechecks, type RecheckRow } from '../store/engine/load-rechecks.sql.js';
import { lockRecheckCustomers } from '../store/engine/lock-recheck-customers.sql.js';
import { factsFor } from './batch.js';
import { virtual } from './decide-batch.js';
import type { VirtualClock } from './engine-observer.js';
import type { LiveJourneys } from './live-journeys.js';
import type { Drawer } from './load.js';
import { loadContacts } from './load-contacts.js';
import { loadHistory } from './load-history.js';
import { leaverOf, loadLeavers, type Leaver } from './load-leavers.js';
import { LoadedHistory } from './loaded-history.js';
import { readsOfPurpose } from './reads.js';
import { verdictOn, type Verdict } from './recheck.js';

export interface Rechecked {
  /** How many customers were locked: fewer than asked for means that no more are due. */
  readonly customers: number;
  readonly messages: readonly Looked[];
}

export interface Looked {
  readonly row: RecheckRow;
  readonly verdict: Verdict;
  readonly now: Instant;
}

/**
 * Messages whose time to leave, to be held or to wait for a receipt is over, of up to `limit` customers in one transaction:
 * lock, load, test again, write. A kill before the commit leaves them as they were, to be found at the next beat.
 */
export async function recheckMessages(
  db: Database,
  live: LiveJourneys,
  clock: VirtualClock,
  limit: number,
): Promise<Rechecked> {
  return db.transaction(async (tx) => {
    const ids = (await tx.run(lockRecheckCustomers, [virtual(clock), limit])).map(({ id }) => id);
    if (ids.length === 0) return { customers: 0, messages: [] };
    const customers = await tx.run(claimCustomers, [ids, ids.map(() => 0), virtual(clock)]);
    reach('recheck.taken');
    const rows = await tx.run(loadRechecks, [ids, virtual(clock)]);
    const messages = await test(tx, live, customers, rows);
    await write(tx, messages);
    reach('recheck.saved');
    return { customers: ids.length, messages };
  });
}

async function test(
  tx: Connection,
  live: LiveJourneys,
  customers: readonly ClaimedCustomer[],
  rows: readonly RecheckRow[],
): Promise<readonly Looked[]> {
  const leavers = await loadLeavers(tx, live, rows);
  const drawers = customers.map((customer) => drawerOf(live, customer, rows, leavers.get(customer.id) ?? []));
  await loadHistory(tx, live, drawers);
  const contactsOf = await loadContacts(tx, live, drawers);
  return drawers.flatMap(({ customer, history }) => {
    const facts = factsFor(live, customer, 0, history, contactsOf(customer.id));
    const now = customer.decided_at;
    return rows
      .filter(({ customer_id }) => customer_id === customer.id)
      .map((row) => {
        const leaver = leaverOf(leavers.get(customer.id) ?? [], row);
        return { row, verdict: verdictOn(row, live, facts, now, leaver), now };
      });
  });
}

type OwnDrawer = Drawer & { readonly history: LoadedHistory };

/** What the policy asks of their history, it asks of whoever gets messages of these journeys and purposes. */
function drawerOf(
  live: LiveJourneys,
  customer: ClaimedCustomer,
  rows: readonly RecheckRow[],
  leavers: readonly Leaver[],
): OwnDrawer {
  const own = rows.filter(({ customer_id }) => customer_id === customer.id);
  const further = [...new Set(own.flatMap(({ journey }) => live.journeys.named(journey) ?? []))];
  const purposes = [...new Set(own.map(({ purpose }) => purpose))];
  const more = purposes.map((purpose) => readsOfPurpose(purpose, live.workspace));
  const enrolments = leavers.map(({ enrolment }) => enrolment);
  return { customer, events: [], enrolments, history: new LoadedHistory(), further, more };
}

async function write(tx: Connection, messages: readonly Looked[]): Promise<void> {
  if (messages.length === 0) return;
  const changes = messages.map(({ verdict, row }) => changeOf(verdict, row));
  await tx.run(applyRechecks, [
    messages.map(({ row }) => row.id),
    changes.map(({ state }) => state),
    changes.map(({ reason }) => reason ?? null),
    changes.map(({ nextAt }) => nextAt ?? null),
    changes.map(({ leaveBy }) => leaveBy ?? null),
    changes.map(({ skip }) => skip ?? null),
    changes.map(({ fallbackAt }) => fallbackAt ?? null),
  ]);
  await tellWhoWaits(tx, messages);
}

interface Change {
  readonly state: 'queued' | 'deferred' | 'suppressed' | 'withdrawn' | 'sent';
  readonly reason?: string;
  readonly nextAt?: Instant;
  readonly leaveBy?: Instant | undefined;
  readonly skip?: number;
  readonly fallbackAt?: Instant;
}

function changeOf(verdict: Verdict, { state }: Pick<RecheckRow, 'state'>): Change {
  switch (verdict.kind) {
    case 'go':
      return { state: 'queued', leaveBy: verdict.leaveBy };
    case 'deferred':
      return { state: 'deferred', reason: verdict.reason, nextAt: verdict.until };
    case 'suppressed':
      return { state: 'suppressed', reason: verdict.reason };
    case 'withdrawn':
      return { state: 'withdrawn', reason: 'taken_back' };
    case 'left':
      return { state: 'withdrawn', reason: 'exit' };
    case 'next':
      return { state: 'queued', leaveBy: verdict.leaveBy, skip: verdict.channel };
    case 'wait':
      return { state: 'sent', fallbackAt: verdict.until };
    case 'stay':
      return { state: 'sent' };
    case 'unclear':
      return state === 'sent'
        ? { state: 'sent', fallbackAt: verdict.until }
        : { state: 'deferred', reason: 'not_tested', nextAt: verdict.until };
  }
}

/**
 * A step that waits to hear of its message hears that it never left, or goes on to another channel. Who would leave their journey
 * leaves it by what they are told, as at any event: their step hears nothing.
 */
async function tellWhoWaits(tx: Connection, messages: readonly Looked[]): Promise<void> {
  const told = messages.filter(
    ({ row, verdict: { kind } }) =>
      kind === 'left' || (row.awaited && ['suppressed', 'withdrawn', 'next'].includes(kind)),
  );
  if (told.length === 0) return;
  await tx.run(insertPendingEvents, [
    told.map(({ row }) => row.customer_id),
    told.map(({ row, verdict }) => `${String(row.id)}/${row.channel}/${wordOf(verdict)}`),
    told.map(() => messagesSource),
    told.map(({ verdict }) => `message.${wordOf(verdict)}`),
    told.map(({ now }) => printInstant(now)),
    JSON.stringify(told.map(({ row, verdict }) => toldOf(row, verdict))),
    told.map(() => 0),
  ]);
}

function wordOf({ kind }: Verdict): 'withheld' | 'moved' {
  return kind === 'next' ? 'moved' : 'withheld';
}

function toldOf(row: RecheckRow, verdict: Verdict): object {
  const { id, journey, template, channel, ref, next } = row;
  const about = { message_id: id, journey, template, channel, ...(verdict.kind !== 'left' && { ref }) };
  if (verdict.kind === 'next') return { ...about, next: next[verdict.channel] ?? null };
  return { ...about, reason: changeOf(verdict, row).reason ?? null };
}

/** What is told of it, as of any decision. */
export function traceOf({ row, verdict, now: at }: Looked): readonly Trace[] {
  const { customer_id: customer, journey, key, step, template } = row;
  const about = { at, customer, journey, key: key ?? undefined, step };
  switch (verdict.kind) {
    case 'deferred':
      return [{ ...about, kind: 'deferred', template, reason: verdict.reason, until: verdict.until }];
    case 'suppressed':
      return [{ ...about, kind: 'suppressed', template, reason: verdict.reason }];
    default:
      return [];
  }
}
