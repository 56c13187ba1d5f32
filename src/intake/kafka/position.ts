/** What the broker still has of a partition: the first offset kept, and the one after the last. */
export interface Watermarks {
  readonly low: bigint;
  readonly high: bigint;
}

/** Where a consumer stands in a partition that it was assigned. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  /** The next offset to decide, as Postgres has it. */
  next: bigint;
  /**
   * - opened: read from Postgres; a seek is on its way, the fetch at hand may still be from elsewhere.
   * - sought: a seek to `next` was made while no fetch was at hand; the next one comes from there.
   * - following: a fetch from `next` has come; what follows must follow on.
   */
  state: 'opened' | 'sought' | 'following';
}

/** What to do with a fetch that was asked from offset `asked`: decide it, seek and drop it, or ask the broker what it has. */
export type Verdict = 'decide' | 'seek' | { readonly ask: 'reset' | 'gap' };

export function judge({ next, state }: Pick<Position, 'next' | 'state'>, asked: bigint, high: bigint): Verdict {
  if (asked === next) return 'decide';
  // A fetch from behind, though it should be from `next`: the broker did not have `next` and kafkajs began at the earliest.
  if (asked < next) return state === 'opened' && high >= next ? 'seek' : { ask: 'reset' };
  // Ahead of `next` right after a seek to it: kafkajs has skipped what holds no messages (markers, compaction).
  return state === 'sought' ? 'decide' : { ask: 'gap' };
}

/** Where to go on, once the broker has said what it has. */
export type Settlement =
  | { readonly kind: 'stay' }
  /** Retention deleted messages before they were read. */
  | { readonly kind: 'missed'; readonly to: bigint; readonly count: bigint }
  /** The topic was made anew (or its end was lost): offsets start over, and so do we. Events seen before are duplicates. */
  | { readonly kind: 'recreated'; readonly to: bigint };

export function settle(next: bigint, { low, high }: Watermarks, wasReset: boolean): Settlement {
  if (low > next) return { kind: 'missed', to: low, count: low - next };
  if (high < next || wasReset) return { kind: 'recreated', to: low };
  return { kind: 'stay' };
}
