import { Agent } from 'undici';
import type { CallResult } from './call-result.js';
import { Exchange } from './exchange.js';
import { guardedLookup, type Resolve } from './guarded-lookup.js';
import { signatureOf } from './signature.js';
import { targetOf } from './target.js';

export interface GuardedHttpSettings {
  /** Hosts (`name` or `name:port`) that may be called wherever they are. */
  readonly allow: readonly string[];
  /** Calls are signed with it; without it they are not. */
  readonly secret: string | undefined;
  /** Connections to one server at once. */
  readonly connections?: number;
  /** How names are resolved, where that is not the system's business. */
  readonly resolve?: Resolve;
}

export interface GuardedCall {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** JSON; undefined for none. */
  readonly body: string | undefined;
  /** The same for every attempt, so that the receiver takes a repeat for one. */
  readonly idempotencyKey: string;
  /** For the whole call: finding the address, connecting, writing and reading. Milliseconds. */
  readonly timeoutMs: number;
}

/**
 * HTTP to addresses that journeys name: only to servers on the internet, and to hosts that the operator allows by name.
 * Redirects are answers like others and are not followed.
 */
export class GuardedHttp {
  readonly #allow: ReadonlySet<string>;
  readonly #secret: string | undefined;
  readonly #guarded: Agent;
  readonly #allowed: Agent;
  #closing: Promise<void> | undefined;

  constructor({ allow, secret, connections = 16, resolve }: GuardedHttpSettings) {
    this.#allow = new Set(allow.map((host) => host.toLowerCase()));
    this.#secret = secret;
    // One clock ends a call: undici's own are off, except for the connecting that a waiting call shares with others.
    const shared = { connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 };
    this.#guarded = new Agent({ ...shared, connect: { timeout: 10_000, lookup: guardedLookup(resolve) } });
    this.#allowed = new Agent({ ...shared, connect: { timeout: 10_000 } });
  }

  /** Never rejects. `signal` calls off what has not been written. */
  call(request: GuardedCall, signal?: AbortSignal): Promise<CallResult> {
    if (this.#closing !== undefined) return Promise.resolve({ kind: 'not_written', reason: 'it is closed' });
    const target = targetOf(request.url, this.#allow);
    if (target.kind === 'refused') return Promise.resolve(target);
    return new Promise((resolve) => {
      const exchange = new Exchange((result) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', callOff);
        resolve(result);
      });
      const callOff = (): void => {
        exchange.callOff();
      };
      const timer = setTimeout(() => {
        exchange.giveUp(`no answer within ${String(request.timeoutMs)} ms`);
      }, request.timeoutMs);
      if (signal?.aborted === true) {
        callOff();
        return;
      }
      signal?.addEventListener('abort', callOff, { once: true });
      this.#dispatch(target.isAllowed ? this.#allowed : this.#guarded, target.url, request, exchange);
    });
  }

  /** Waits for what is under way, which its time-outs bound. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#guarded.close(), this.#allowed.close()]).then(() => undefined);
    return this.#closing;
  }

  /** Ends what is under way at once; it may have arrived. */
  async breakOff(): Promise<void> {
    await Promise.all([this.#guarded.destroy(), this.#allowed.destroy()]);
  }

  #dispatch(agent: Agent, url: URL, request: GuardedCall, exchange: Exchange): void {
    const { method, body = null } = request;
    const path = `${url.pathname}${url.search}`;
    try {
      agent.dispatch({ origin: url.origin, path, method, body, headers: this.#headers(request) }, exchange);
    } catch (error) {
      exchange.onResponseError(null, error instanceof Error ? error : new Error('the request could not be built'));
    }
  }

  #headers({ body, idempotencyKey }: GuardedCall): string[] {
    const headers = ['user-agent', 'Peyk', 'accept', 'application/json', 'idempotency-key', idempotencyKey];
    if (body !== undefined) headers.push('content-type', 'application/json; charset=utf-8');
    if (this.#secret === undefined) return headers;
    return [...headers, 'peyk-signature', signatureOf(this.#secret, body ?? '', Date.now())];
  }
}
