/** Stops this run's server, or drops this run's databases from the server that was given. */
import pg from 'pg';
import { removeServer } from './remove-server.mjs';

export default async function teardown() {
  const { PEYK_TEST_DATABASE_URL: given, PEYK_TEST_RUN: run, PEYK_TEST_FOLDER: folder } = process.env;
  if (given !== undefined && given !== '') await dropDatabases(given, run);
  await removeServer(folder);
}

async function dropDatabases(url, run) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [run]);
  for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`);
  await client.end();
}
