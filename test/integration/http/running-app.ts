import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppParts } from '../../../src/app.module.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { loadCatalogue } from '../../../src/domain/catalogue/load.js';
import { Problems } from '../../../src/domain/yaml/problems.js';
import type { JourneySummary } from '../../../src/intake/http/ports.js';
import { serve } from '../../../src/main.js';
import { Health } from '../../../src/ops/health.js';
import { createLog } from '../../../src/ops/log.js';
import { Metrics } from '../../../src/ops/metrics.js';
import { PostgresDatabase } from '../../../src/store/database.js';
import { freshDatabase } from '../../servers/postgres/test-postgres.js';
import { StoringDecider } from './storing-decider.js';

const events = `
shop.visited: { page?: text }
shop.poison: {}
repair.received: { repair_id: text, cost?: money }
`;
const customers = 'tier: text\nvisits: integer\n';

export const repairStatus: JourneySummary = {
  name: 'repair-status',
  title: 'تعمیر',
  purpose: 'service',
  version: '0123456789abcdef',
  draft: false,
};

export interface RunningApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly database: PostgresDatabase;
  readonly health: Health;
  readonly logLines: string[];
  close(): Promise<void>;
}

/** The application on a port of its own and a database of its own. */
export async function runningApp(env: Record<string, string> = {}, own: Partial<AppParts> = {}): Promise<RunningApp> {
  const fresh = await freshDatabase();
  const database = await PostgresDatabase.connect({ url: fresh.url, poolSize: 5 });
  const logLines: string[] = [];
  const health = new Health();
  const parts: AppParts = {
    database,
    decider: new StoringDecider(database),
    workspace: { catalogue: catalogue(), journeys: [repairStatus], policy: { purposes: new Map([['service', {}]]) } },
    health,
    metrics: new Metrics({ process: false }),
    log: createLog({ level: 'warn', secrets: [] }, { write: (line) => void logLines.push(line) }),
    ...own,
  };
  const release = async (): Promise<void> => {
    await database.close();
    await fresh.drop();
  };
  try {
    const { app, url } = await serve(loadConfig({ PEYK_PORT: '0', ...env }), parts);
    const close = (): Promise<void> => app.close().then(release);
    return { app, url, database, health, logLines, close };
  } catch (error) {
    await release();
    throw error;
  }
}

function catalogue() {
  const problems = new Problems();
  const files = {
    events: { name: 'events.yaml', text: events },
    customers: { name: 'customers.yaml', text: customers },
  };
  return loadCatalogue(files, problems);
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
}

let made = 0;

export function eventOf(change: Record<string, unknown> = {}): Record<string, unknown> {
  made += 1;
  return {
    specversion: '1.0',
    id: `e${String(made)}`,
    source: '/shop',
    type: 'shop.visited',
    subject: 'c1',
    data: {},
    ...change,
  };
}

export function post(url: string, body: unknown, type = 'application/cloudevents+json'): Promise<Answer> {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return ask(`${url}/v1/events`, { method: 'POST', headers: { 'content-type': type }, body: text as string });
}
