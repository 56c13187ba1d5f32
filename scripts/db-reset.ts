/** Empties the development database and migrates it. Refuses a database on another machine without `--yes`. */
import { Client } from 'pg';
import { createDataSource } from '../src/store/data-source.js';
import { migrate } from '../src/store/migrate.js';
import { withDevelopmentDatabase } from './development-database.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1', '']);

await withDevelopmentDatabase(async (url) => {
  if (!mayReset(url)) return;
  await emptySchema(url);
  const dataSource = await createDataSource({ url, poolSize: 2 }).initialize();
  const names = await migrate(dataSource);
  await dataSource.destroy();
  console.log(`reset ${place(url)}: ${names.join(', ')}`);
});

function mayReset(url: string): boolean {
  // pg lets a parameter name the host too.
  const { hostname, searchParams } = new URL(url);
  const isLoopback = [hostname, ...searchParams.getAll('host')].every((host) => LOOPBACK.has(host));
  if (isLoopback || process.argv.includes('--yes')) return true;
  console.error(
    `${place(url)} is not on this machine: everything in it would be lost. If you mean it: npm run db:reset -- --yes`,
  );
  process.exitCode = 2;
  return false;
}

async function emptySchema(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
}

function place(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
