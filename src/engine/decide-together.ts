import { reach } from '../crash-points.js';
import type { Journey } from '../domain/journey/journey.js';
import type { Connection } from '../store/connection.js';
import { claimCustomers } from '../store/engine/claim-customers.sql.js';
import type { Case } from './batch.js';
import { virtual, type BatchResult } from './decide-batch.js';
import { decideCases, type Turn } from './decide-cases.js';
import type { VirtualClock } from './engine-observer.js';
import type { LiveJourneys } from './live-journeys.js';
import { openCases } from './load.js';
import { saveEntries } from './save-entries.js';
import { saveRollups } from './save-rollups.js';
import { settleTasks } from './save-tasks.js';
import { save } from './save.js';
import type { Telling } from './tell-outcomes.js';

/** Customers whose turn it is without an event: for what time, or a changed file, makes of them. */
export interface Round {
  /** They exist. */
  readonly ids: readonly string[];
  readonly turn: Turn;
  readonly clock: VirtualClock;
  readonly tell: Telling;
  /** Told of them before anything is decided. */
  readonly opened?: (cases: readonly Case[]) => void;
  /** Journeys in which they may come to be, besides those that journeys start. */
  readonly further?: readonly Journey[];
}

export interface RoundResult extends Pick<BatchResult, 'outcomes' | 'queued' | 'limited'> {
  readonly customers: number;
}

/** Lock, load, decide, save, in the given transaction. */
export async function decideTogether(tx: Connection, live: LiveJourneys, round: Round): Promise<RoundResult> {
  const { ids, turn, clock, tell, opened, further } = round;
  if (ids.length === 0) return { outcomes: [], queued: 0, limited: [], customers: 0 };
  const customers = await tx.run(claimCustomers, [ids, ids.map(() => 0), virtual(clock)]);
  reach('timers.claimed');
  const cases = await openCases(
    tx,
    live,
    customers.map((customer) => ({ customer, events: [], ...(further && { further }) })),
  );
  opened?.(cases);
  const { outcomes, emitted, rolled } = await decideCases(tx, live, cases, turn);
  await saveRollups(tx, rolled, emitted);
  const queued = await save(tx, live, outcomes);
  await settleTasks(tx, outcomes, emitted);
  await tell(tx, live, outcomes, emitted);
  const limited = await saveEntries(tx, live, outcomes, virtual(clock));
  reach('timers.saved');
  return { outcomes, queued, limited, customers: customers.length };
}

export function together(results: readonly RoundResult[]): RoundResult {
  return {
    outcomes: results.flatMap(({ outcomes }) => outcomes),
    queued: results.reduce((sum, { queued }) => sum + queued, 0),
    limited: results.flatMap(({ limited }) => limited),
    customers: results.reduce((sum, { customers }) => sum + customers, 0),
  };
}
