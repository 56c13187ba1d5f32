import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Requests under way when a process is told to end may take so long; then their connections are cut. */
const GRACE = 2_000;
const LOOK_EVERY = 20;

/**
 * Takes no more requests and waits for those under way. A connection that was busy at that moment and is kept alive after
 * its answer would hold the server for more than a minute: it is closed as soon as it is idle.
 */
export async function closeApp(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  const tidy = setInterval(() => {
    server.closeIdleConnections();
  }, LOOK_EVERY);
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, GRACE);
  await app.close().finally(() => {
    clearInterval(tidy);
    clearTimeout(cut);
  });
}
