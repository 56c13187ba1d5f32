import { createHash } from 'node:crypto';

/** The first 53 bits of SHA-256 as a fraction of one, worked out otherwise than the engine does. */
export function fraction(text: string): number {
  const hex = createHash('sha256').update(text, 'utf8').digest('hex');
  return Number(BigInt(`0x${hex.slice(0, 14)}`) >> 3n) / Number(2n ** 53n);
}

/** Ids made of a word and a number, those whose fraction is below the share first. */
export function sorted(
  count: number,
  share: number,
  textOf: (id: string) => string,
): { readonly below: readonly string[]; readonly above: readonly string[] } {
  const ids = Array.from({ length: count }, (_, number) => `c${String(number)}`);
  const isBelow = (id: string): boolean => fraction(textOf(id)) < share;
  return { below: ids.filter(isBelow), above: ids.filter((id) => !isBelow(id)) };
}
