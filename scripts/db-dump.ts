/** Writes `schema/database.sql` from a database made by the migrations alone, which is dropped again. */
import { mkdir, writeFile } from 'node:fs/promises';
import { Client } from 'pg';
import { createDataSource } from '../src/store/data-source.js';
import { migrate } from '../src/store/migrate.js';
import { withDevelopmentDatabase } from './development-database.js';
import { dumpSchema } from './schema-dump.js';

const SCRATCH = `peyk_dump_${String(process.pid)}`;
const TARGET = 'schema/database.sql';

async function dump(url: string): Promise<string> {
  const dataSource = await createDataSource({ url, poolSize: 2 }).initialize();
  try {
    await migrate(dataSource);
    return await dumpSchema(async (sql) => {
      const rows: { line: string }[] = await dataSource.query(sql);
      return rows.map((row) => row.line);
    });
  } finally {
    await dataSource.destroy();
  }
}

await withDevelopmentDatabase(async (url) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${SCRATCH} encoding 'UTF8' template template0`);
  try {
    const scratch = new URL(url);
    scratch.pathname = `/${SCRATCH}`;
    await mkdir('schema', { recursive: true });
    await writeFile(TARGET, await dump(scratch.href));
    console.log(`wrote ${TARGET}`);
  } finally {
    await client.query(`drop database ${SCRATCH} with (force)`);
    await client.end();
  }
});
