import { didYouMean } from '../domain/did-you-mean.js';

/** There is no such customer or journey; the message says so, with the one that may have been meant. */
export class UnknownNameError extends Error {
  override readonly name = 'UnknownNameError';
}

export function refuseUnknown(what: 'customer' | 'journey', name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new UnknownNameError(`there is no ${what} "${name}"${didYouMean(name, known)}`);
}
