import { startEmbeddedPostgres } from '../src/store/embedded/embedded-postgres.js';

/** Runs work on PEYK_DATABASE_URL, else on the embedded database of PEYK_DATA_DIR (`.peyk`). */
export async function withDevelopmentDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const given = process.env['PEYK_DATABASE_URL'] ?? '';
  if (given !== '') return work(given);
  const server = await startEmbeddedPostgres({ dataDir: dataDir(), log: console.log });
  try {
    await work(server.url);
  } finally {
    await server.stop();
  }
}

export function dataDir(): string {
  const given = process.env['PEYK_DATA_DIR'] ?? '';
  return given === '' ? '.peyk' : given;
}
