import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, errorCode, withRemedy } from './embedded-postgres-error.js';
import { processIdentity } from './process-identity.js';

const PATIENCE = 120_000;

/** One process at a time starts or stops the server of a folder; the lock of a process that died is broken. */
export async function withStartLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock');
  await take(lock);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function take(lock: string): Promise<void> {
  const mine = `${lock}-${randomUUID()}`;
  const holder = `${String(process.pid)} ${processIdentity(process.pid) ?? ''}`;
  withRemedy(`write ${lock}`, () => {
    writeFileSync(mine, holder, { mode: 0o600 });
  });
  try {
    const giveUpAt = Date.now() + PATIENCE;
    while (!tryLink(mine, lock)) {
      breakIfHolderDied(lock);
      if (Date.now() > giveUpAt) throw stuck(lock);
      await sleep(25);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** A hard link appears with its content or not at all. */
function tryLink(mine: string, lock: string): boolean {
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function breakIfHolderDied(lock: string): void {
  const held = read(lock);
  if (held === undefined || isHeld(held)) return;
  const aside = `${lock}-${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  // Another process may have broken it first and taken it: then what was moved is alive, and goes back.
  if (read(aside) !== held) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

function isHeld(held: string): boolean {
  const [pid, identity] = held.split(' ');
  return processIdentity(Number(pid)) === identity;
}

function stuck(lock: string): EmbeddedPostgresError {
  const pid = read(lock)?.split(' ')[0] ?? '?';
  return new EmbeddedPostgresError(
    `process ${pid} has been starting or stopping PostgreSQL for ${String(PATIENCE / 1000)} s (${lock}): end that process and try again`,
  );
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
