import { types } from 'node:util';

/** Embedded PostgreSQL cannot run; the message names the place and the remedy. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

const remedies: Readonly<Record<string, string>> = {
  EACCES: 'permission denied: let this user write there, or choose another folder with PEYK_DATA_DIR',
  EPERM: 'operation not permitted: let this user write there, or choose another folder with PEYK_DATA_DIR',
  EROFS: 'the file system is read-only: choose another folder with PEYK_DATA_DIR',
  ENOSPC: 'no space left on the device: free some, or choose another folder with PEYK_DATA_DIR',
  EDQUOT: 'the disk quota is used up: free some, or choose another folder with PEYK_DATA_DIR',
  ENOTDIR: 'a part of that path is a file: choose another folder with PEYK_DATA_DIR',
  EEXIST: 'a file of that name is in the way: choose another folder with PEYK_DATA_DIR',
  EINVAL: 'the system refuses it: choose another folder with PEYK_DATA_DIR, or give a database with PEYK_DATABASE_URL',
};

export function errorCode(error: unknown): string | undefined {
  // Not instanceof: an error of Node itself may come from another realm.
  if (!types.isNativeError(error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Runs file work; what the system refuses becomes an error that a person can act upon. */
export function withRemedy<T>(doing: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const remedy = remedies[errorCode(error) ?? ''];
    if (remedy === undefined) throw error;
    throw new EmbeddedPostgresError(`cannot ${doing}: ${remedy}`, { cause: error });
  }
}
