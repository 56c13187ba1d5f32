import type { Bench, OpenBench } from '../bench.js';
import { BATCH, peyk, runMain, type Start } from '../main/run.js';
import { purchases } from '../main/work.js';
import type { Options } from '../options.js';
import { openDatabases } from '../rig/databases.js';
import { openBench } from '../rig/open-bench.js';
import { installPeers, versionOf } from './programs.js';
import { onPostgres, onRedis } from './start.js';

const CUSTOMERS = 60_000;

/** One to be ahead of. */
interface Peer {
  readonly package: string;
  /** Gives how to start it, or a sentence where it cannot run here. */
  readonly prepare: () => Promise<Start | string>;
}

/** All of them by `npm run bench -- peers`; without a name none, as they are installed first. */
export const peers: readonly Bench[] = [
  benchOf('bullmq', { package: 'bullmq', prepare: onRedis('bullmq.mjs') }),
  benchOf('graphile-worker', { package: 'graphile-worker', prepare: onPostgres('graphile-worker.mjs') }),
  benchOf('pg-boss', { package: 'pg-boss', prepare: onPostgres('pg-boss.mjs') }),
  benchOf('dbos', { package: '@dbos-inc/dbos-sdk', prepare: onPostgres('dbos.mjs') }),
];

function benchOf(name: string, peer: Peer): Bench {
  return {
    name: `peers-${name}`,
    unit: 'messages',
    work: `the work of \`main\`; beside it on ${versionOf(peer.package)} under ${versionOf('node')}`,
    beside: 'peer',
    atLeast: 1,
    open: (options) => open(peer, options),
  };
}

async function open(peer: Peer, { scale }: Options): Promise<OpenBench | { readonly skipped: string }> {
  await installPeers();
  const start = await peer.prepare();
  if (typeof start === 'string') return { skipped: start };
  const databases = await openDatabases();
  const all = purchases(Math.max(BATCH, Math.round(CUSTOMERS * scale)));
  return openBench({
    ours: async (profileInto) => runMain(await databases.fresh(), all, peyk(profileInto)),
    bare: async () => runMain(await databases.fresh(), all, start),
    close: () => databases.close(),
  });
}
