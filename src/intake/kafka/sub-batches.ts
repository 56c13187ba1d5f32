import type { KafkaMessage } from 'kafkajs';

/** Consecutive messages that are decided at once; `to` is the offset after them. */
export interface SubBatch {
  readonly messages: readonly KafkaMessage[];
  readonly to: bigint;
}

/** Messages from `next` on, in portions of `size`; `end` is the offset after the fetch, markers of transactions included. */
export function subBatches(messages: readonly KafkaMessage[], next: bigint, end: bigint, size: number): SubBatch[] {
  // Offsets grow: only what comes before the first that is wanted has to be looked at.
  const first = messages.findIndex(({ offset }) => BigInt(offset) >= next);
  const fresh = first < 0 ? [] : messages.slice(first);
  const portions: SubBatch[] = [];
  for (let start = 0; start < fresh.length; start += size) {
    const portion = fresh.slice(start, start + size);
    const isLast = start + size >= fresh.length;
    portions.push({ messages: portion, to: isLast ? end : BigInt(portion.at(-1)?.offset ?? 0) + 1n });
  }
  return portions;
}
