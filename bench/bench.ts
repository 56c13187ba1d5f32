import type { Measured, Sides } from './measure.js';
import type { Options } from './options.js';

/** A figure beside the ratio that has a limit of its own. */
export interface Ceiling {
  readonly note: string;
  readonly atMost: number;
}

/** One bench: what it compares, and what it has to reach. */
export interface Bench {
  readonly name: string;
  /** What one unit of its rate is, such as `messages`. */
  readonly unit: string;
  readonly work: string;
  /** What the other side is called, where it is not `bare`. */
  readonly beside?: string;
  /** The least ratio of ours to bare. */
  readonly atLeast: number;
  readonly ceilings?: readonly Ceiling[];
  /** Where not five, as each takes long. */
  readonly pairs?: number;
  /** Starts what both sides share. `skipped` says why it cannot run here. */
  open(options: Options): Promise<OpenBench | { readonly skipped: string }>;
}

export interface OpenBench extends Sides {
  /** Ours once under the profiler; gives the folder or file with `.cpuprofile`s. */
  profile(): Promise<string>;
  close(): Promise<void>;
}

export type Result =
  | { readonly name: string; readonly skipped: string }
  | ({ readonly name: string; readonly bench: Bench; readonly good: boolean } & Measured);

export function judge(bench: Bench, measured: Measured): Result {
  const { ceilings = [], atLeast, name } = bench;
  const within = ceilings.every(({ note, atMost }) => (measured.notes[note] ?? Infinity) <= atMost);
  return { name, bench, good: measured.ratio >= atLeast && within, ...measured };
}
