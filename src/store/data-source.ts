import 'reflect-metadata';
import type { Pool, PoolConfig } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { entities } from './entities/index.js';
import { QuietLogger } from './quiet-logger.js';
import { typeParsers } from './type-parsers.js';

export interface StoreOptions {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  /** Connections of this process; one more listens. Default 10. */
  readonly poolSize?: number;
  /** Milliseconds after which a statement is ended; 0 for never. Default 30,000. */
  readonly statementTimeout?: number;
  readonly log?: (line: string) => void;
}

export interface SessionOptions extends PoolConfig {
  readonly connectionString: string;
}

/** What every connection of ours has, in the pool and beside it. */
export function sessionOptions(options: StoreOptions): SessionOptions {
  return {
    connectionString: options.url,
    application_name: 'peyk',
    // Instants are printed in UTC, which the fast parser wants; a server may have other defaults.
    options: '-c timezone=UTC -c datestyle=ISO',
    types: typeParsers,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    statement_timeout: options.statementTimeout ?? 30_000,
    idle_in_transaction_session_timeout: 60_000,
  };
}

/** TypeORM over one pool: migrations and plain CRUD; it never changes the schema by itself. */
export function createDataSource(options: StoreOptions): DataSource {
  const extra: PoolConfig = {
    ...sessionOptions(options),
    max: options.poolSize ?? 10,
    idleTimeoutMillis: 60_000,
    onConnect: (client) => {
      // A connection that breaks while it is checked out fails its statement; the event must not end the process.
      client.on('error', ignore);
    },
  };
  return new DataSource({
    type: 'postgres',
    url: options.url,
    extra,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    logger: new QuietLogger(options.log),
    poolErrorHandler: (error: unknown) => options.log?.(`a database connection broke: ${describe(error)}`),
  });
}

const ignore = (): void => undefined;

/** The pool that TypeORM owns; only after `initialize()`. */
export function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { readonly master: Pool }).master;
}

export function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
