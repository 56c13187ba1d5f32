import { Api, GrammyError, HttpError } from 'grammy';
import { isJsonObject, type JsonObject } from '../../domain/json.js';
import { jsonOf, type HttpAnswer } from '../http/answer.js';
import type { Endpoint } from '../http/endpoint.js';
import { jsonHeaders, Posts } from '../http/posts.js';

/**
 * How a call of a bot's method ended.
 * - done: with its result.
 * - refused: with an error in the usual form.
 * - failed: with something else, or with nothing.
 */
export type BotAnswer =
  | { readonly kind: 'done'; readonly result: unknown }
  | {
      readonly kind: 'refused';
      readonly code: number;
      readonly description: string;
      readonly afterMs: number | undefined;
    }
  | { readonly kind: 'failed'; readonly answer: HttpAnswer };

export interface BotSettings {
  readonly endpoint: Endpoint;
  readonly token: string;
  readonly timeoutMs: number;
  readonly connections: number;
}

/** grammY's methods on a transport of ours, which knows whether anything was written, never goes on after its time and never repeats. */
export class Bot {
  readonly #posts: Posts;

  constructor(private readonly settings: BotSettings) {
    const { endpoint, timeoutMs, connections } = settings;
    this.#posts = new Posts({ origin: endpoint.origin, timeoutMs, connections, headers: jsonHeaders });
  }

  /** Never throws. `signal` calls off what has not been written. */
  async ask(call: (api: Api) => Promise<unknown>, signal?: AbortSignal): Promise<BotAnswer> {
    try {
      return { kind: 'done', result: await call(this.#api(signal)) };
    } catch (error) {
      return answerOf(error);
    }
  }

  close(): Promise<void> {
    return this.#posts.close();
  }

  /** One for each call, so that its `fetch` has the caller's signal. Its own time-out is far beyond ours. */
  #api(signal: AbortSignal | undefined): Api {
    const { endpoint, token } = this.settings;
    const fetch = async (path: string, { body }: { readonly body: string }): Promise<unknown> => {
      const answer = await this.#posts.post(path, body, signal);
      return { json: () => envelopeOf(answer) };
    };
    return new Api(token, {
      apiRoot: endpoint.origin,
      buildUrl: (_, key, method) => `${endpoint.prefix}/bot${key}/${method}`,
      fetch,
    });
  }
}

/** What grammY is not to see: the call did not end in the usual form. */
class NoEnvelope extends Error {
  constructor(readonly answer: HttpAnswer) {
    super('no envelope');
  }
}

/** Whatever the HTTP status: errors are told in the body. */
function envelopeOf(answer: HttpAnswer): JsonObject {
  const envelope = answer.kind === 'answered' ? jsonOf(answer.body) : undefined;
  if (!isJsonObject(envelope)) throw new NoEnvelope(answer);
  const { ok, error_code: code, description } = envelope;
  if (ok === true) return envelope;
  if (ok !== false || typeof code !== 'number') throw new NoEnvelope(answer);
  return { ...envelope, description: typeof description === 'string' ? description : '' };
}

function answerOf(error: unknown): BotAnswer {
  if (error instanceof GrammyError) {
    const { error_code: code, description, parameters } = error;
    const seconds = parameters.retry_after;
    const afterMs = typeof seconds === 'number' && seconds >= 0 ? Math.ceil(seconds * 1000) : undefined;
    return { kind: 'refused', code, description, afterMs };
  }
  const cause = error instanceof HttpError ? error.error : error;
  if (cause instanceof NoEnvelope) return { kind: 'failed', answer: cause.answer };
  return { kind: 'failed', answer: { kind: 'no_answer', detail: cause instanceof Error ? cause.message : 'failed' } };
}
