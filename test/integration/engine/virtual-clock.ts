import type { Instant } from '../../../src/domain/time/instant.js';
import type { Bench } from './engine-bench.js';

/** Nobody is killed where stories are told: a commit waits for no disk, which is most of the time of a story on a busy one. */
export const quickCommits = (database: string): readonly string[] => [
  `alter database "${database}" set synchronous_commit = off`,
];

/**
 * The statements of the outbox and of web hooks ask the database what time it is. Here it answers what the test says: a function
 * of that name stands before the database's own on the path of every connection.
 */
export const virtualClock = (database: string): readonly string[] => [
  'create schema virtual',
  'create table virtual.clock (at timestamptz)',
  'insert into virtual.clock values (null)',
  `create function virtual.clock_timestamp() returns timestamptz language sql volatile as
     'select coalesce((select at from virtual.clock), pg_catalog.clock_timestamp())'`,
  'create function virtual.now() returns timestamptz language sql volatile as ' + "'select virtual.clock_timestamp()'",
  'alter table webhook_call alter next_at set default virtual.clock_timestamp()',
  ...quickCommits(database),
  `alter database "${database}" set search_path = public, virtual, pg_catalog`,
];

/** For the engines and for the database. */
export async function setTime(bench: Bench, now: Instant): Promise<void> {
  bench.now = now;
  await bench.sql('update virtual.clock set at = to_timestamp($1::float8 / 1000)', [now]);
}
