import { Pool } from 'undici';
import type { HttpAnswer } from './answer.js';
import { Exchange } from './exchange.js';

export interface PostsSettings {
  readonly origin: string;
  /** For a whole call: waiting for a connection, writing and reading. Milliseconds. */
  readonly timeoutMs: number;
  readonly connections: number;
  /** Of every request. */
  readonly headers: Readonly<Record<string, string>>;
}

const largestAnswer = 4 * 1024 * 1024;

export const jsonHeaders = { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' };

/** Posts to one origin over kept-alive connections; no redirect is followed and nothing is tried again. */
export class Posts {
  readonly #pool: Pool;
  readonly #timeoutMs: number;
  readonly #headers: Readonly<Record<string, string>>;
  #closing: Promise<void> | undefined;

  constructor({ origin, timeoutMs, connections, headers }: PostsSettings) {
    this.#timeoutMs = timeoutMs;
    this.#headers = headers;
    // One clock ends a call: undici's own are off, except for the connecting that a waiting call shares with others.
    this.#pool = new Pool(origin, {
      connections,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: largestAnswer,
      connect: { timeout: timeoutMs },
    });
  }

  /** Never rejects. `signal` calls off what has not been written. */
  post(path: string, body: string, signal?: AbortSignal): Promise<HttpAnswer> {
    if (this.#closing !== undefined) return Promise.resolve({ kind: 'not_written', detail: 'the channel is closed' });
    return new Promise((resolve) => {
      const exchange = new Exchange((answer) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', callOff);
        resolve(answer);
      });
      const callOff = (): void => {
        exchange.callOff();
      };
      const timer = setTimeout(() => {
        exchange.giveUp(`no answer within ${String(this.#timeoutMs)} ms`);
      }, this.#timeoutMs);
      if (signal?.aborted === true) {
        exchange.callOff();
        return;
      }
      signal?.addEventListener('abort', callOff, { once: true });
      this.#dispatch(path, body, exchange);
    });
  }

  #dispatch(path: string, body: string, exchange: Exchange): void {
    try {
      this.#pool.dispatch({ method: 'POST', path, headers: this.#headers, body }, exchange);
    } catch (error) {
      exchange.onResponseError(null, error instanceof Error ? error : new Error('the request could not be built'));
    }
  }

  /** Waits for what is under way, which its time-out bounds. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.close();
    return this.#closing;
  }
}
