import { toAsciiDigits } from '../time/digits.js';

/**
 * How replies are compared: digits as ASCII, Arabic ي ك as Persian ی ک, vowel signs and tatweel away, the zero-width
 * non-joiner a space, spaces and punctuation at the ends away, lower case.
 */
export function fold(text: string): string {
  return trimEnds(touched.test(text) ? replaceAll(text) : text).toLowerCase();
}

/** Letter by letter: a pattern with a function takes a call for each. */
function replaceAll(text: string): string {
  let folded = '';
  for (let at = 0; at < text.length; at++) folded += replacements.get(text.charCodeAt(at)) ?? text.charAt(at);
  return folded;
}

/** The signs are meant one by one. */
const signs = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]/;
const touched = /[\u0600-\u06ff\u200c]/;
const replacements: ReadonlyMap<number, string> = new Map(
  Array.from({ length: 0x100 }, (_, at) => String.fromCharCode(0x600 + at))
    .concat('\u200c')
    .map((letter) => [letter.charCodeAt(0), replaced(letter)] as const)
    .filter(([code, letter]) => letter !== String.fromCharCode(code)),
);
// Marks of direction are not seen, and stand around what is typed in Persian.
const skipped = /[\s\p{P}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

function replaced(letter: string): string {
  if (signs.test(letter)) return '';
  if (letter === '\u200c') return ' ';
  if (letter === 'ي') return 'ی';
  return letter === 'ك' ? 'ک' : toAsciiDigits(letter);
}

/** By hand: a pattern that looks for the end takes the square of the time on a text made for it. */
function trimEnds(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && skipped.test(text.charAt(start))) start++;
  while (end > start && skipped.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
