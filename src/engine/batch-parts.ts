import type { Batch } from './decide-batch.js';

/** A batch as two, which are decided one after the other. */
export function parted(batch: Batch, middle: number): [Batch, Batch] {
  const cut = (from: number, to: number): Pick<Batch, 'events' | 'pending'> => ({
    events: batch.events.slice(from, to),
    pending: batch.pending?.slice(from, to),
  });
  return [
    // Whoever has lost the partition writes nothing: the first part tests the fence too, and moves nothing.
    { ...cut(0, middle), dead: batch.dead, move: batch.move && { ...batch.move, to: batch.move.from } },
    { ...cut(middle, batch.events.length), dead: [], move: batch.move },
  ];
}
