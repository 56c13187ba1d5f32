import { crashPoints } from '../../../src/crash-points.js';
import type { Nuisance, Victims } from '../nuisance.js';
import type { Supervised } from '../supervised.js';
import { pause } from '../until.js';

/** A boundary that does not come up is not waited for. */
const PATIENCE_MS = 4_000;

/** Two processes; for so long one of them is killed, from outside or at a boundary, again and again. */
export function killAtRandom(forMs: number): Nuisance {
  return {
    name: 'kill-at-random',
    processes: 2,
    inflict: async (victims) => {
      const { processes, random } = victims;
      // A busy machine takes its time to start them; nobody is killed meanwhile.
      await Promise.all(processes.map((peyk) => peyk.untilItServes()));
      const end = Date.now() + forMs;
      while (Date.now() < end) {
        await pause(random.whole(100, 1_500));
        strike(random.one(processes), victims);
      }
      for (const peyk of processes) peyk.orders.length = 0;
      const atPoints = processes.flatMap(({ obeyed }) => obeyed).length;
      const deaths = processes.reduce((sum, { lives }) => sum + lives - 1, 0);
      return `${String(deaths)} deaths, ${String(atPoints)} of them at boundaries`;
    },
  };
}

/** A life that is to end at a boundary is left to it for a while. */
function strike(peyk: Supervised, { random }: Victims): void {
  const { servedMs, order, orders } = peyk;
  if (servedMs === undefined || (order !== undefined && servedMs < PATIENCE_MS)) return;
  if (random.share() < 0.7) orders.push(`${random.one(crashPoints)}:${String(random.whole(1, 5))}`);
  peyk.signal('SIGKILL');
}
