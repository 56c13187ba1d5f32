import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { completeLinks, copyBinaries, findBinaries, type Binaries } from './binaries.js';
import { EmbeddedPostgresError, withRemedy } from './embedded-postgres-error.js';
import { canEnter, findNobody, isRoot, type ServiceUser } from './service-user.js';

/** Where one embedded server lives and whom it runs as. */
export interface Place {
  /** Holds `cluster/`, `users/` and the log. */
  readonly home: string;
  readonly binaries: Binaries;
  /** Only when we are root. */
  readonly user: ServiceUser | undefined;
}

/** The folder of ours in Peyk's data folder, made if need be. */
export function controlFolder(dataDir: string): string {
  const folder = join(dataDir, 'postgres');
  return withRemedy(`make the data folder ${folder}`, () => {
    mkdirSync(folder, { recursive: true });
    // A strict umask would keep the server's own user out.
    if (isRoot()) chmodSync(folder, 0o711);
    return realpathSync(folder);
  });
}

/** Decides the place; as root in a path that `nobody` cannot enter, data and programs go where it can. */
export function findPlace(control: string, log: (line: string) => void): Place {
  const user = isRoot() ? serviceUser(control) : undefined;
  const home = user === undefined || canEnter(user, control) ? control : elsewhere(control, log);
  return { home, user, binaries: usableBinaries(home, user) };
}

/** Whoever owns data that exist, else `nobody`. */
function serviceUser(control: string): ServiceUser {
  const data = join(control, 'cluster', 'data');
  const owner = existsSync(data) ? statSync(data) : undefined;
  return owner === undefined || owner.uid === 0 ? findNobody() : { uid: owner.uid, gid: owner.gid };
}

/** The note in the data folder says where; so the next start finds it, and a new data folder is a new database. */
function elsewhere(control: string, log: (line: string) => void): string {
  const note = join(control, 'elsewhere');
  const noted = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
  if (noted !== undefined && existsSync(noted)) return noted;
  if (noted !== undefined) log(`the data noted in ${note} are gone (${noted}): starting with an empty database`);
  const made = makeElsewhere();
  withRemedy(`write ${note}`, () => {
    writeFileSync(note, `${made}\n`);
  });
  log(`PostgreSQL refuses root and others cannot enter ${control}: its data are in ${made}`);
  return made;
}

/** Temporary folders come last: systems empty them. */
function makeElsewhere(): string {
  for (const parent of ['/var/lib/peyk', '/var/tmp', tmpdir()]) {
    try {
      openFolder(parent);
      const made = realpathSync(mkdtempSync(join(parent, 'peyk-postgres-')));
      chmodSync(made, 0o711);
      return made;
    } catch {
      continue;
    }
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL refuses to run as root, and no folder that another user can enter may be written: ' +
      'start Peyk as another user, or give a database with PEYK_DATABASE_URL',
  );
}

function openFolder(folder: string): void {
  if (existsSync(folder) || !existsSync(dirname(folder))) return;
  mkdirSync(folder);
  chmodSync(folder, 0o711);
}

function usableBinaries(home: string, user: ServiceUser | undefined): Binaries {
  const binaries = findBinaries();
  const canUse = user === undefined || canEnter(user, binaries.native);
  return canUse && completeLinks(binaries.native) ? binaries : copyBinaries(binaries, home);
}
