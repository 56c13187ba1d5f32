import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';

/** One request as it came. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * What a request meets instead of `200 {"id": …}`; `accept`: it is taken all the same, only the answer is lost.
 * - silence, reset (before or in the middle of the answer), cut: no whole answer comes.
 * - answer: this one.
 */
export type Fault =
  | { readonly kind: 'silence'; readonly accept: boolean }
  | { readonly kind: 'reset'; readonly accept: boolean; readonly when?: 'before_answer' | 'mid_answer' }
  | { readonly kind: 'slow'; readonly ms: number }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly accept?: boolean;
      readonly body?: string | Buffer;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** Somebody's own server, which takes a repeat of an Idempotency-Key for one. */
export class WebhookReceiver {
  /** Every request, repeats included. */
  readonly requests: Received[] = [];
  /** What was taken, each key once. */
  readonly taken = new Map<string, Received>();
  /** Called for each request that no waiting fault meets. */
  choose: ((request: Received) => Fault | undefined) | undefined;
  /** How often somebody has connected. */
  connects = 0;
  private readonly faults: Fault[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void this.receive(request, response);
    });
    this.server.on('connection', (socket) => {
      this.connects += 1;
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  async listen(port = 0): Promise<this> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** The next request meets it; several wait in line. */
  next(...faults: readonly Fault[]): void {
    this.faults.push(...faults);
  }

  clear(): void {
    this.connects = 0;
    this.requests.length = 0;
    this.taken.clear();
    this.faults.length = 0;
    this.choose = undefined;
  }

  async untilNoConnections(): Promise<void> {
    while (this.sockets.size > 0) await Promise.all([...this.sockets].map((socket) => once(socket, 'close')));
  }

  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = request;
    const received = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    this.requests.push(received);
    const fault = this.faults.shift() ?? this.choose?.(received);
    if (fault === undefined) this.well(received, response);
    else this.badly(received, fault, response);
  }

  private take(received: Received): string {
    const key = String(received.headers['idempotency-key']);
    if (!this.taken.has(key)) this.taken.set(key, received);
    return key;
  }

  private well(received: Received, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: this.take(received) }));
  }

  private badly(received: Received, fault: Fault, response: ServerResponse): void {
    switch (fault.kind) {
      case 'silence':
        if (fault.accept) this.take(received);
        return;
      case 'reset':
        if (fault.accept) this.take(received);
        if (fault.when === 'mid_answer') {
          response.writeHead(200, { 'content-length': '100' });
          response.write('{"id', () => response.socket?.resetAndDestroy());
        } else response.socket?.resetAndDestroy();
        return;
      case 'slow':
        setTimeout(() => {
          this.well(received, response);
        }, fault.ms);
        return;
      case 'answer':
        if (fault.accept === true) this.take(received);
        response.writeHead(fault.status, fault.headers).end(fault.body);
    }
  }
}
