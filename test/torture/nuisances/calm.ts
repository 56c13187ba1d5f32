import type { Nuisance } from '../nuisance.js';

/** Nothing happens: what is counted then is the torture's own fault. */
export const calm: Nuisance = {
  name: 'calm',
  processes: 1,
  inflict: () => Promise.resolve('nothing'),
};
