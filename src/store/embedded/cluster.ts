import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresError, withRemedy } from './embedded-postgres-error.js';
import type { Place } from './place.js';

/** A database cluster on disk. */
export interface Cluster {
  /** PostgreSQL's own data folder. */
  readonly data: string;
  readonly password: string;
}

/** The only things the programs of PostgreSQL get from our environment: none. */
export const CLEAN_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

/** Opens the cluster of this place, or makes it: in a folder that gets its name when everything is in it. */
export async function openCluster(place: Place): Promise<Cluster> {
  removeHalfMade(place.home);
  const folder = join(place.home, 'cluster');
  if (!existsSync(folder)) await makeCluster(place, folder);
  checkVersion(place, join(folder, 'data'));
  const password = withRemedy(`read ${join(folder, 'password')}`, () => readFileSync(join(folder, 'password'), 'utf8'));
  return { data: join(folder, 'data'), password };
}

function removeHalfMade(home: string): void {
  withRemedy(`tidy ${home}`, () => {
    for (const name of readdirSync(home).filter((entry) => entry.startsWith('cluster.partial-'))) {
      rmSync(join(home, name), { recursive: true, force: true });
    }
  });
}

async function makeCluster(place: Place, folder: string): Promise<void> {
  const partial = withRemedy(`write in ${place.home}`, () => preparePartial(place));
  await initdb(place, join(partial, 'data'), join(partial, 'password-for-initdb'));
  rmSync(join(partial, 'password-for-initdb'));
  renameSync(partial, folder);
}

function preparePartial(place: Place): string {
  const partial = mkdtempSync(join(place.home, 'cluster.partial-'));
  chmodSync(partial, 0o711);
  mkdirSync(join(partial, 'data'), { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  for (const name of ['password', 'password-for-initdb']) writeFileSync(join(partial, name), password, { mode: 0o600 });
  // The server's user owns the data only; the password stays ours.
  for (const name of place.user === undefined ? [] : ['data', 'password-for-initdb']) {
    chownSync(join(partial, name), place.user?.uid ?? 0, place.user?.gid ?? 0);
  }
  return partial;
}

/** UTF8 and locale C, whatever LANG says: else `length('سلام')` is 8. */
function initdb(place: Place, data: string, passwordFile: string): Promise<void> {
  const args = [
    ...['-D', data, '--username=peyk', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=libc'],
  ];
  const program = join(place.binaries.native, 'bin', 'initdb');
  return new Promise((resolve, reject) => {
    execFile(program, args, { ...place.user, cwd: place.home, env: CLEAN_ENVIRONMENT }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else reject(cannotInitialize(place, error, stdout + stderr));
    });
  });
}

function cannotInitialize(place: Place, error: Error, output: string): EmbeddedPostgresError {
  const lines = output.trim().split('\n');
  const telling = lines.filter((line) => /FATAL|PANIC|HINT|error:|could not|No space/.test(line));
  const said = (telling.length > 0 ? telling : lines.slice(-3)).join(' ');
  return new EmbeddedPostgresError(
    `PostgreSQL cannot make a database in ${place.home}: ${said === '' ? error.message : said} ` +
      '(another folder: PEYK_DATA_DIR; a database of your own: PEYK_DATABASE_URL)',
    { cause: error },
  );
}

function checkVersion(place: Place, data: string): void {
  const file = join(data, 'PG_VERSION');
  const made = withRemedy(`read ${file} (made by another user?)`, () => readFileSync(file, 'utf8').trim());
  if (made === place.binaries.major) return;
  throw new EmbeddedPostgresError(
    `${data} was made by PostgreSQL ${made}, and this release brings PostgreSQL ${place.binaries.major}: ` +
      `copy the data with pg_dump from a PostgreSQL ${made}, or choose an empty folder with PEYK_DATA_DIR`,
  );
}
