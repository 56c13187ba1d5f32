import type { Bench, OpenBench } from '../bench.js';
import type { Options } from '../options.js';
import { profileFolder } from '../rig/profiled.js';
import { openDatabases } from '../rig/databases.js';
import { bare, BATCH, memory, peyk, runMain } from './run.js';
import { purchases } from './work.js';

const CUSTOMERS = 60_000;

export const main: Bench = {
  name: 'main',
  unit: 'messages',
  work: "60,000 customers' events by HTTP: condition, SMS, wait, second SMS; beside it the same without any logic",
  atLeast: 0.5,
  ceilings: [{ note: memory, atMost: 400 }],
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  const all = purchases(Math.max(BATCH, Math.round(CUSTOMERS * scale)));
  return {
    ours: async () => runMain(await databases.fresh(), all, peyk()),
    bare: async () => runMain(await databases.fresh(), all, bare),
    profile: async () => {
      const folder = await profileFolder();
      await runMain(await databases.fresh(), all, peyk(folder));
      return folder;
    },
    close: () => databases.close(),
  };
}
