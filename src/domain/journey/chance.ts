import { hash } from 'node:crypto';

/** Never random: the first 53 bits of the SHA-256 of this text, as a fraction of one (journey-semantics 9). */
export function chance(text: string): number {
  let drawn = known.get(text);
  if (drawn === undefined) {
    drawn = draw(text);
    if (known.size >= mostKept) known.clear();
    known.set(text, drawn);
  }
  return drawn;
}

/** The sends of one enrolment, and a send that is held, ask for the same again. */
const known = new Map<string, number>();
const mostKept = 1_000;

function draw(text: string): number {
  const digest = hash('sha256', text, 'hex');
  const high = Number.parseInt(digest.slice(0, 8), 16) * 2 ** 21;
  return (high + (Number.parseInt(digest.slice(8, 16), 16) >>> 11)) / 2 ** 53;
}
