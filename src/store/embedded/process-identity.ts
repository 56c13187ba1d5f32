import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';

const hasProc = existsSync('/proc/self/stat');

/**
 * What tells this process from a later one with the same number: its start time. Undefined when it is dead; a zombie is
 * dead (in a container whose first process reaps nobody, an orphan stays one for ever).
 */
export function processIdentity(pid: number): string | undefined {
  return hasProc ? identityFromProc(pid) : identityFromPs(pid);
}

function identityFromProc(pid: number): string | undefined {
  const stat = readOrUndefined(`/proc/${String(pid)}/stat`);
  if (stat === undefined) return undefined;
  // The command's name is in parentheses and may hold anything; after it: the state, …, the start time as the 20th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const boot = readOrUndefined('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return `${boot}:${fields[19] ?? ''}`;
}

function identityFromPs(pid: number): string | undefined {
  return ps(pid, 'lstart=');
}

/** Whether that process is a PostgreSQL server on this data folder (numbers are used again). */
export function servesFolder(pid: number, dataFolder: string): boolean {
  if (processIdentity(pid) === undefined) return false;
  if (!hasProc) return ps(pid, 'command=')?.includes(dataFolder) ?? false;
  try {
    return readlinkSync(`/proc/${String(pid)}/cwd`) === dataFolder;
  } catch {
    return false;
  }
}

function ps(pid: number, column: string): string | undefined {
  try {
    const line = execFileSync('ps', ['-ww', '-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
    return line === '' ? undefined : line;
  } catch {
    return undefined;
  }
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
