import type { Position } from '../problem.js';
import type { Problems } from '../yaml/problems.js';
import { unknownWord } from '../yaml/read.js';
import type { Purpose } from './policy.js';

/** Where a purpose names another one, whose consent counts for it. */
export interface Borrowed {
  readonly by: string;
  readonly as: string;
  readonly at: Position;
}

type Purposes = ReadonlyMap<string, Pick<Purpose, 'name' | 'consent'>>;

/** Whether a purpose needs consent, and the consent to which purpose counts: its own, or the one that it names. */
export function consentFor(
  purpose: string,
  purposes: Purposes,
): { readonly required: boolean; readonly purpose: string } {
  const own = purposes.get(purpose)?.consent;
  if (typeof own !== 'object') return { required: own !== 'not_needed', purpose };
  const last = chainFrom(purpose, purposes).at(-1) ?? purpose;
  const consent = purposes.get(last)?.consent;
  // What cannot be followed to its end needs consent.
  return { required: consent !== 'not_needed', purpose: last };
}

/** Tells names of purposes that there are not, and those that go round in a circle. */
export function checkBorrowed(borrowed: readonly Borrowed[], purposes: Purposes, problems: Problems): void {
  for (const { by, as, at } of borrowed) {
    if (!purposes.has(as)) problems.error(at, unknownConsent(as, [...purposes.keys()]));
    const chain = chainFrom(by, purposes);
    const round = nextOf(chain.at(-1) ?? by, purposes);
    if (round === by) problems.error(at, `consent goes round in a circle: ${[...chain, by].join(' → ')}`);
  }
}

function unknownConsent(word: string, purposes: readonly string[]): string {
  const sentence = `"${word}" is neither required nor not_needed nor a purpose`;
  return unknownWord(sentence, word, ['required', 'not_needed', ...purposes], 'write one of them');
}

/** The purpose, the one that it names, and so on; it ends before it would come back. */
function chainFrom(purpose: string, purposes: Purposes): readonly string[] {
  const chain = [purpose];
  for (;;) {
    const next = nextOf(chain.at(-1) ?? purpose, purposes);
    if (next === undefined || chain.includes(next)) return chain;
    chain.push(next);
  }
}

function nextOf(purpose: string, purposes: Purposes): string | undefined {
  const consent = purposes.get(purpose)?.consent;
  return typeof consent === 'object' ? consent.as : undefined;
}
