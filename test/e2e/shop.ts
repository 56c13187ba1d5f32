import type { JsonObject } from '../../src/domain/json.js';

/** What a shop's software does: it tells a running Peyk of customers and events, and asks. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface ReadyAnswer {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly status: string; readonly detail: string }[];
}

export function phoneOf(n: number): string {
  return `0912${String(1_000_000 + n)}`;
}

/** A CloudEvent of the shop. */
export type ShopEvent = JsonObject & Readonly<Record<'specversion' | 'id' | 'source' | 'type' | 'subject', string>>;

export function event(type: string, customer: string, id: string, data: JsonObject): ShopEvent {
  return { specversion: '1.0', id, source: '/shop', type, subject: customer, data };
}

/** The start of repair-status: one message. */
export function received(customer: string, repair = `r-${customer}`, device = 'iPhone 13'): ShopEvent {
  return event('repair.received', customer, `received/${repair}`, { repair_id: repair, device });
}

export function ready(customer: string, repair = `r-${customer}`): ShopEvent {
  return event('repair.ready', customer, `ready/${repair}`, { repair_id: repair });
}

export async function put(url: string, id: string, attributes: JsonObject): Promise<Answer> {
  return call(`${url}/v1/customers/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(attributes),
  });
}

export async function post(
  url: string,
  events: readonly JsonObject[],
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call(`${url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json', ...headers },
    body: JSON.stringify(events),
  });
}

export async function get(url: string): Promise<Answer> {
  return call(url, {});
}

export async function readiness(url: string): Promise<ReadyAnswer & { readonly code: number }> {
  const { status: code, text } = await get(`${url}/health/ready`);
  return { code, ...(JSON.parse(text) as ReadyAnswer) };
}

/** The value of a metric, by its line's beginning; 0 where there is none. */
export async function metric(url: string, start: string): Promise<number> {
  const line = (await get(`${url}/metrics`)).text.split('\n').find((each) => each.startsWith(start));
  return Number(line?.split(' ').at(-1) ?? 0);
}

async function call(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}
