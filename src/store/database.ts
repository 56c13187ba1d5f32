import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import type { DataSource } from 'typeorm';
import { checkDatabaseUrl, explainConnectError } from './connect-error.js';
import { arrayLiteral } from './array-literal.js';
import type { Connection, Database, Statement } from './connection.js';
import { createDataSource, poolOf, sessionOptions, type StoreOptions } from './data-source.js';
import { Listener } from './listener.js';
import { Room } from './room.js';
import { isTransient } from './transient.js';

/** Hot statements in raw SQL over the pool that TypeORM owns, prepared once a connection. */
export class PostgresDatabase implements Database {
  private readonly pool: Pool;
  private readonly listener: Listener;
  private readonly room = new Room();
  private readonly patienceMs: number;

  private constructor(
    readonly dataSource: DataSource,
    options: StoreOptions,
  ) {
    this.pool = poolOf(dataSource);
    this.listener = new Listener(sessionOptions(options), options.log);
    const { statement_timeout: longest = 0 } = sessionOptions(options);
    this.patienceMs = longest === false || longest === 0 ? 0 : longest + GRACE_MS;
  }

  /**
   * Connects.
   * @throws DatabaseUnusableError when the database cannot be reached or refuses us
   */
  static async connect(options: StoreOptions): Promise<PostgresDatabase> {
    checkDatabaseUrl(options.url);
    const dataSource = createDataSource(options);
    try {
      return new PostgresDatabase(await dataSource.initialize(), options);
    } catch (error) {
      throw explainConnectError(options.url, error);
    }
  }

  async run<Row>(statement: Statement<Row>, values: readonly unknown[] = []): Promise<Row[]> {
    return this.withClient((client) => runOn(client, statement, values, this.patienceMs));
  }

  async transaction<T>(work: (tx: Connection) => Promise<T>): Promise<T> {
    return this.withClient(async (client) => {
      const tx = new Transaction(client, this.patienceMs);
      await plain(client, 'begin', this.patienceMs);
      try {
        const result = await work(tx);
        await commit(client, this.patienceMs);
        return result;
      } catch (error) {
        await rollback(client, error);
        throw error;
      } finally {
        tx.close();
      }
    });
  }

  async notify(channel: string): Promise<void> {
    await this.run(NOTIFY, [channel]);
  }

  async listen(channel: string, heard: () => void): Promise<() => Promise<void>> {
    return this.listener.listen(channel, heard);
  }

  readonly unwritable = (): string | undefined => this.room.lack();

  /** Ends every connection; work in progress ends first. */
  async close(): Promise<void> {
    await this.listener.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  /** A connection that may be broken, or holds a plan that no longer fits, is not used again. */
  private async withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      client.release(error instanceof UnknownState || isTransient(error));
      const first = error instanceof UnknownState ? error.cause : error;
      this.room.failed(first);
      throw first;
    }
  }
}

const NOTIFY: Statement<never> = { name: 'notify', text: "select pg_notify($1, '')" };

/**
 * How much longer than a statement may take its answer may: a server that ends statements by itself and still says nothing is
 * not there any more, and without this a connection that breaks in silence is waited for as long as TCP does, hours.
 */
const GRACE_MS = 5_000;

async function runOn<Row>(
  client: PoolClient,
  { name, text }: Statement<Row>,
  values: readonly unknown[],
  patienceMs: number,
): Promise<Row[]> {
  const query: PatientQuery = { name, text, values: values.map(bound), query_timeout: patienceMs };
  const result = await client.query(query);
  return result.rows as Row[];
}

/** pg knows a time-out for each query; its types do not tell. */
interface PatientQuery extends QueryConfig {
  readonly query_timeout: number;
}

function plain(client: PoolClient, text: string, patienceMs: number): Promise<QueryResult> {
  const query: PatientQuery = { text, query_timeout: patienceMs };
  return client.query(query);
}

function bound(value: unknown): unknown {
  return Array.isArray(value) ? (arrayLiteral(value) ?? value) : value;
}

class Transaction implements Connection {
  private closed = false;

  constructor(
    private readonly client: PoolClient,
    private readonly patienceMs: number,
  ) {}

  async run<Row>(statement: Statement<Row>, values: readonly unknown[] = []): Promise<Row[]> {
    if (this.closed) throw new Error(`the statement ${statement.name} came after its transaction had ended`);
    return runOn(this.client, statement, values, this.patienceMs);
  }

  close(): void {
    this.closed = true;
  }
}

/** Postgres answers COMMIT with ROLLBACK, and no error, when a statement had failed and someone swallowed it. */
async function commit(client: PoolClient, patienceMs: number): Promise<void> {
  const { command } = await plain(client, 'commit', patienceMs);
  if (command !== 'COMMIT') throw new Error('a statement of this transaction had failed: nothing was committed');
}

/** The connection is in an unknown state and has to go; the first error is the one that counts. */
class UnknownState extends Error {}

async function rollback(client: PoolClient, cause: unknown): Promise<void> {
  try {
    await plain(client, 'rollback', GRACE_MS);
  } catch {
    throw new UnknownState('rollback failed', { cause });
  }
}
