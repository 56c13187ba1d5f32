import type { Trace } from '../domain/journey/decision.js';
import { nobodyElse, type Others } from '../domain/journey/facts.js';
import type { Journey } from '../domain/journey/journey.js';
import { addDuration } from '../domain/time/arithmetic.js';
import type { Clock, Instant } from '../domain/time/instant.js';
import type { Workspace } from '../domain/workspace.js';
import type { Connection } from '../store/connection.js';
import { beginEntries } from '../store/engine/begin-entries.sql.js';
import { forgetEntries } from '../store/engine/forget-entries.sql.js';
import { readEntries } from '../store/engine/read-entries.sql.js';

/** How many have entered the journeys with `limits` that a batch may start, its own included as they enter. */
export class EntryCounts {
  private readonly entered: Map<string, number>;

  constructor(before: ReadonlyMap<string, number>) {
    this.entered = new Map(before);
  }

  /** What is known of all customers together. The instants are those of the batch, whoever asks. */
  readonly others: Others = { ...nobodyElse, entries: (journey) => this.entered.get(journey) ?? 0 };

  /** Hears what is decided, so that a batch does not pass a limit by itself. */
  readonly hear = (line: Trace): void => {
    if (line.kind !== 'entered') return;
    const soFar = this.entered.get(line.journey);
    if (soFar !== undefined) this.entered.set(line.journey, soFar + 1);
  };
}

/** Journeys whose entries are counted; most sets of files have none. */
export function limitedOf({ journeys }: Pick<Workspace, 'journeys'>): readonly Journey[] {
  return journeys.filter(({ limits }) => limits.entries !== undefined);
}

/** Reads what has entered so far, where a limit asks for it. What other batches have not committed yet is not seen. */
export async function countEntries(
  tx: Connection,
  workspace: Workspace,
  journeys: readonly Journey[],
  now: Instant,
): Promise<EntryCounts> {
  const since = journeys.map((journey) => countedSince(workspace, journey, now) ?? null);
  return new EntryCounts(await read(tx, journeys, since));
}

/** So that no batch has to: begins where nobody has, ends where nobody asks any more. */
export async function beginCounting(db: Connection, { journeys }: Workspace): Promise<void> {
  const limited = limitedOf({ journeys });
  const others = journeys.filter((journey) => !limited.includes(journey));
  if (others.length > 0) await db.run(forgetEntries, [others.map(({ name }) => name)]);
  if (limited.length > 0)
    await read(
      db,
      limited,
      limited.map(() => null),
    );
}

async function read(
  db: Connection,
  journeys: readonly Journey[],
  since: readonly (Instant | null)[],
): Promise<ReadonlyMap<string, number>> {
  const names = journeys.map(({ name }) => name);
  const rows = await db.run(readEntries, [names, since]);
  const known = rows.flatMap(({ journey, entries }) => (entries === null ? [] : [[journey, entries] as const]));
  if (known.length === rows.length) return new Map(known);
  await db.run(beginEntries, [names]);
  return new Map((await db.run(readEntries, [names, since])).map(({ journey, entries }) => [journey, entries ?? 0]));
}

/** Since when the journey's limit counts, exclusive; undefined: ever. */
export function countedSince(workspace: Workspace, { limits }: Journey, now: Instant): Instant | undefined {
  const per = limits.entries?.per;
  return per && addDuration(now, per, clockOf(workspace), -1);
}

function clockOf({ policy: { timezone: zone, calendar, working } }: Workspace): Clock {
  return working === undefined ? { zone, calendar } : { zone, calendar, working };
}
