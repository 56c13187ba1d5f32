import type { Nuisance } from '../nuisance.js';
import { times } from '../times.js';
import { pause } from '../until.js';

/** A process sleeps for twice the lease with messages in its hands, and wakes up while another has taken them over. */
export const stopAndContinue: Nuisance = {
  name: 'stop-and-continue',
  processes: 2,
  inflict: async ({ processes, untilMore, random }) => {
    const asleepMs = times.sending.leaseMs * 2;
    for (const peyk of [random.one(processes), random.one(processes)]) {
      await peyk.untilItServes();
      await untilMore(random.whole(5, 40));
      peyk.signal('SIGSTOP');
      await pause(asleepMs);
      peyk.signal('SIGCONT');
    }
    return `SIGSTOP for ${String(asleepMs)} ms, twice`;
  },
};
