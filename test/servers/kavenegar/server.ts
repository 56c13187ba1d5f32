import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { parse } from 'node:querystring';
import { answer, answerBadly } from './answers.js';
import { control } from './control.js';
import { Faults, type Params } from './faults.js';
import { Inbox } from './inbox.js';
import { Ledger, type Sent } from './ledger.js';
import { methods, type Account, type Reply } from './methods.js';

export interface FakeKavenegarSettings {
  /** 0 takes a free one. */
  readonly port?: number;
  /** Before every answer, in milliseconds. */
  readonly latencyMs?: number;
  /** Any key is right if undefined; others get 403. */
  readonly apiKeys?: readonly string[];
  /** Any line may send if undefined; others get 412. */
  readonly senders?: readonly string[];
  /** In rials; without end if undefined. */
  readonly credit?: number;
  /** Receivers (09…) whose messages are kept as blocked, status 14. */
  readonly blocked?: readonly string[];
}

/** A Kavenegar of our own on loopback: its envelope, its limits, its idempotency by `localid`, and its faults at will. */
export class FakeKavenegar {
  readonly faults = new Faults();
  readonly ledger = new Ledger();
  readonly inbox = new Inbox();
  /** Registered texts by name, with %token, %token2 … in them. */
  readonly templates = new Map<string, string>();
  latencyMs: number;
  /** How many calls of each method came in, answered or not. */
  readonly calls = new Map<string, number>();
  readonly #account: Account;
  readonly #keys: ReadonlySet<string> | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(private readonly settings: FakeKavenegarSettings = {}) {
    this.latencyMs = settings.latencyMs ?? 0;
    this.ledger.credit = settings.credit;
    for (const receptor of settings.blocked ?? []) this.ledger.blocked.add(receptor);
    this.#keys = settings.apiKeys && new Set(settings.apiKeys);
    this.#account = {
      ledger: this.ledger,
      senders: settings.senders,
      inbox: this.inbox,
      templates: this.templates,
    };
    this.#server = createServer((request, response) => {
      this.#receive(request, response);
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  async listen(): Promise<this> {
    this.#server.listen(this.settings.port ?? 0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** What truly left, in order. */
  sent(): readonly Sent[] {
    return this.ledger.sent();
  }

  countsByReceiverAndText(): ReadonlyMap<string, number> {
    return this.ledger.counts();
  }

  /** Forgets messages, calls and faults. */
  clear(): void {
    this.ledger.clear();
    this.inbox.clear();
    this.calls.clear();
    this.faults.clear();
  }

  /** Resolves when no client is connected any more. */
  async untilNoConnections(): Promise<void> {
    while (this.#sockets.size > 0) await Promise.all([...this.#sockets].map((socket) => once(socket, 'close')));
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const url = request.url ?? '';
      if (url.startsWith('/__')) control(this, `${request.method ?? ''} ${url}`, body, response);
      else if (this.latencyMs > 0)
        setTimeout(() => {
          this.#respond(url, body, response);
        }, this.latencyMs);
      else this.#respond(url, body, response);
    });
  }

  #respond(url: string, body: string, response: ServerResponse): void {
    const [path = '', query] = url.split('?');
    const [, version, key = '', ...scopes] = path.split('/');
    const method = scopes.join('/').replace(/\.json$/, '');
    const params = paramsOf(body === '' ? (query ?? '') : body);
    this.calls.set(method, (this.calls.get(method) ?? 0) + 1);
    const reply = (): Reply => (version === 'v1' ? this.#reply(key, method, params) : { status: 404, entries: null });
    const fault = this.faults.take(method, params);
    if (fault === undefined) answer(response, reply());
    else answerBadly(response, fault, reply);
  }

  #reply(key: string, method: string, params: Params): Reply {
    if (this.#keys?.has(key) === false) return { status: 403, entries: null };
    const handle = methods.get(method);
    return handle === undefined ? { status: 404, entries: null } : handle(params, this.#account);
  }
}

/** A repeated key counts once, the last: arrays are not what these methods take. */
function paramsOf(form: string): Params {
  const params: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(parse(form))) params[name] = Array.isArray(value) ? value.at(-1) : value;
  return params;
}
