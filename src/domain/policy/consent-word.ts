import type { Fault } from '../catalogue/check-value.js';
import { isJsonObject, type Json } from '../json.js';
import { channelNames } from '../message/message.js';
import { unknownWord } from '../yaml/read.js';

/** Longer ones are shortened where they are told of. */
const LONGEST_SHOWN = 100;

/**
 * What is wrong with an event that gives or withdraws consent: a word on a purpose that `policy.yaml` does not declare, or on
 * a channel that there is not, would bear on no message, and somebody who said no would be written to all the same.
 */
export function consentFaults(type: string, data: Json, purposes: readonly string[]): readonly Fault[] {
  if ((type !== 'consent.granted' && type !== 'consent.withdrawn') || !isJsonObject(data)) return [];
  return [
    ...unknownIn('purpose', data['purpose'], purposes, 'purpose that policy.yaml declares'),
    ...unknownIn('channel', data['channel'], channelNames, 'channel'),
  ];
}

/** What is missing or no text is told of by the catalogue. */
function unknownIn(name: string, word: Json | undefined, known: readonly string[], what: string): readonly Fault[] {
  if (typeof word !== 'string' || known.includes(word)) return [];
  const shown = word.length > LONGEST_SHOWN ? `${word.slice(0, LONGEST_SHOWN - 1)}…` : word;
  const message = unknownWord(`"${shown}" is no ${what}`, word, known, `there are ${known.join(', ')}`);
  return [{ place: `data.${name}`, message }];
}
