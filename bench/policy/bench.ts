import type { Bench, OpenBench } from '../bench.js';
import { BATCH, peyk, runMain } from '../main/run.js';
import { purchases } from '../main/work.js';
import type { Options } from '../options.js';
import { openDatabases } from '../rig/databases.js';
import { openBench } from '../rig/open-bench.js';
import { filesWithPolicy } from './work.js';

const CUSTOMERS = 60_000;

export const policy: Bench = {
  name: 'policy',
  unit: 'messages',
  work: '`main` with consent, quiet hours, caps, blackout, exceptions, sample and not_after on every message; beside it `main` without',
  beside: 'without',
  atLeast: 0.75,
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const databases = await openDatabases();
  const all = purchases(Math.max(BATCH, Math.round(CUSTOMERS * scale)));
  const ours = async (profileInto?: string) =>
    runMain(await databases.fresh(), all, peyk(profileInto, filesWithPolicy()));
  return openBench({
    ours,
    bare: async () => runMain(await databases.fresh(), all, peyk()),
    close: () => databases.close(),
  });
}
