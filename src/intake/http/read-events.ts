import type { FastifyRequest } from 'fastify';
import { binaryEvent, httpAttributes } from '../cloudevents/binary.js';
import { bodyKind } from '../cloudevents/content-type.js';
import { parseJson, type Parsed } from '../cloudevents/parse-json.js';
import { ApiError, apiError } from './api-error.js';
import { bytesOf } from './body.js';

/** The events of a request in any of the three modes, not validated yet. Throws ApiError where it cannot be read at all. */
export function readEvents(request: FastifyRequest): readonly unknown[] {
  const type = request.headers['content-type'];
  const body = bytesOf(request);
  switch (type === undefined ? 'other' : bodyKind(type)) {
    case 'event':
      return [valueOf(parseJson(body))];
    case 'batch':
      return batch(valueOf(parseJson(body)));
    case 'json':
      return binary(request, body) ?? either(valueOf(parseJson(body)));
    case 'other':
      return (body.length === 0 ? binary(request, body) : undefined) ?? refuseType(type);
  }
}

function binary(request: FastifyRequest, body: Buffer): readonly unknown[] | undefined {
  const attributes = httpAttributes(request.headers);
  return attributes && [valueOf(binaryEvent(attributes, request.headers['content-type'], body))];
}

function batch(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw apiError(400, 'body', 'is no list; send a list of events, or one event as application/cloudevents+json');
}

function either(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function valueOf<Value>(parsed: Parsed<Value>): Value {
  if ('refusal' in parsed) throw new ApiError(400, [parsed.refusal]);
  return parsed.value;
}

function refuseType(type: string | undefined): never {
  const came = type === undefined ? 'is missing' : `is "${type}"`;
  const remedy =
    'send application/cloudevents+json (one event), application/cloudevents-batch+json (a list), or application/json with ce- headers';
  throw apiError(415, 'content-type', `${came}; ${remedy}`);
}
