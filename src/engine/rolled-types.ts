import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../store/connection.js';
import { addRolledTypes } from '../store/engine/add-rolled-types.sql.js';
import { limitLockWait } from '../store/engine/limit-lock-wait.sql.js';
import { lockRolledTypes } from '../store/engine/lock-rolled-types.sql.js';
import { readRolledTypes } from '../store/engine/read-rolled-types.sql.js';
import { isLockTimeout } from '../store/transient.js';
import type { Reads } from './reads.js';

/** A type that is counted, and a field of it that is summed. */
interface Counted {
  readonly type: string;
  readonly field: string | undefined;
}

/** Intake waits as long as we wait for it. */
const LOCK_WAIT_MS = 500;
const TRIES = 5;

/**
 * Sees to it that day rows are kept of every type that these reads count. False where a transaction of others (a backup)
 * held the table all the time: then their calls are answered from the events, and it can be tried again.
 */
export async function keepRollups(db: Database, reads: readonly Reads[], tries = TRIES): Promise<boolean> {
  const missing = await notKept(db, countedBy(reads));
  if (missing.length === 0) return true;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await add(db, missing);
      return true;
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (attempt >= tries) return false;
      await sleep(LOCK_WAIT_MS);
    }
  }
}

/** What is answered by rollups: calls without a condition. */
function countedBy(reads: readonly Reads[]): readonly Counted[] {
  return reads
    .flatMap(({ entering, inside }) => [...entering, ...inside])
    .filter(({ conditional }) => !conditional)
    .map(({ function: name, type, field }) => ({ type, field: name === 'sum' ? field : undefined }));
}

async function notKept(db: Database, counted: readonly Counted[]): Promise<readonly Counted[]> {
  if (counted.length === 0) return [];
  const rows = await db.run(readRolledTypes, [[...new Set(counted.map(({ type }) => type))]]);
  const kept = new Map(rows.map(({ type, fields }) => [type, fields]));
  return counted.filter(({ type, field }) => {
    const fields = kept.get(type);
    return fields === undefined || (field !== undefined && !fields.includes(field));
  });
}

async function add(db: Database, counted: readonly Counted[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.run(limitLockWait, [LOCK_WAIT_MS]);
    await tx.run(lockRolledTypes);
    await tx.run(addRolledTypes, [counted.map(({ type }) => type), counted.map(({ field }) => field ?? null)]);
  });
}
