/** How many times each was counted that should be there once: by receiver and text. */
export interface Tally {
  readonly missing: readonly string[];
  /** Came more than once; with how many times. */
  readonly repeated: ReadonlyMap<string, number>;
  /** Nobody should have got these. */
  readonly strange: readonly string[];
}

export function tally(expected: readonly string[], counts: ReadonlyMap<string, number>): Tally {
  const wanted = new Set(expected);
  return {
    missing: expected.filter((one) => !counts.has(one)),
    repeated: new Map([...counts].filter(([, times]) => times > 1)),
    strange: [...counts.keys()].filter((one) => !wanted.has(one)),
  };
}

/** Where one of two was to come, whichever came stands for the first: both are the first twice. */
export function either(
  counts: ReadonlyMap<string, number>,
  alternatives: readonly (readonly [string, string])[],
): ReadonlyMap<string, number> {
  const merged = new Map(counts);
  for (const [first, other] of alternatives) {
    const times = merged.get(other);
    if (times === undefined) continue;
    merged.delete(other);
    merged.set(first, times + (merged.get(first) ?? 0));
  }
  return merged;
}

export function countOf(items: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** So many came that should not have: each time after the first, and what is strange. */
export function surplus({ repeated, strange }: Tally): number {
  return [...repeated.values()].reduce((sum, times) => sum + times - 1, strange.length);
}
