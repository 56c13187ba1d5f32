import { Client } from 'pg';

/** A look behind the scenes, and a hand in them: one statement on a database. */
export async function ask<Row extends object>(
  database: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** The first column of the first row, a number. */
export async function count(database: string, sql: string, values: readonly unknown[] = []): Promise<number> {
  const [row] = await ask<Record<string, unknown>>(database, sql, values);
  return Number(Object.values(row ?? {})[0]);
}
