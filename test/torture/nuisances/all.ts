import { crashPoints } from '../../../src/crash-points.js';
import type { Nuisance } from '../nuisance.js';
import { brokerKilled } from './broker-killed.js';
import { calm } from './calm.js';
import { connectionCut } from './connection-cut.js';
import { connectionMute } from './connection-mute.js';
import { killAt } from './kill-at.js';
import { killAtRandom } from './kill-at-random.js';
import { postgresKilled } from './postgres-killed.js';
import { providerFaults } from './provider-faults.js';
import { stopAndContinue } from './stop-and-continue.js';

/** Kills at every boundary, one after the other. */
export const everyPoint = killAt('every-point', crashPoints);

/** The others, but for random kills: each once in a run of all tests. */
export const oncePerRun: readonly Nuisance[] = [
  connectionCut,
  stopAndContinue,
  postgresKilled,
  brokerKilled,
  providerFaults,
];

/** What rounds take turns with. Any boundary's name is one, too. */
const inTurn: readonly Nuisance[] = [killAtRandom(20_000), ...oncePerRun, everyPoint, connectionMute];

/** The nuisances of these names, with commas between them; all that take turns where none is given. */
export function nuisances(names: string | undefined): readonly Nuisance[] {
  if (names === undefined) return inTurn;
  const known = [calm, ...inTurn, ...crashPoints.map((point) => killAt(point, [point]))];
  return names.split(',').map((name) => {
    const found = known.find((one) => one.name === name);
    if (found !== undefined) return found;
    throw new Error(`there is no ${name}; there are ${known.map((one) => one.name).join(', ')}`);
  });
}
