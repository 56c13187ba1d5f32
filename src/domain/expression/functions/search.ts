/**
 * Where `part` first begins in `text`, from `from` on; -1 for nowhere. In linear time: the engine's own search takes
 * text × part on texts made for it (8 ms for 10,000 characters).
 */
export function find(text: string, part: string, from = 0): number {
  if (isCheap(text, part)) return text.indexOf(part, from);
  for (const place of places(text, part, from)) return place;
  return -1;
}

/** Where it last begins. */
export function findLast(text: string, part: string): number {
  if (isCheap(text, part)) return text.lastIndexOf(part);
  let last = -1;
  for (const place of places(text, part, 0)) last = place;
  return last;
}

/** The pieces of `text` between the `part`s, at most `most` of them; the last keeps the rest. */
export function splitAt(text: string, part: string, most: number): readonly string[] {
  if (part === '') return Array.from(text).slice(0, most);
  const pieces: string[] = [];
  let start = 0;
  if (isCheap(text, part)) {
    for (let at = text.indexOf(part); at !== -1 && pieces.length < most - 1; at = text.indexOf(part, start)) {
      pieces.push(text.slice(start, at));
      start = at + part.length;
    }
    return [...pieces, text.slice(start)];
  }
  for (const at of places(text, part, 0)) {
    if (pieces.length >= most - 1) break;
    if (at < start) continue;
    pieces.push(text.slice(start, at));
    start = at + part.length;
  }
  return [...pieces, text.slice(start)];
}

const cheapProduct = 500_000;

function isCheap(text: string, part: string): boolean {
  return part.length <= 1 || text.length * part.length <= cheapProduct;
}

/** Knuth, Morris and Pratt: every place, overlapping ones too. */
function* places(text: string, part: string, from: number): Generator<number> {
  const fallBack = borders(part);
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    while (matched > 0 && text[at] !== part[matched]) matched = fallBack[matched - 1] ?? 0;
    if (text[at] === part[matched]) matched++;
    if (matched < part.length) continue;
    yield at - part.length + 1;
    matched = fallBack[matched - 1] ?? 0;
  }
}

/** For each prefix, the length of its longest border. */
function borders(part: string): Uint32Array {
  const lengths = new Uint32Array(part.length);
  for (let at = 1, length = 0; at < part.length; at++) {
    while (length > 0 && part[at] !== part[length]) length = lengths[length - 1] ?? 0;
    if (part[at] === part[length]) length++;
    lengths[at] = length;
  }
  return lengths;
}
