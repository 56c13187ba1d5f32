/** How YAML takes an unquoted expression apart (semantics 7), and what to say then. */

export const quoteIt = 'quote this expression';

/** What the values of a file are: a journey's are expressions where a key or `=` says so, those of `audiences.yaml` all. */
export type Values = 'of a journey' | 'expressions';

/**
 * Where, on the line of `offset` and before it, the value of `when:` or `value:`, or an `=expression`, begins; where all
 * values are expressions, the one that `offset` lies in.
 */
export function expressionBefore(source: string, offset: number, values: Values = 'of a journey'): number | undefined {
  const start = values === 'expressions' ? 0 : source.lastIndexOf('\n', offset - 1) + 1;
  const end = source.indexOf('\n', offset);
  const before = source.slice(start, end === -1 ? undefined : end);
  const places = Array.from(before.matchAll(openings[values]), ({ index, 0: text }) => start + index + text.length);
  return places.findLast((place) => place <= offset);
}

/** Whether a text ends inside quotes or brackets: something behind it was taken away. */
export function isCutShort(text: string): boolean {
  return depthOf(text) !== 0;
}

/** How many brackets and quotes are open at the end; negative where more are closed than were opened. */
export function depthOf(text: string): number {
  const outside = text.replace(quoted, '');
  const open = /["']/.test(outside) ? 1 : 0;
  return open + count(outside, /[([{]/g) - count(outside, /[)\]}]/g);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const openings: Readonly<Record<Values, RegExp>> = {
  'of a journey': /(?:^|[\s{,-])(?:(?:when|value)\s*:\s+|[A-Za-z_]\w*\s*:\s+(?==))/g,
  expressions: /^[\w-]+\s*:\s+/gm,
};
const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
