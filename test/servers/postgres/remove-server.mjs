import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends the server in a folder of ours (at once: its data go too) and removes the folder. */
export async function removeServer(folder) {
  const data = join(folder, 'postgres', 'cluster', 'data');
  const pid = postmaster(data);
  if (pid !== undefined) {
    process.kill(pid, 'SIGQUIT');
    const giveUpAt = Date.now() + 10_000;
    while (postmaster(data) !== undefined && Date.now() < giveUpAt) await sleep(20);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Undefined when it has ended; where there is no /proc the file alone tells. */
function postmaster(data) {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    if (process.platform === 'linux' && readlinkSync(`/proc/${pid}/cwd`) !== data) return undefined;
    return pid;
  } catch {
    return undefined;
  }
}
