import type { Nuisance } from '../nuisance.js';

/** The database dies without a word and comes back, twice. */
export const postgresKilled: Nuisance = {
  name: 'postgres-killed',
  processes: 2,
  inflict: async ({ postgres, proxy, untilMore, random }) => {
    for (let kill = 1; kill <= 2; kill += 1) {
      await untilMore(random.whole(5, 60));
      await postgres.kill();
      await postgres.restart();
      proxy.leadTo(postgres.port);
    }
    return 'PostgreSQL killed and restarted, twice';
  },
};
