import { Doors } from './doors.js';
import { Load, type LoadSize } from './load.js';
import type { Nuisance } from './nuisance.js';
import type { Random } from './random.js';
import type { Servers } from './servers.js';
import { openStage, type Stage } from './stage.js';
import { until } from './until.js';
import { judge, type Played, type Verdict } from './verdict.js';

/** A round that has come to no end so long after its nuisance has failed. */
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 200;

/** One round: load and nuisance side by side; until nothing is left to do; then it is counted. */
export async function runRound(servers: Servers, nuisance: Nuisance, size: LoadSize, random: Random): Promise<Verdict> {
  const began = Date.now();
  const stage = await openStage(servers, nuisance, random);
  const over = new AbortController();
  try {
    const doors = new Doors(stage.victims.processes, servers.topics, stage.topic, over.signal);
    const load = new Load(doors, size);
    const played = await play(stage, nuisance, load);
    over.abort();
    // Whatever was still in somebody's hands is there when it is counted.
    await Promise.all(stage.victims.processes.map((peyk) => peyk.stop()));
    const judged = await judge(stage, load, played);
    return { nuisance: nuisance.name, did: played.did, seconds: (Date.now() - began) / 1_000, ...judged };
  } finally {
    over.abort();
    await stage.close();
  }
}

/** A nuisance that fails, or a load that does, is told; what it left behind is waited for and counted all the same. */
async function play(stage: Stage, nuisance: Nuisance, load: Load): Promise<Played> {
  const { processes } = stage.victims;
  for (const peyk of processes) peyk.start();
  let over = false;
  const inflicted = nuisance.inflict(stage.victims).finally(() => (over = true));
  const [did, loaded] = await Promise.allSettled([inflicted, load.run(() => over)]);
  for (const peyk of processes) peyk.orders.length = 0;
  const [rested] = await Promise.allSettled([untilAtRest(stage)]);
  const errors = [did, loaded, rested].flatMap((end): unknown[] => (end.status === 'rejected' ? [end.reason] : []));
  return { did: did.status === 'fulfilled' ? did.value : 'it came to no end', errors };
}

function untilAtRest({ state }: Stage): Promise<void> {
  return until('nothing left to do', () => state.atRest().catch(String), PATIENCE_MS, LOOK_EVERY_MS);
}
