import { nearest } from '../did-you-mean.js';

/** Words that say one thing at the end of an event type: whoever writes one of them may have meant another. */
const alike: readonly (readonly string[])[] = [
  ['granted', 'given', 'accepted', 'opted_in'],
  ['withdrawn', 'revoked', 'denied', 'removed', 'opted_out'],
  ['updated', 'created', 'changed', 'registered', 'signed_up'],
  ['merged', 'joined', 'linked'],
  ['redeemed', 'used', 'spent'],
  ['completed', 'done', 'finished', 'closed'],
  ['cancelled', 'canceled', 'aborted'],
  ['received', 'arrived'],
  ['delivered', 'handed_over'],
];

/** The type that was perhaps meant. What means the same goes before what is spelt alike: `revoked` is nearly `granted`. */
export function nearType(type: string, known: readonly string[]): string | undefined {
  const end = /[^.:/-]*$/.exec(type)?.[0] ?? '';
  const begin = type.slice(0, type.length - end.length);
  const others = alike.filter((words) => words.includes(end)).flat();
  return others.map((word) => begin + word).find((one) => one !== type && known.includes(one)) ?? nearest(type, known);
}
