import type { Nuisance } from '../nuisance.js';
import type { Cut } from '../proxy.js';
import { until } from '../until.js';

/** COMMIT as the driver writes it, a message with its length; and statements that commit by themselves. */
export const commit = Buffer.from('Q\0\0\0\x0bcommit\0');
const claim = Buffer.from("update message set state = 'sending'");
export const settle = Buffer.from('outbox_settle_sent');
const settleCalls = Buffer.from('settle-webhook-calls');

const CUTS = 24;

/** The connection breaks in the middle of a commit: it never arrives, or it is carried out and nobody is told. */
export const connectionCut: Nuisance = {
  name: 'connection-cut',
  processes: 2,
  inflict: async ({ proxy, random }) => {
    const told: string[] = [];
    for (let cut = 1; cut <= CUTS; cut += 1) {
      const when: Cut['when'] = random.one(['before', 'after']);
      const at = random.one([commit, commit, commit, claim, settle, settleCalls]);
      proxy.cutAt({ at, when });
      await until('a connection to cut', () => proxy.cuts >= cut, 30_000);
      if (at === commit) told.push(when);
    }
    return `${String(CUTS)} cuts, ${String(told.length)} of them at a COMMIT`;
  },
};
