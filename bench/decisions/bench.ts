import { evaluateConditions } from '../advance/conditions.js';
import type { Bench, OpenBench } from '../bench.js';
import type { Run } from '../measure.js';
import type { Options } from '../options.js';
import { profiled } from '../rig/profiled.js';
import { decideShoppers, decisionsOfShopper, shop, shoppers } from './shop.js';

const DECISIONS = 400_000;
/** Decided over and over, so that the events fit in memory. */
const SHOPPERS = 1_000;

export const decisions: Bench = {
  name: 'decisions',
  unit: 'decisions',
  work: 'decisions with policy (consent, quiet hours, caps, sample) and history in use; beside it as many evaluations of one condition by cel-js',
  atLeast: 0.08,
  open,
};

function open({ scale }: Options): Promise<OpenBench> {
  const workspace = shop();
  const rounds = Math.max(1, Math.round((DECISIONS * scale) / decisionsOfShopper / SHOPPERS));
  const count = rounds * SHOPPERS * decisionsOfShopper;
  const all = shoppers(SHOPPERS);
  const ours = (): Run =>
    timed(count, () => {
      for (let round = 0; round < rounds; round += 1) decideShoppers(workspace, all);
    });
  const bare = (): Run =>
    timed(count, () => {
      evaluateConditions(count);
    });
  // Both compiled before either is timed.
  ours();
  bare();
  return Promise.resolve({
    ours: () => Promise.resolve(ours()),
    bare: () => Promise.resolve(bare()),
    profile: () => profiled(ours),
    close: () => Promise.resolve(),
  });
}

function timed(count: number, work: () => void): Run {
  const began = performance.now();
  work();
  return { rate: count / ((performance.now() - began) / 1000) };
}
