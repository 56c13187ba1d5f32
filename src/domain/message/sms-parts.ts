import { SegmentedMessage } from 'sms-segments-calculator';

/**
 * How many parts an operator bills for a text: 70, then 67 UTF-16 units each, where one character is outside GSM-7; else
 * 160, then 153 septets.
 */
export function smsParts(text: string): number {
  // 70 characters fit one part in either alphabet.
  if (text.length <= 70) return 1;
  // The calculator takes about 400 µs for a text; for everyday ones the same count is taken in a tenth of one.
  if (plainGsm.test(text)) return text.length <= 160 ? 1 : Math.ceil(text.length / 153);
  if (everydayPersian.test(text)) return persianParts(text);
  return text.length > LONGEST ? longParts(text) : new SegmentedMessage(text, 'auto', false).segmentsCount;
}

/** Data may make a text as long as it likes, and the calculator's time grows with the square of it. */
const LONGEST = 2_000;

function longParts(text: string): number {
  const [room, weigh] = gsm.test(text) ? ([153, septetsOf] as const) : ([67, unitsOf] as const);
  let [parts, left] = [1, room];
  // The segmenter takes its time over a long text, too: it gets a piece at a time.
  for (const [piece] of text.matchAll(pieces)) {
    for (const { segment } of letters.segment(piece)) {
      const weight = weigh(segment);
      if (weight > left) [parts, left] = [parts + 1, room];
      left -= weight;
    }
  }
  return parts;
}

/** Up to a space, where there is one. */
const pieces = /[^]{1,300}[^ \n]{0,300}/g;

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

function unitsOf(letter: string): number {
  return letter.length;
}

function septetsOf(letter: string): number {
  return letter.length + letter.replace(/[^\f^{}\\[~\]|€]/g, '').length;
}

/** A letter and the marks on it are never parted. */
function persianParts(text: string): number {
  let [parts, room, at] = [1, 67, 0];
  while (at < text.length) {
    const end = endOfLetter(text, at);
    if (end - at > room) [parts, room] = [parts + 1, 67];
    room -= end - at;
    at = end;
  }
  return parts;
}

function endOfLetter(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && isMark(text.charCodeAt(end))) end += 1;
  return end;
}

function isMark(unit: number): boolean {
  return unit === 0x200c || unit === 0x670 || (unit >= 0x64b && unit <= 0x65f);
}

/** Of GSM-7 what counts one septet and is ASCII: not ^ { } \ [ ~ ] | (two) nor a backtick (none). */
const plainGsm = /^[\n -Z_a-z]*$/;
/** Persian and ASCII text with ZWNJ, vowel signs and typographic quotes and dashes. */
const everydayPersian = /^[\n -~«»،؛؟\u0621-\u06d5\u06ee-\u06ff\u200c–—‘’“”…]*$/;
/** All of GSM-7. */
const gsm = /^[@£$¥èéùìòÇ\n\fØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ -#%-?¤¡A-Z[-^ÄÖÑÜ§¿a-z{-~äöñüà€]*$/;
