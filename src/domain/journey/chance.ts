import { hash } from 'node:crypto';

/** Never random: the first 53 bits of the SHA-256 of this text, as a fraction of one (journey-semantics 9). */
export function chance(text: string): number {
  if (text !== last.text) last = { text, drawn: draw(text) };
  return last.drawn;
}

/** The sends of one enrolment ask for the same one after the other; to look in a table for more costs as much as to draw. */
let last = { text: '', drawn: draw('') };

function draw(text: string): number {
  // A character a byte: to read the digits of `hex` costs half as much again.
  const bytes = hash('sha256', text, 'binary');
  return (wordAt(bytes, 0) * 2 ** 21 + (wordAt(bytes, 4) >>> 11)) / 2 ** 53;
}

function wordAt(bytes: string, place: number): number {
  const [first, second] = [bytes.charCodeAt(place), bytes.charCodeAt(place + 1)];
  const [third, fourth] = [bytes.charCodeAt(place + 2), bytes.charCodeAt(place + 3)];
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
}
