import type { Bench, OpenBench } from '../bench.js';
import type { Options } from '../options.js';
import { openBench } from '../rig/open-bench.js';
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
  return openBench({
    ours: async (profileInto) => runMain(await databases.fresh(), all, peyk(profileInto)),
    bare: async () => runMain(await databases.fresh(), all, bare),
    close: () => databases.close(),
  });
}
