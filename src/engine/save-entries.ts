import type { Trace } from '../domain/journey/decision.js';
import type { Limits } from '../domain/journey/journey.js';
import { printDuration } from '../domain/time/duration.js';
import { printInstant, type Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { addEntries } from '../store/engine/add-entries.sql.js';
import { pauseOverLimits } from '../store/pausing/pause-over-limits.sql.js';
import { countedSince } from './entry-counts.js';
import type { LiveJourneys } from './live-journeys.js';
import type { Outcome } from './save.js';

/** A journey that has paused itself, and why. */
export interface Limited {
  readonly journey: string;
  readonly reason: string;
}

/**
 * Counts who has entered journeys with `limits`, and pauses those that may let nobody else in; gives those that went on before.
 * Comes late in a batch: other batches of these journeys wait for its commit from here on.
 */
export async function saveEntries(
  tx: Connection,
  live: LiveJourneys,
  outcomes: readonly Outcome[],
  virtual: string | null,
): Promise<readonly Limited[]> {
  if (live.limited.length === 0) return none;
  await add(tx, live, outcomes, virtual);
  return pause(tx, live, outcomes);
}

const none: readonly Limited[] = [];

async function add(
  tx: Connection,
  { limited, workspace }: LiveJourneys,
  outcomes: readonly Outcome[],
  virtual: string | null,
): Promise<void> {
  const counts = new Map<string, number>();
  for (const { journey } of linesOf(outcomes, isEntry)) counts.set(journey, (counts.get(journey) ?? 0) + 1);
  const entered = limited.filter(({ name }) => counts.has(name));
  if (entered.length === 0) return;
  const now = outcomes.reduce((latest, one) => Math.max(latest, one.now), -Infinity);
  await tx.run(addEntries, [
    entered.map(({ name }) => name),
    entered.map(({ name }) => counts.get(name) ?? 0),
    entered.map((journey) => countedSince(workspace, journey, now) ?? null),
    virtual,
  ]);
}

async function pause(
  tx: Connection,
  { limited }: LiveJourneys,
  outcomes: readonly Outcome[],
): Promise<readonly Limited[]> {
  const since = new Map<string, Instant>();
  for (const { journey, at } of linesOf(outcomes, isOverLimit))
    since.set(journey, Math.min(at, since.get(journey) ?? at));
  const over = limited.filter(({ name }) => since.has(name));
  if (over.length === 0) return none;
  const reasons = new Map(over.map(({ name, limits }) => [name, reasonOf(limits)]));
  const paused = await tx.run(pauseOverLimits, [
    over.map(({ name }) => name),
    over.map(({ name }) => printInstant(since.get(name) ?? 0)),
    [...reasons.values()],
  ]);
  return paused.map(({ name }) => ({ journey: name, reason: reasons.get(name) ?? '' }));
}

function linesOf(outcomes: readonly Outcome[], which: (line: Trace) => boolean): readonly Trace[] {
  return outcomes.flatMap(({ decided }) => decided.trace.filter(which));
}

function isEntry({ kind }: Trace): boolean {
  return kind === 'entered';
}

function isOverLimit(line: Trace): boolean {
  return line.kind === 'not_entered' && line.reason === 'limit';
}

function reasonOf({ entries }: Limits): string {
  if (entries === undefined) return 'by its limits';
  const per = entries.per === undefined ? '' : ` per ${printDuration(entries.per)}`;
  return `by its limit of ${String(entries.amount)} entries${per}`;
}
