import type { Workspace } from '../../src/domain/workspace.js';
import { loadDirectories } from '../../src/workspace/load-directories.js';
import type { Bench, OpenBench } from '../bench.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { profiled } from '../rig/profiled.js';
import { evaluateConditions } from './conditions.js';
import { decideLives, decisionsInLife, repairs } from './decisions.js';

const DECISIONS = 1_000_000;
/** Decided over and over, so that the events fit in memory. */
const REPAIRS = 1_000;

export const advance: Bench = {
  name: 'advance',
  unit: 'decisions',
  work: 'decisions of repair-status (advance and fold, no rendering); beside it as many evaluations of one condition by cel-js',
  atLeast: 0.1,
  open,
};

async function open({ scale }: Options): Promise<OpenBench> {
  const workspace = await shipped();
  const rounds = Math.max(1, Math.round((DECISIONS * scale) / decisionsInLife / REPAIRS));
  const decisions = rounds * REPAIRS * decisionsInLife;
  const lives = repairs(REPAIRS);
  const ours = (): Run =>
    timed(decisions, () => {
      for (let round = 0; round < rounds; round += 1) decideLives(workspace, lives);
    });
  const bare = (): Run =>
    timed(decisions, () => {
      evaluateConditions(decisions);
    });
  // Both compiled before either is timed.
  ours();
  bare();
  return {
    ours: () => Promise.resolve(ours()),
    bare: () => Promise.resolve(bare()),
    profile: () => profiled(ours),
    close: () => Promise.resolve(),
  };
}

async function shipped(): Promise<Workspace> {
  const folder = (name: string): string => new URL(`../../../${name}`, import.meta.url).pathname;
  const { workspace } = await loadDirectories({ journeys: folder('journeys'), templates: folder('templates') });
  if (workspace === undefined) throw new Error('the shipped journeys are not well: see npx peyk check');
  return workspace;
}

function timed(count: number, work: () => void): Run {
  const began = performance.now();
  work();
  return { rate: count / ((performance.now() - began) / 1000) };
}
