import { parse } from 'node:querystring';
import type { FastifyRequest } from 'fastify';
import type { HookRequest } from '../channels/inbound.js';
import { bodyKind } from '../intake/cloudevents/content-type.js';
import { parseJson } from '../intake/cloudevents/parse-json.js';
import { ApiError, apiError } from '../intake/http/api-error.js';
import { bytesOf } from '../intake/http/body.js';

/** Deeper is nobody's call-back. */
const deepest = 32;
const mostFields = 200;

/** What a provider brought: query, and a body of JSON, of a form, or none. Throws ApiError for what cannot be read. */
export function readHook(request: FastifyRequest): HookRequest {
  return {
    method: request.method,
    query: request.query as Readonly<Record<string, unknown>>,
    headers: headersOf(request),
    body: bodyOf(request),
  };
}

function headersOf({ headers }: FastifyRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
}

function bodyOf(request: FastifyRequest): unknown {
  const bytes = bytesOf(request);
  if (bytes.length === 0) return undefined;
  return looksLikeJson(request, bytes) ? json(bytes) : parse(bytes.toString('utf8'), '&', '=', { maxKeys: mostFields });
}

/** Some send JSON under the content type of a form, or under none. */
function looksLikeJson({ headers }: FastifyRequest, bytes: Buffer): boolean {
  if (bodyKind(headers['content-type'] ?? '') !== 'other') return true;
  return /^[\s\uFEFF]*[[{]/.test(bytes.toString('utf8', 0, 100));
}

function json(bytes: Buffer): unknown {
  const parsed = parseJson(bytes);
  if ('refusal' in parsed) throw new ApiError(400, [{ ...parsed.refusal }]);
  if (isDeeperThan(parsed.value, deepest))
    throw apiError(400, 'body', `is nested deeper than ${String(deepest)} levels; flatten it`);
  return parsed.value;
}

/** Level by level, so that no stack minds how deep it is. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    level = level.filter((one) => typeof one === 'object' && one !== null);
    if (level.length > 0 && depth >= levels) return true;
    level = level.flatMap((one): readonly unknown[] => Object.values(one as object));
  }
  return false;
}
