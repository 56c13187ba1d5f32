import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Whom PostgreSQL runs as when we are root: it refuses root. */
export interface ServiceUser {
  readonly uid: number;
  readonly gid: number;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The unprivileged user `nobody`, from the system's list of users. */
export function findNobody(list = '/etc/passwd'): ServiceUser {
  const line = readFileSync(list, 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new EmbeddedPostgresError(
      `PostgreSQL refuses to run as root, and ${list} has no user \`nobody\`: start Peyk as another user, ` +
        'or give a database with PEYK_DATABASE_URL',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** Whether the user may pass through every folder from the root down to this one. */
export function canEnter(user: ServiceUser, folder: string): boolean {
  for (let current = folder; ; current = dirname(current)) {
    if (!mayPass(user, current)) return false;
    if (current === dirname(current)) return true;
  }
}

function mayPass(user: ServiceUser, folder: string): boolean {
  const { uid, gid, mode } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
