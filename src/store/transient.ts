import { types } from 'node:util';

/** SQLSTATEs after which the same work can succeed when it is tried again. */
const TRANSIENT_STATES = new Set([
  '25P03', // idle in transaction: timed out
  '40001', // serialization failure
  '40P01', // deadlock
  '53100', // disk full: until someone makes room
  '53200', // out of memory
  '53300', // too many connections
  '53400', // a configured limit
  '55006', // object in use
  '55P03', // lock not available
  '57014', // statement timeout
  '57P01', // admin shutdown
  '57P02', // crash shutdown
  '57P03', // cannot connect now
  '57P05', // idle session timeout
  '58000', // system error
  '58030', // input or output error
]);
const TRANSIENT_SYSTEM_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['EHOSTDOWN', 'ENETDOWN', 'EAI_AGAIN', 'ENOTFOUND', 'EMFILE', 'ENFILE', 'EADDRNOTAVAIL'],
]);
/** What pg says without a code when a connection went away. */
const TRANSIENT_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|connection error and is not queryable|Query read timeout|timeout expired|cached plan must not change result type/;

/**
 * Whether the database, not the work, was at fault: the connection is lost, it shuts down, a deadlock…
 * A COMMIT whose answer was lost counts too: it may have happened, so what is repeated must bear repetition.
 */
export function isTransient(error: unknown): boolean {
  // Not instanceof: an error may come from another realm.
  if (!types.isNativeError(error)) return false;
  if (hasTransientCode(error) || TRANSIENT_MESSAGES.test(error.message)) return true;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.some(isTransient)) return true;
  // TypeORM wraps what pg said; others give a cause.
  return isTransient(error.cause) || ('driverError' in error && isTransient(error.driverError));
}

/** Whether a lock was not to be had within `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return types.isNativeError(error) && 'code' in error && error.code === '55P03';
}

function hasTransientCode(error: Error): boolean {
  if (!('code' in error) || typeof error.code !== 'string') return false;
  const { code } = error;
  // Class 08: connection exceptions.
  return TRANSIENT_STATES.has(code) || TRANSIENT_SYSTEM_CODES.has(code) || /^08...$/.test(code);
}
