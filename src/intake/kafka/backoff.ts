import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaTuning } from './kafka-settings.js';

type Backoff = Pick<KafkaTuning, 'firstBackoffMs' | 'longestBackoffMs'>;

/** The pause after the `failures`-th failure in a row, in milliseconds. */
export function backoffMs(failures: number, { firstBackoffMs, longestBackoffMs }: Backoff): number {
  return Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(failures - 1, 30));
}

/** Waits, or returns at once when `signal` is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
