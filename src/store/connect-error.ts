import { types } from 'node:util';

/** The database cannot be used from the start; the message names it (without its password) and the remedy. */
export class DatabaseUnusableError extends Error {
  override readonly name = 'DatabaseUnusableError';
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there: is PostgreSQL running?',
  ECONNRESET: 'it hung up: is that a PostgreSQL?',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to that host',
  ENOTFOUND: 'there is no such host',
  EINVAL: 'that is no address: postgres://user:password@host:5432/database is expected',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  '28P01': 'it refuses the user or the password',
  '28000': 'it refuses the user',
  '3D000': "there is no such database: create it with encoding 'UTF8'",
  '53300': 'it has too many connections',
  '57P03': 'it is starting or stopping',
};

/** @throws DatabaseUnusableError when the text is no address of a database */
export function checkDatabaseUrl(url: string): void {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return;
  // The text is not repeated: it may hold a password.
  throw new DatabaseUnusableError(
    'PEYK_DATABASE_URL is not the address of a PostgreSQL database: postgres://user:password@host:5432/database is expected',
  );
}

export function explainConnectError(url: string, error: unknown): DatabaseUnusableError {
  const { host, pathname } = new URL(url);
  const message = `the database ${decoded(host + pathname)} cannot be used: ${reasonOf(error)} (PEYK_DATABASE_URL)`;
  return new DatabaseUnusableError(message, { cause: error });
}

/** As it was written, if it can be had. */
function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

/** For a name with several addresses Node gives an error each, and no message. */
function reasonOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  if ('code' in error && typeof error.code === 'string') return reasons[error.code] ?? error.message;
  if (error.message === '' && 'errors' in error && Array.isArray(error.errors)) return reasonOf(error.errors[0]);
  return error.message;
}
