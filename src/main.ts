import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, type AppParts } from './app.module.js';
import { ConfigError } from './config/config.error.js';
import type { Config } from './config/config.js';

/** Why the process cannot start: one sentence with the remedy. */
export class StartError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'StartError';
  }
}

/** Starts to answer; the URL is where. Throws StartError. */
export async function serve(
  config: Config,
  parts: AppParts,
): Promise<{ readonly app: NestFastifyApplication; readonly url: string }> {
  const app = await createApp(config, parts);
  for (const note of config.notes) parts.log.warn(note);
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw explainListening(error, config);
  }
  const url = urlOf(app, config.host);
  parts.log.info({ url, roles: config.roles }, 'ready');
  return { app, url };
}

/** What to print for an error that ends the process, without a stack where the message says it all; then exit with 1. */
export function lastWords(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function explainListening(error: unknown, { host, port }: Config): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const place = `port ${String(port)} on ${host}`;
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(`${place} is in use: stop what listens there, or set PEYK_PORT to another port.`, error);
    case 'EACCES':
      return new StartError(`${place} may not be used by this user: set PEYK_PORT to a port above 1023.`, error);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`${host} is no address of this machine: set PEYK_HOST to one that is.`, error);
    default:
      return error;
  }
}

/** With the port that was really taken: 0 asks for any. */
function urlOf(app: NestFastifyApplication, host: string): string {
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? `:${String(address.port)}` : '';
  return `http://${host.includes(':') ? `[${host}]` : host}${port}`;
}
