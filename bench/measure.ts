/** One side's figures over all pairs. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** What one run of one side gave. `notes` are further figures, such as memory, of which the largest is told. */
export interface Run {
  /** Units a second: the more the better. */
  readonly rate: number;
  readonly notes?: Readonly<Record<string, number>>;
}

/** The two programs of a pair, under the same work. */
export interface Sides {
  ours(): Promise<Run>;
  bare(): Promise<Run>;
}

export interface Measured {
  readonly ours: Spread;
  readonly bare: Spread;
  /** Of the medians. */
  readonly ratio: number;
  /** Of each pair. */
  readonly ratios: Spread;
  /** The largest of each of our notes. */
  readonly notes: Readonly<Record<string, number>>;
}

/** Ours, bare, ours, bare …: what else the machine does falls on both alike. */
export async function measurePairs(
  sides: Sides,
  pairs: number,
  tell: (text: string) => void = () => undefined,
): Promise<Measured> {
  const [ours, bare]: [Run[], Run[]] = [[], []];
  for (let pair = 1; pair <= pairs; pair += 1) {
    ours.push(await sides.ours());
    bare.push(await sides.bare());
    const [a, b] = [ours.at(-1)?.rate ?? NaN, bare.at(-1)?.rate ?? NaN];
    tell(`pair ${String(pair)}: ours ${a.toFixed(0)}/s, bare ${b.toFixed(0)}/s, ratio ${(a / b).toFixed(3)}`);
  }
  return summarise(ours, bare);
}

export function summarise(ours: readonly Run[], bare: readonly Run[]): Measured {
  const [mine, theirs] = [ours.map(({ rate }) => rate), bare.map(({ rate }) => rate)];
  const [oursSpread, bareSpread] = [spreadOf(mine), spreadOf(theirs)];
  return {
    ours: oursSpread,
    bare: bareSpread,
    ratio: oursSpread.median / bareSpread.median,
    ratios: spreadOf(mine.map((rate, at) => rate / (theirs[at] ?? NaN))),
    notes: largest(ours.map(({ notes }) => notes ?? {})),
  };
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (place: number): number => sorted[place] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  };
}

function largest(notes: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const most: Record<string, number> = {};
  for (const one of notes)
    for (const [name, value] of Object.entries(one)) most[name] = Math.max(most[name] ?? -Infinity, value);
  return most;
}
