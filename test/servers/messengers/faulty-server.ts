import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * What goes wrong with one call. `accept`: the message is taken all the same, only the answer is lost.
 * - silence: no answer, ever.
 * - reset: the connection is reset, before the first byte of an answer or in the middle of it.
 * - reply: this answer, and nothing taken; `accept` takes it.
 * - html: a page of something that stands before the service.
 * - cut, empty: a complete HTTP 200 whose JSON is cut off, or that has no body.
 * - slow: the right answer, late.
 */
export type Fault =
  | { readonly kind: 'silence'; readonly accept: boolean }
  | { readonly kind: 'reset'; readonly accept: boolean; readonly when?: 'before_answer' | 'mid_answer' }
  | { readonly kind: 'reply'; readonly reply: Reply; readonly accept?: boolean }
  | { readonly kind: 'html'; readonly http: number; readonly accept: boolean; readonly retryAfter?: string }
  | { readonly kind: 'cut' | 'empty'; readonly accept: boolean }
  | { readonly kind: 'slow'; readonly ms: number };

export interface Reply {
  readonly http: number;
  readonly body: unknown;
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Undefined for what is no JSON. */
  readonly body: unknown;
}

const page = '<html><head><title>Bad gateway</title></head><body><h1>nginx</h1></body></html>';

/** A provider of our own on loopback that speaks JSON, with its faults at will: they wait in line for the calls that send. */
export abstract class FaultyServer {
  /** All that came in, answered or not. */
  readonly calls: Call[] = [];
  readonly #faults: Fault[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        this.#receive({ method, path: url, headers, body: parsed(text) }, response);
      });
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** The next call that sends meets it. */
  next(fault: Fault): void {
    this.#faults.push(fault);
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

  protected abstract sends(call: Call): boolean;
  /** The right answer; takes the message. */
  protected abstract handle(call: Call): Reply;

  #receive(call: Call, response: ServerResponse): void {
    this.calls.push(call);
    const fault = this.sends(call) ? this.#faults.shift() : undefined;
    if (fault === undefined) answer(response, this.handle(call));
    else this.#answerBadly(fault, call, response);
  }

  #answerBadly(fault: Fault, call: Call, response: ServerResponse): void {
    if (fault.kind === 'slow') {
      setTimeout(() => {
        answer(response, this.handle(call));
      }, fault.ms);
      return;
    }
    const taken = fault.accept === true ? this.handle(call) : { http: 200, body: { ok: true } };
    spoil(response, fault, taken);
  }
}

function spoil(response: ServerResponse, fault: Exclude<Fault, { kind: 'slow' }>, taken: Reply): void {
  switch (fault.kind) {
    case 'silence':
      return;
    case 'reset':
      reset(response, taken, fault.when === 'mid_answer');
      return;
    case 'reply':
      answer(response, fault.reply);
      return;
    case 'html':
      response.writeHead(fault.http, {
        'content-type': 'text/html',
        ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }),
      });
      response.end(page);
      return;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json' }).end(halfOf(JSON.stringify(taken.body)));
      return;
    case 'empty':
      response.writeHead(200, { 'content-length': 0 }).end();
  }
}

/** In mid-answer: the head promises the whole body, half of it comes, then the reset. */
function reset(response: ServerResponse, { body }: Reply, midAnswer: boolean): void {
  if (!midAnswer) {
    response.socket?.resetAndDestroy();
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.write(halfOf(text), () => response.socket?.resetAndDestroy());
}

function answer(response: ServerResponse, { http, body }: Reply): void {
  response.writeHead(http, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function halfOf(text: string): string {
  return text.slice(0, Math.floor(text.length / 2));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
