import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { apiError, type ApiError } from './api-error.js';

/** Open without a key: probes have none, and the page that says how to use one. */
const open = /^\/(?:health|docs)(?:\/|$)/;
/** What customers open, where a code is their key, and where providers call back, who know a secret: the server has a public name there. */
const anybodys = /^\/(?:[lu]|hooks)\//;

/** Lets in who may come in, before a body is read: with keys by `Authorization: Bearer`, without only this machine. */
export function guardAccess(fastify: FastifyInstance, apiKeys: readonly string[]): void {
  const refuse = apiKeys.length > 0 ? byKey(apiKeys) : byHost;
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(anybodys.test(request.url) ? undefined : refuse(request));
  });
}

type Refuse = (request: FastifyRequest) => ApiError | undefined;

function byKey(apiKeys: readonly string[]): Refuse {
  const known = apiKeys.map(digest);
  return ({ headers, url }) => {
    const [path = ''] = url.split('?', 1);
    if (open.test(path)) return undefined;
    const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (given === undefined)
      return unauthorized('is missing; send "Authorization: Bearer <key>" with a key of PEYK_API_KEYS');
    return isOneOf(digest(given), known) ? undefined : unauthorized('has a key that is none of PEYK_API_KEYS');
  };
}

function unauthorized(message: string): ApiError {
  return apiError(401, 'authorization', message, { 'www-authenticate': 'Bearer realm="peyk"' });
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Looks at every key, so that the time tells nothing. */
function isOneOf(given: Buffer, known: readonly Buffer[]): boolean {
  return known.reduce((found, key) => timingSafeEqual(given, key) || found, false);
}

/** A web page that makes its own name point to this machine still sends its own name. */
function byHost({ headers }: FastifyRequest): ApiError | undefined {
  const host = headers.host ?? '';
  if (/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host)) return undefined;
  const message = `is "${host}"; without PEYK_API_KEYS only localhost, 127.0.0.1 and [::1] are answered; use one of them or set PEYK_API_KEYS`;
  return apiError(403, 'host', message);
}
