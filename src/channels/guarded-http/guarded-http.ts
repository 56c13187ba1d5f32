import { Agent, type Dispatcher } from 'undici';
import { exchange, type Exchanged } from '../http/exchange.js';
import { readBody, type CallResult } from './call-result.js';
import { ClosedAddressError, guardedLookup, type Resolve } from './guarded-lookup.js';
import { signatureOf } from './signature.js';
import { targetOf } from './target.js';

/** More than this of an answer is not read. */
const MOST_BYTES = 65_536;

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
  async call(request: GuardedCall, signal?: AbortSignal): Promise<CallResult> {
    if (this.#closing !== undefined) return { kind: 'not_written', reason: 'it is closed' };
    const target = targetOf(request.url, this.#allow);
    if (target.kind === 'refused') return target;
    const agent = target.isAllowed ? this.#allowed : this.#guarded;
    const limits = { timeoutMs: request.timeoutMs, mostBytes: MOST_BYTES, signal };
    return resultOf(await exchange((handler) => agent.dispatch(this.#options(target.url, request), handler), limits));
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

  #options(url: URL, request: GuardedCall): Dispatcher.DispatchOptions {
    const { method, body = null } = request;
    return { origin: url.origin, path: `${url.pathname}${url.search}`, method, body, headers: this.#headers(request) };
  }

  #headers({ body, idempotencyKey }: GuardedCall): string[] {
    const headers = ['user-agent', 'Peyk', 'accept', 'application/json', 'idempotency-key', idempotencyKey];
    if (body !== undefined) headers.push('content-type', 'application/json; charset=utf-8');
    if (this.#secret === undefined) return headers;
    return [...headers, 'peyk-signature', signatureOf(this.#secret, body ?? '', Date.now())];
  }
}

function resultOf(exchanged: Exchanged): CallResult {
  if (exchanged.kind === 'answered') {
    const { status, bytes, isCut, afterMs } = exchanged;
    return { kind: 'answered', status, body: readBody(bytes, isCut), afterMs };
  }
  const { kind, detail: reason, error } = exchanged;
  return { kind: error instanceof ClosedAddressError ? 'refused' : kind, reason };
}
