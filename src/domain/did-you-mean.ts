/** The candidate that a slip of the pen would make into `word`; undefined when none is near. The first of equals wins. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const most = Math.max(1, Math.floor(Math.min(word.length, longest) / 3));
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const candidate of candidates) {
    const distance = distanceWithin(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (candidate === word || distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** `; did you mean "event"?` to end a message with, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

function distanceWithin(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit || a.length > longest || b.length > longest) return limit;
  return editDistance(a, b);
}

/** Letters inserted, dropped, changed, or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      current.push(cheapest(a, b, row, column, current, last, beforeLast));
    }
    [beforeLast, last] = [last, current];
  }
  return last[b.length] ?? longest;
}

function cheapest(
  a: string,
  b: string,
  row: number,
  column: number,
  current: readonly number[],
  last: readonly number[],
  beforeLast: readonly number[],
): number {
  const changed = cell(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
  const cost = Math.min(changed, cell(last, column) + 1, cell(current, column - 1) + 1);
  const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  return isSwap ? Math.min(cost, cell(beforeLast, column - 2) + 1) : cost;
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? longest;
}

/** Longer words are nobody's slip, and would make the distance dear. */
const longest = 64;
