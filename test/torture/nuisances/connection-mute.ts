import type { Nuisance } from '../nuisance.js';
import { until } from '../until.js';
import { commit, settle } from './connection-cut.js';

/** Two connections go silent without breaking, one at a COMMIT, one while outcomes are written: given up after 35 s. */
export const connectionMute: Nuisance = {
  name: 'connection-mute',
  processes: 2,
  inflict: async ({ proxy, untilMore }) => {
    await untilMore(20);
    for (const [before, at] of [commit, settle].entries()) {
      proxy.cutAt({ at, when: 'mute' });
      await until('a connection to silence', () => proxy.cuts > before, 30_000);
    }
    return '2 connections gone silent';
  },
};
