import { Client } from 'pg';
import type { Trace } from '../../../src/domain/journey/decision.js';
import { printProblem } from '../../../src/domain/problem.js';
import type { Instant } from '../../../src/domain/time/instant.js';
import type { Workspace } from '../../../src/domain/workspace.js';
import type { EngineObserver } from '../../../src/engine/engine-observer.js';
import { Engine } from '../../../src/engine/engine.js';
import { LiveJourneys } from '../../../src/engine/live-journeys.js';
import type { IncomingEvent } from '../../../src/intake/intake.js';
import { statement, type Connection, type Database } from '../../../src/store/connection.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { givenWorkspace } from '../../given/workspace.js';
import { freshDatabase, type TestDatabase } from '../../servers/postgres/test-postgres.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The shop's files with these, checked; throws with what is wrong. */
export function shopWith(files: Readonly<Record<string, string | undefined>>): Workspace {
  const { workspace, problems } = givenWorkspace(files);
  if (workspace === undefined) throw new Error(problems.map(printProblem).join('\n'));
  return workspace;
}

let made = 0;

/** An event with an id of its own where none is given. */
export function event(
  type: string,
  customer: string,
  data: IncomingEvent['data'] = {},
  given: Partial<IncomingEvent> = {},
): IncomingEvent {
  made += 1;
  return { id: `e${String(made)}`, source: '/shop', type, customer, time: undefined, data, ...given };
}

/** Everything that an engine told. */
export class Watcher implements EngineObserver {
  readonly traces: Trace[] = [];
  readonly poison: { readonly customer: string; readonly error: string }[] = [];
  readonly troubles: string[] = [];
  readonly cuts: string[] = [];
  readonly limits: string[] = [];
  readonly changes: string[] = [];
  readonly lags: number[] = [];
  readonly results = { accepted: 0, duplicate: 0, dead: 0 };

  events(_source: string, result: 'accepted' | 'duplicate' | 'dead', number: number): void {
    this.results[result] += number;
  }

  decided(trace: readonly Trace[]): void {
    this.traces.push(...trace);
  }

  cameBack(): void {
    // Counted by metrics only.
  }

  queued(): void {
    // Counted in the database.
  }

  timerLag(milliseconds: number): void {
    this.lags.push(milliseconds);
  }

  poisoned({ customer }: { customer: string }, error: unknown): void {
    this.poison.push({ customer, error: String(error) });
  }

  cut({ id }: { id: string }): void {
    this.cuts.push(id);
  }

  pausedItself(journey: string, reason: string): void {
    this.limits.push(`${journey} ${reason}`);
  }

  changing(journey: string, how: string, people: readonly { step: string | null; people: number }[]): void {
    this.changes.push(
      `${how} ${journey}: ${people.map((one) => `${String(one.people)} at ${String(one.step)}`).join(', ')}`,
    );
  }

  trouble(where: string, error: unknown): void {
    this.troubles.push(`${where}: ${String(error)}`);
  }

  /** How often each kind was told. */
  count(kind: Trace['kind']): number {
    return this.traces.filter((line) => line.kind === kind).length;
  }
}

export interface Running {
  readonly engine: Engine;
  readonly live: LiveJourneys;
  readonly watcher: Watcher;
}

const TABLES =
  'customer, customer_change, event, event_day, rolled_type, enrolment, message, task, link, webhook_call, pending_event, past_attempt, early_receipt, dead_letter, kafka_offset, journey_version, pause, past_pause, outcome, entry_total, entry_total_at';

async function prepared(url: string, prepare: (name: string) => readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const text of prepare(new URL(url).pathname.slice(1))) await client.query(text);
  await client.end();
}

/** A database of its own, and any number of engines on it. */
export class Bench {
  /** The virtual clock of its engines; undefined: the database's. */
  now: Instant | undefined;

  private constructor(
    readonly server: TestDatabase,
    readonly db: PostgresDatabase,
  ) {}

  /** `prepare`: what is done to the database, by its name, before anybody connects. */
  static async open(poolSize = 8, prepare: (name: string) => readonly string[] = () => []): Promise<Bench> {
    const server = await freshDatabase();
    await prepared(server.url, prepare);
    return new Bench(server, await PostgresDatabase.connect({ url: server.url, poolSize }));
  }

  async close(): Promise<void> {
    await this.db.close();
    await this.server.drop();
  }

  async clear(): Promise<void> {
    this.now = undefined;
    await this.sql(`truncate ${TABLES}`);
  }

  async engine(
    workspace: Workspace,
    {
      db = this.db,
      watcher = new Watcher(),
      outcomes = false,
    }: { db?: Database; watcher?: Watcher; outcomes?: boolean } = {},
  ): Promise<Running> {
    const live = await LiveJourneys.load(db, workspace);
    const engine = new Engine({
      db,
      live,
      observer: watcher,
      queued: () => undefined,
      clock: () => this.now,
      outcomes,
    });
    return { engine, live, watcher };
  }

  /** A statement of the test's own, prepared under no name. */
  sql<Row = Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.db.run(statement<Row>('', text), values);
  }

  async number(text: string, values: readonly unknown[] = []): Promise<number> {
    const [row] = await this.sql<{ number: number }>(`select (${text})::float8 as number`, values);
    return row?.number ?? Number.NaN;
  }

  /** Runs timers in the order in which they fall due, those before `limit`; `next` gives the engine for each step. */
  async runTimers(next: () => Engine, limit: Instant): Promise<void> {
    for (;;) {
      const due = await this.number('select extract(epoch from min(wake_at)) * 1000 from enrolment');
      if (due === 0 || Number.isNaN(due) || due >= limit) return;
      this.now = due;
      await next().decideDueTimers();
    }
  }
}

/** A database of which a statement can be watched, or the world changed, just before it runs. */
export function spying(db: Database, before: (name: string, tx: Connection) => Promise<void> | void): Database {
  return {
    run: (one, values) => db.run(one, values),
    notify: (channel) => db.notify(channel),
    listen: (channel, heard) => db.listen(channel, heard),
    transaction: (work) =>
      db.transaction((tx) =>
        work({
          run: async (one, values) => {
            await before(one.name, tx);
            return tx.run(one, values);
          },
        }),
      ),
  };
}
