import { request } from 'node:http';
import { loadConfig } from '../../../src/config/load-config.js';
import { Engine } from '../../../src/engine/engine.js';
import { LiveJourneys } from '../../../src/engine/live-journeys.js';
import type { IncomingEvent } from '../../../src/intake/intake.js';
import { serve } from '../../../src/main.js';
import { Health } from '../../../src/ops/health.js';
import { createLog } from '../../../src/ops/log.js';
import { Metrics } from '../../../src/ops/metrics.js';
import { EarlyReceipts } from '../../../src/receipts/early-receipts.js';
import { heard } from '../../../src/receipts/heard-metrics.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { statement, type Database } from '../../../src/store/connection.js';
import { freshDatabase } from '../../servers/postgres/test-postgres.js';
import { event, shopWith, Watcher } from '../engine/engine-bench.js';

export const secret = 'a-secret-of-the-hooks';

const workspace = shopWith({
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes:
  service: { consent: not_needed }
  news: { consent: not_needed }
opt_out: { words: ['11', لغو], purposes: [news] }
opt_in: { words: ['12'], purposes: [news] }
channel_order: [sms, email]
`,
  'journeys/watching.yaml': `journey: watching
purpose: service
trigger: { event: visit }
steps:
  - send: hello
  - wait_for: { event: message.delivered }
    at_most: 1 day
  - stop: arrived
`,
  'journeys/newsletter.yaml': `journey: newsletter
purpose: news
trigger: { event: repair.received }
steps:
  - send: hello
`,
});

export interface HookedApp {
  readonly url: string;
  readonly database: PostgresDatabase;
  readonly decider: Engine;
  readonly metrics: Metrics;
  readonly logLines: readonly string[];
  decide(...events: readonly IncomingEvent[]): Promise<void>;
  sql<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** The application with an engine behind it, hooks and the beat of early receipts; `through`: how it reaches its database. */
export async function hookedApp(
  env: Record<string, string> = {},
  through: (database: Database) => Database = (database) => database,
): Promise<HookedApp> {
  const fresh = await freshDatabase();
  const database = await PostgresDatabase.connect({ url: fresh.url, poolSize: 6 });
  const db = through(database);
  const logLines: string[] = [];
  const metrics = new Metrics({ process: false });
  const log = createLog({ level: 'info', secrets: [secret] }, { write: (line) => void logLines.push(line) });
  const live = await LiveJourneys.load(db, workspace);
  const decider = new Engine({ db, live, observer: new Watcher(), queued: () => undefined });
  const beaten = [new EarlyReceipts(db, decider, heard(metrics), log)];
  const parts = { database: db, decider, workspace, health: new Health(), metrics, log, beaten };
  const { app, url } = await serve(loadConfig({ PEYK_PORT: '0', PEYK_HOOK_SECRET: secret, ...env }), parts);
  return {
    ...{ url, database, decider, metrics, logLines },
    decide: async (...events) => {
      await decider.decide({ source: 'http', events });
    },
    sql: (text, values = []) => database.run(statement('', text), values),
    close: async () => {
      await app.close();
      await database.close();
      await fresh.drop();
    },
  };
}

export interface Came {
  readonly status: number;
  readonly body: string;
}

/** A provider's call; node's own client, which sends what it is told (a Host of another name too). */
export function call(
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Came> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export function postJson(url: string, body: unknown): Promise<Came> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return call(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
}

export function postForm(url: string, fields: Record<string, string>): Promise<Came> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return call(url, { method: 'POST', headers, body: new URLSearchParams(fields).toString() });
}

/** Somebody who was written to on SMS: the message is with Kavenegar under that id, and the journey waits for its receipt. */
export async function written(app: HookedApp, customer: string, phone: string, providerId?: string): Promise<number> {
  await app.decide(event('customer.updated', customer, { phone }), event('visit', customer));
  const [message] = await app.sql<{ id: number }>(
    `update message set provider = 'kavenegar', provider_id = $2, state = case when $2::text is null then 'sending' else 'sent' end,
       settled_at = now(), lease_until = now() + interval '1 hour'
     where customer_id = $1 and state = 'queued' returning id`,
    [customer, providerId ?? null],
  );
  if (message === undefined) throw new Error(`nothing was queued for ${customer}`);
  return message.id;
}

/** Types of a customer's events, in their order. */
export async function typesOf(app: HookedApp, customer: string): Promise<readonly string[]> {
  return (
    await app.sql<{ type: string }>('select type from event where customer_id = $1 order by seq', [customer])
  ).map(({ type }) => type);
}
