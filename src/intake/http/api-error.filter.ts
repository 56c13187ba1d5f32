import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../ops/log.js';
import { isTransient } from '../../store/transient.js';
import { IntakeBusyError, IntakeUnavailableError } from '../coalesce.js';
import { ApiError, apiError } from './api-error.js';
import { bodyLimit } from './body.js';
import type { RouteTable } from './routes.js';

/** Gives every failure the one form `{ errors: [{ place, message }] }`; what is our own fault is logged, not told. */
@Catch()
export class ApiErrorFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    private readonly log: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const answer = this.#answerTo(error, request);
    if (answer.status >= 500) this.log.error({ err: error, method: request.method, url: request.url }, answer.message);
    const reply = http.getResponse<FastifyReply>();
    void reply.status(answer.status).headers(answer.headers).send({ errors: answer.errors });
  }

  #answerTo(error: unknown, request: FastifyRequest): ApiError {
    if (error instanceof ApiError) return error;
    if (error instanceof IntakeBusyError) return busy;
    if (error instanceof IntakeUnavailableError || isTransient(error)) return unavailable;
    const status = statusOf(error);
    if (status === 404) return this.routes.notFound(request.method, request.url);
    if (status === 413) return tooLarge(request.routeOptions.bodyLimit);
    if (status === 415) return apiError(415, 'content-type', 'is no content type; send application/cloudevents+json');
    if (status >= 500) return apiError(500, 'server', 'something went wrong here; the log says what');
    return apiError(status, 'request', error instanceof Error ? error.message : 'cannot be read');
  }
}

const again = { 'retry-after': '1' };
const busy = apiError(
  503,
  'server',
  'too many events are waiting; nothing was taken, send them again in a second',
  again,
);
const unavailable = apiError(
  503,
  'server',
  'the database does not answer or has no room; send it again, it counts once',
  again,
);
/** Of a route with a smaller limit of its own, that one. */
function tooLarge(limit = bodyLimit): ApiError {
  if (limit < 1_048_576) return apiError(413, 'body', `is larger than ${String(limit / 1_024)} KiB; send less at once`);
  return apiError(413, 'body', `is larger than ${String(limit / 1_048_576)} MiB; send the events in several requests`);
}

/** Nest's exceptions and Fastify's errors both carry one. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const hasStatus = typeof error === 'object' && error !== null && 'statusCode' in error;
  return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
