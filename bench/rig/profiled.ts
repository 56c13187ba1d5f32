import { mkdtemp, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where a process of its own leaves its profile. */
export function profileFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'peyk-profile-'));
}

/** Runs work in this process under the profiler; gives the folder with the `.cpuprofile`. */
export async function profiled(work: () => unknown): Promise<string> {
  const folder = await profileFolder();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  await writeFile(path.join(folder, 'bench.cpuprofile'), JSON.stringify(profile));
  return folder;
}
