import type { CrashPoint } from '../../../src/crash-points.js';
import type { Nuisance } from '../nuisance.js';
import { until } from '../until.js';

/** How long a life may take to reach its end: a Kafka session has to run out, a lease to lapse. */
const EACH_MS = 30_000;
const START_MS = 60_000;

/** Each life ends at the next of these boundaries; only when the last is reached it may live. */
export function killAt(name: string, points: readonly CrashPoint[]): Nuisance {
  const lives = points.flatMap(withItsCause);
  return {
    name,
    processes: 1,
    orders: lives.map((point) => `${point}:1` as const),
    inflict: async ({ processes: [peyk] }) => {
      if (peyk === undefined) throw new Error('there is no process');
      for (const [at, point] of lives.entries()) {
        const isDone = (): boolean => peyk.obeyed.length > at;
        // A busy machine takes its time to start it.
        await until(`${peyk.name} serves`, () => isDone() || peyk.url !== undefined || peyk.lastWords(), START_MS);
        await until(`${peyk.name} killed at ${point}`, () => isDone() || peyk.lastWords(), EACH_MS);
      }
      return `killed at ${lives.join(', ')}`;
    },
  };
}

/** A message comes into doubt, and a receipt before the outcome of its send, by a death after the call. */
function withItsCause(point: CrashPoint): readonly CrashPoint[] {
  return /^(?:doubt|early)\./.test(point) ? ['call.answered', point] : [point];
}
