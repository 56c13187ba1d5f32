import { FencedError, type OffsetMove } from '../../intake/intake.js';
import type { Connection } from '../connection.js';
import { moveOffsetRow } from './move-offset.sql.js';

/** Moves the partition's offset in the batch's own transaction. Throws FencedError where another consumer was faster. */
export async function moveOffset(tx: Connection, move: OffsetMove): Promise<void> {
  const { group, topic, partition, from, to } = move;
  const rows = await tx.run(moveOffsetRow, [group, topic, partition, String(from), String(to)]);
  if (rows.length === 0) throw new FencedError(move);
}
