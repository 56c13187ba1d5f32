import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Json } from '../../domain/json.js';
import { bodyKind } from '../cloudevents/content-type.js';
import { parseJson } from '../cloudevents/parse-json.js';
import { unstorableIn } from '../cloudevents/storable.js';
import { ApiError, apiError } from './api-error.js';

/** The largest body, in bytes. */
export const bodyLimit = 5 * 1_048_576;

const nothing = Buffer.alloc(0);

/** Bodies arrive as bytes whatever their content type: what is wrong with one is said by us. */
export function takeBodiesAsBytes(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => {
    done(null, body);
  });
}

/** The bytes of a request's body. Refuses compressed ones. */
export function bytesOf(request: FastifyRequest): Buffer {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw apiError(415, 'content-encoding', `${encoding} is not supported; send the body uncompressed`);
  }
  return Buffer.isBuffer(request.body) ? request.body : nothing;
}

/** A plain JSON body that can be kept as it is. `expected`: what it is to be, for whoever sends none. */
export function jsonOf(request: FastifyRequest, expected?: string): Json {
  if (expected !== undefined && bytesOf(request).length === 0)
    throw apiError(400, 'body', `is empty; expected ${expected}`);
  const type = request.headers['content-type'];
  if (type === undefined || bodyKind(type) !== 'json') {
    throw apiError(415, 'content-type', `is ${type ?? 'missing'}; send application/json`);
  }
  const parsed = parseJson(bytesOf(request));
  if ('refusal' in parsed) throw new ApiError(400, [parsed.refusal]);
  const bad = unstorableIn(parsed.value, 'body');
  if (bad !== undefined) throw new ApiError(400, [bad]);
  return parsed.value as Json;
}
