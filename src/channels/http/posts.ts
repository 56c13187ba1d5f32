import { Pool } from 'undici';
import type { HttpAnswer } from './answer.js';
import { exchange } from './exchange.js';

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
  async post(path: string, body: string, signal?: AbortSignal): Promise<HttpAnswer> {
    if (this.#closing !== undefined) return { kind: 'not_written', detail: 'the channel is closed' };
    const request = { method: 'POST', path, headers: this.#headers, body } as const;
    const result = await exchange((handler) => this.#pool.dispatch(request, handler), {
      timeoutMs: this.#timeoutMs,
      signal,
    });
    return result.kind === 'answered'
      ? { kind: 'answered', status: result.status, body: result.bytes.toString('utf8'), afterMs: result.afterMs }
      : { kind: result.kind, detail: result.detail };
  }

  /** Waits for what is under way, which its time-out bounds. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.close();
    return this.#closing;
  }
}
