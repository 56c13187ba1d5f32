import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { checkout } from './peyk-process.js';

/** A commit from which people upgrade to this checkout. */
export interface Earlier {
  /** `1a2b3c4 What it did`. */
  readonly name: string;
  readonly commit: string;
}

/** The commit of PEYK_UPGRADE_FROM, else the one before the last; or why nobody can upgrade from there. */
export function findEarlier(): Earlier | { readonly unavailable: string } {
  const wanted = process.env['PEYK_UPGRADE_FROM'] ?? 'HEAD~1';
  try {
    if (path.resolve(git('rev-parse', '--show-toplevel')) !== checkout) throw new Error('it is inside another one');
    const commit = git('rev-parse', '--verify', `${wanted}^{commit}`);
    const name = git('log', '-1', '--format=%h %s', commit);
    const edited = editedMigrations(commit);
    if (edited.length === 0) return { name, commit };
    return { unavailable: `${edited.join(', ')} was edited in place since ${name}: no database becomes the other's` };
  } catch {
    return { unavailable: `${wanted} is not here: no git, an archive or a shallow clone` };
  }
}

/** Builds it in this folder, with this checkout's packages where it wants the same. */
export function buildEarlier({ commit }: Earlier, folder: string): void {
  const archive = path.join(folder, 'earlier.tar');
  git('archive', `--output=${archive}`, commit);
  run(folder, 'tar', '-xf', archive);
  if (
    readFileSync(path.join(folder, 'package-lock.json'), 'utf8') ===
    readFileSync(path.join(checkout, 'package-lock.json'), 'utf8')
  ) {
    symlinkSync(path.join(checkout, 'node_modules'), path.join(folder, 'node_modules'));
  } else run(folder, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
  const tsc = path.join(folder, 'node_modules/typescript/bin/tsc');
  // Its types were checked when it was new.
  run(folder, process.execPath, tsc, '-p', 'tsconfig.build.json', '--noCheck');
}

/** What that commit has and this checkout has otherwise: until the first release migrations are edited in place. */
function editedMigrations(commit: string): readonly string[] {
  const files = git('diff', '--name-only', '--diff-filter=MDRT', '--no-renames', commit, '--', 'migrations').split(
    '\n',
  );
  return files.filter((file) => file.endsWith('.sql') && !file.endsWith('.down.sql'));
}

function git(...args: readonly string[]): string {
  return run(checkout, 'git', ...args).trim();
}

function run(cwd: string, command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
