import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { apiError } from '../intake/http/api-error.js';

/** Where providers call back. */
export const hookPath = 'hooks/:channel/:secret';
/** The largest body that a provider may bring, in bytes. */
export const hookBodyLimit = 65_536;

/**
 * Lets in, before a body is read, only who knows the secret. Everything else below /hooks is not there, with or without a secret
 * that could be known; `turnedAway` counts who tried.
 */
export function guardHooks(fastify: FastifyInstance, secret: string | undefined, turnedAway: () => void): void {
  const expected = secret === undefined ? undefined : digest(secret);
  fastify.addHook('onRoute', (route) => {
    if (route.url === `/${hookPath}`) route.bodyLimit = hookBodyLimit;
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!isForHooks(request) || (expected !== undefined && knows(request, expected))) {
      done();
      return;
    }
    turnedAway();
    done(apiError(404, 'path', 'there is nothing here'));
  });
}

/** By the path as it is written, or by the route that it was found to mean. */
function isForHooks({ url, routeOptions }: FastifyRequest): boolean {
  return /^\/hooks(?:[/?]|$)/i.test(url) || routeOptions.url === `/${hookPath}`;
}

/** As it is written in the path: one that is spelled otherwise would not be recognised, and masked, in a log. */
function knows({ url }: FastifyRequest, expected: Buffer): boolean {
  const [, secret = ''] = /^\/hooks\/[^/?]*\/([^/?]*)(?:\?|$)/.exec(url) ?? [];
  return timingSafeEqual(digest(secret), expected);
}

/** Of one length, whatever came. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
