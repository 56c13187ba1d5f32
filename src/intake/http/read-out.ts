import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** How much of a body that is too large is read and thrown away, and for how long. */
interface Bounds {
  readonly bytes: number;
  readonly ms: number;
}

const patience: Bounds = { bytes: 64 * 1_048_576, ms: 10_000 };

/**
 * Most clients write all of a body before they look for an answer, and never see one that comes with a closed connection:
 * a 413 waits until they are done, or until it has gone too far.
 */
export function readOutTooLarge(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request, reply) => {
    if (reply.statusCode === 413) await readOut(request.raw, patience);
  });
}

/** Resolves when all has been read, when there is too much of it, or when it takes too long. Never rejects. */
export function readOut(body: Readable, { bytes, ms }: Bounds): Promise<void> {
  if (body.readableEnded || body.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let read = 0;
    const count = (chunk: Buffer): void => {
      read += chunk.length;
      if (read > bytes) stop();
    };
    const timer = setTimeout(stop, ms);
    function stop(): void {
      clearTimeout(timer);
      body.off('data', count);
      for (const name of endings) body.off(name, stop);
      resolve();
    }
    for (const name of endings) body.once(name, stop);
    body.on('data', count).resume();
  });
}

const endings = ['end', 'error', 'close'] as const;
