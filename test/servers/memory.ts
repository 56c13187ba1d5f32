import { readFile, writeFile } from 'node:fs/promises';

/** The most resident memory that a process had since it began, or since that was forgotten; in MB of 2^20 bytes. NaN where the system does not tell. */
export async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) / 1024;
}

/** From now on only what comes counts. False where the system cannot do that. */
export async function forgetPeak(pid: number): Promise<boolean> {
  const done = writeFile(`/proc/${String(pid)}/clear_refs`, '5');
  return done.then(
    () => true,
    () => false,
  );
}
