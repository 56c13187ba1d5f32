import type { Start, Subject } from '../main/run.js';
import type { Provider } from '../main/provider.js';
import { Child } from '../rig/child.js';
import { node } from './programs.js';
import { findRedis, startRedis } from './redis.js';

/** A peer on the run's database, which is the same for ours: the bench's Postgres as it is. */
export function onPostgres(file: string): () => Promise<Start> {
  return () => Promise.resolve(({ url }, provider) => startProgram(file, url, provider));
}

/** A peer on an empty Redis of its own for every run. */
export function onRedis(file: string): () => Promise<Start | string> {
  return async () => {
    const program = await findRedis();
    if (program === undefined) return 'no redis-server: put one on the path or name it in PEYK_BENCH_REDIS';
    return async (_database, provider) => {
      const redis = await startRedis(program);
      const stop = async (subject?: Subject): Promise<void> => {
        await subject?.stop();
        await redis.stop();
      };
      try {
        const subject = await startProgram(file, redis.socket, provider);
        return { ...subject, stop: () => stop(subject) };
      } catch (error) {
        await stop();
        throw error;
      }
    };
  };
}

/** `PEYK_BENCH_PEER`: settings to try instead of those in the program, as JSON. */
async function startProgram(file: string, store: string, provider: Provider): Promise<Subject> {
  const child = new Child({
    program: node,
    file: `bench/peers/${file}`,
    args: [store, provider.url],
    env: { PEYK_BENCH_PEER: process.env['PEYK_BENCH_PEER'] ?? '{}' },
  });
  const stop = (): Promise<void> => child.stop();
  try {
    return { child, url: await child.says(/listening on (\S+)/), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
