import type { ServerResponse } from 'node:http';
import type { Fault, RandomFaults } from './faults.js';
import type { FakeKavenegar } from './server.js';

/** Orders from another process: everything is optional, and what is absent stays as it is. */
export interface Orders {
  /** Faults for the next requests of `method` (default sms/send). */
  readonly next?: readonly Fault[];
  readonly method?: string;
  readonly random?: RandomFaults;
  readonly latencyMs?: number;
  readonly credit?: number | null;
  readonly blocked?: readonly string[];
  readonly clear?: boolean;
}

type Subject = Pick<
  FakeKavenegar,
  'faults' | 'ledger' | 'latencyMs' | 'sent' | 'countsByReceiverAndText' | 'calls' | 'clear'
>;

/** `GET /__sent`, `GET /__counts`, `GET /__calls`, `POST /__faults` (Orders), `POST /__clear`. */
export function control(fake: Subject, called: string, body: string, response: ServerResponse): void {
  const handle = handlers.get(called);
  if (handle === undefined) {
    json(response, 404, { error: `no ${called}` });
    return;
  }
  try {
    json(response, 200, handle(fake, body));
  } catch (error) {
    json(response, 400, { error: String(error) });
  }
}

const handlers: ReadonlyMap<string, (fake: Subject, body: string) => unknown> = new Map([
  ['GET /__sent', (fake) => fake.sent()],
  ['GET /__counts', (fake) => Object.fromEntries(fake.countsByReceiverAndText())],
  ['GET /__calls', (fake) => Object.fromEntries(fake.calls)],
  [
    'POST /__faults',
    (fake, body) => {
      obey(fake, JSON.parse(body) as Orders);
      return {};
    },
  ],
  [
    'POST /__clear',
    (fake) => {
      fake.clear();
      return {};
    },
  ],
]);

function obey(fake: Subject, orders: Orders): void {
  if (orders.clear === true) fake.faults.clear();
  for (const fault of orders.next ?? []) fake.faults.next(fault, orders.method);
  if (orders.random !== undefined) fake.faults.random(orders.random);
  if (orders.latencyMs !== undefined) fake.latencyMs = orders.latencyMs;
  if (orders.credit !== undefined) fake.ledger.credit = orders.credit ?? undefined;
  for (const receptor of orders.blocked ?? []) fake.ledger.blocked.add(receptor);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
