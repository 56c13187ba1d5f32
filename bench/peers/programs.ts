import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where the peers' programs and their lock file are: in the checkout, not in `dist`. */
const folder = fileURLToPath(new URL('../../../bench/peers/', import.meta.url));

/** The newest of them need a newer Node than ours: npm's package `node`. */
export const node = `${folder}node_modules/node/bin/node`;

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Name and exact version, as in the lock file. */
export function versionOf(name: string): string {
  const { dependencies } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as Manifest;
  return `${name} ${dependencies[name] ?? 'of no version'}`;
}

let installing: Promise<unknown> | undefined;

/**
 * What the peers' lock file says, where nothing is installed yet. Not by `npm ci`, which refuses a lock file that does not name the
 * optional packages of every platform: a registry may lack those of others.
 */
export async function installPeers(): Promise<void> {
  if (existsSync(node)) return;
  await (installing ??= promisify(execFile)('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
    cwd: folder,
  }));
}
