import type { Nuisance } from '../nuisance.js';

/** The broker dies without a word and comes back with its data. */
export const brokerKilled: Nuisance = {
  name: 'broker-killed',
  processes: 2,
  inflict: async ({ broker, untilMore, random }) => {
    await untilMore(random.whole(5, 60));
    await broker.restart();
    await untilMore(20);
    return 'the broker killed and restarted';
  },
};
