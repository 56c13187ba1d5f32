import { stringify } from 'node:querystring';
import type { Endpoint } from '../http/endpoint.js';
import { Posts } from '../http/posts.js';
import { readAnswer, type Answer } from './answer.js';

export interface TransportSettings {
  readonly endpoint: Endpoint;
  readonly apiKey: string;
  /** For a whole call: waiting for a connection, writing and reading. Milliseconds. */
  readonly timeoutMs: number;
  readonly connections: number;
}

const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8', accept: 'application/json' };

/** Form posts over kept-alive HTTPS connections. */
export class Transport {
  readonly #posts: Posts;
  readonly #root: string;

  constructor({ endpoint, apiKey, timeoutMs, connections }: TransportSettings) {
    this.#root = `${endpoint.prefix}/v1/${encodeURIComponent(apiKey)}`;
    this.#posts = new Posts({ origin: endpoint.origin, timeoutMs, connections, headers });
  }

  /** Never rejects. `signal` calls off what has not been written. */
  async post(method: string, params: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Answer> {
    const body = formOf(params);
    if (body === undefined) return { kind: 'not_written', detail: 'the request could not be built' };
    const answer = await this.#posts.post(`${this.#root}/${method}`, body, signal);
    return answer.kind === 'answered' ? readAnswer(answer.status, answer.body, answer.afterMs) : answer;
  }

  /** Waits for what is under way, which its time-out bounds. */
  close(): Promise<void> {
    return this.#posts.close();
  }
}

/** Undefined where half of a character stands in a parameter, which no form can hold. */
function formOf(params: Readonly<Record<string, string>>): string | undefined {
  try {
    return stringify(params);
  } catch {
    return undefined;
  }
}
