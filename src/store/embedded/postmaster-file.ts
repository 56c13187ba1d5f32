import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a running server says of itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `stopping`, `ready` or `standby`; empty while it is being written. */
  readonly status: string;
}

export function readPostmaster(data: string): Postmaster | undefined {
  try {
    // pid, data folder, start time, port, socket folder, address, shared memory, status
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() };
  } catch {
    return undefined;
  }
}

/** No process has this number, on any system. */
const NO_PROCESS = 2_147_483_646;

/**
 * After a crash the number may belong to another process by now, for which the server would not start. Only the number goes:
 * by the rest of the file the server sees whether sessions of the one that crashed still write.
 */
export function disownPostmaster(data: string): void {
  const file = join(data, 'postmaster.pid');
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [String(NO_PROCESS), ...rest].join('\n'));
}
