import { setTimeout as sleep } from 'node:timers/promises';

interface Sparing {
  /** Of all time, what may go into looking. */
  readonly share: number;
  /** How long whoever asks waits; a look that takes longer is there for the next one. */
  readonly patienceMs: number;
}

const usual: Sparing = { share: 0.05, patienceMs: 1_000 };

/**
 * A look whose cost grows with what there is to see is taken the more seldom the longer it takes, whoever asks how often;
 * in between what was seen last counts.
 */
export function sparing(look: () => Promise<void>, { share, patienceMs }: Sparing = usual): () => Promise<void> {
  let notBefore = -Infinity;
  let looking: Promise<void> | undefined;
  const timed = async (): Promise<void> => {
    const from = performance.now();
    await look().finally(() => {
      const to = performance.now();
      notBefore = to + (to - from) / share;
      looking = undefined;
    });
  };
  return async () => {
    if (looking === undefined && performance.now() < notBefore) return;
    looking ??= timed();
    await inTime(looking, patienceMs);
  };
}

async function inTime(looking: Promise<void>, patienceMs: number): Promise<void> {
  const done = new AbortController();
  // Nobody may be there any more to hear of its failure.
  looking.catch(() => undefined);
  try {
    await Promise.race([looking, sleep(patienceMs, undefined, { signal: done.signal }).catch(() => undefined)]);
  } finally {
    done.abort();
  }
}
