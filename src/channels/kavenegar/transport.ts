import { stringify } from 'node:querystring';
import { Pool } from 'undici';
import type { Answer } from './answer.js';
import type { Endpoint } from './endpoint.js';
import { Exchange } from './exchange.js';

export interface TransportSettings {
  readonly endpoint: Endpoint;
  readonly apiKey: string;
  /** For a whole call: waiting for a connection, writing and reading. Milliseconds. */
  readonly timeoutMs: number;
  readonly connections: number;
}

const largestAnswer = 4 * 1024 * 1024;
const headers = ['content-type', 'application/x-www-form-urlencoded; charset=UTF-8', 'accept', 'application/json'];

/** Form posts over kept-alive HTTPS connections. */
export class Transport {
  readonly #pool: Pool;
  readonly #root: string;
  readonly #timeoutMs: number;
  #closing: Promise<void> | undefined;

  constructor(settings: TransportSettings) {
    const { endpoint, apiKey, timeoutMs, connections } = settings;
    this.#root = `${endpoint.prefix}/v1/${encodeURIComponent(apiKey)}`;
    this.#timeoutMs = timeoutMs;
    // One clock ends a call: undici's own are off, except for the connecting that a waiting call shares with others.
    this.#pool = new Pool(endpoint.origin, {
      connections,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: largestAnswer,
      connect: { timeout: timeoutMs },
    });
  }

  /** Never rejects. `signal` calls off what has not been written. */
  post(method: string, params: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Answer> {
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
      this.#dispatch(method, params, exchange);
    });
  }

  #dispatch(method: string, params: Readonly<Record<string, string>>, exchange: Exchange): void {
    try {
      const body = stringify(params);
      this.#pool.dispatch({ method: 'POST', path: `${this.#root}/${method}`, headers, body }, exchange);
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
