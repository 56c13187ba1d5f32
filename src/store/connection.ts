/** One SQL statement, in a file of its own (`<what-it-does>.sql.ts`); `name` makes Postgres prepare it once a connection. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Only there to carry the row's type. */
  readonly row?: Row;
}

export function statement<Row = never>(name: string, text: string): Statement<Row> {
  return { name, text };
}

/** Where a statement runs: a connection of the pool, or one transaction. Values are bound, never spliced. */
export interface Connection {
  run<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<Row[]>;
}

/** The database: hot statements in raw SQL over the pool that TypeORM owns. */
export interface Database extends Connection {
  /** Runs `work` in one transaction: commits when it resolves, rolls back and rethrows when it throws. */
  transaction<T>(work: (tx: Connection) => Promise<T>): Promise<T>;
  /** Tells every process that listens on `channel` that there is work (LISTEN/NOTIFY); a hint, never a promise. */
  notify(channel: string): Promise<void>;
  /** Calls `heard` at each notification, also after a reconnect; the result stops it. */
  listen(channel: string, heard: () => void): Promise<() => Promise<void>>;
  /** Why it answers and still could not write a moment ago (its disk is full); undefined where it could. */
  readonly unwritable?: () => string | undefined;
}
export const DATABASE = Symbol('Database');
