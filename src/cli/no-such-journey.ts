import { didYouMean } from '../domain/did-you-mean.js';
import { UsageError } from './usage-error.js';

/** `names`: those that there are. */
export function noSuchJourney(name: string, names: readonly string[]): UsageError {
  const there = names.length === 0 ? '' : `; there are ${names.join(', ')}`;
  return new UsageError(`there is no journey "${name}"${didYouMean(name, names) || there}`);
}
