/**
 * Where each character of a scalar's value stands in its source: quotes, escapes, folded lines and a block's indentation
 * lie between the two. Offsets count in `source`; one more at the end is the place behind the last character.
 */
export function spotsOf(value: string, source: string): readonly number[] {
  const quote = source.startsWith('"') || source.startsWith("'") ? source.charAt(0) : '';
  const spots: number[] = [];
  let at = quote === '' ? blockStart(source) : 1;
  for (const unit of value.split('')) {
    at = reach(unit, source, at, quote);
    spots.push(at);
    // A block without a line end of its own has one in its value.
    at = Math.min(at + widthAt(unit, source, at, quote), source.length);
  }
  spots.push(at);
  return spots;
}

/** A block scalar begins on the line after its `|` or `>`. */
function blockStart(source: string): number {
  return /^[|>][-+\d]*[ \t]*(?:#[^\n]*)?\r?\n/.exec(source)?.[0].length ?? 0;
}

/** Skips what YAML leaves out before the next character: indentation, folded line ends, a line continued by `\`. */
function reach(unit: string, source: string, from: number, quote: string): number {
  if (source.charAt(from) === unit || unit === ' ' || unit === '\n') return from;
  let at = from;
  if (quote === '"' && /^\\\r?\n/.test(source.slice(at, at + 3))) at = source.indexOf('\n', at);
  while (/\s/.test(source.charAt(at))) at += 1;
  return at;
}

function widthAt(unit: string, source: string, at: number, quote: string): number {
  if (quote === '"' && source.charAt(at) === '\\') return escapes[source.charAt(at + 1)] ?? 2;
  if (quote === "'" && source.startsWith("''", at)) return 2;
  if (source.charAt(at) === unit) return 1;
  // A folded line end: the spaces around it are gone.
  return /^\s+/.exec(source.slice(at))?.[0].length ?? 1;
}

const escapes: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
