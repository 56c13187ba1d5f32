/** Dotted paths that are known to be there, once this much is known of an expression's result. */
export interface Facts {
  /** It has a value at all. */
  readonly known: readonly string[];
  readonly whenTrue: readonly string[];
  readonly whenFalse: readonly string[];
}

export const noFacts: Facts = { known: [], whenTrue: [], whenFalse: [] };

/** Of an operation that has a value only where all that it looks at has one. */
export function knownAlways(paths: readonly string[]): Facts {
  return paths.length === 0 ? noFacts : { known: paths, whenTrue: paths, whenFalse: paths };
}

export function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}

export function intersection(first: readonly string[], ...others: readonly (readonly string[])[]): readonly string[] {
  return others.reduce<readonly string[]>((left, right) => left.filter((path) => right.includes(path)), first);
}

/** The set with these paths and all that they lie in: where `a.b` is there, `a` is. */
export function withPaths(known: ReadonlySet<string>, paths: Iterable<string>): ReadonlySet<string> {
  const all = new Set(known);
  for (const path of paths) {
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) all.add(path.slice(0, dot));
    all.add(path);
  }
  return all;
}
