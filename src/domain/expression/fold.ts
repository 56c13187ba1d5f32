import { toAsciiDigits } from '../time/digits.js';

/**
 * How replies are compared: digits as ASCII, Arabic ي ك as Persian ی ک, vowel signs and tatweel away, the zero-width
 * non-joiner a space, spaces and punctuation at the ends away, lower case.
 */
export function fold(text: string): string {
  return trimEnds(toAsciiDigits(text).replace(signs, '').replace(letters, replaced)).toLowerCase();
}

// eslint-disable-next-line no-misleading-character-class -- the signs are meant one by one
const signs = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]/g;
const letters = /[يك\u200c]/g;
const skipped = /[\s\p{P}]/u;

function replaced(letter: string): string {
  if (letter === 'ي') return 'ی';
  return letter === 'ك' ? 'ک' : ' ';
}

/** By hand: a pattern that looks for the end takes the square of the time on a text made for it. */
function trimEnds(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && skipped.test(text.charAt(start))) start++;
  while (end > start && skipped.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
