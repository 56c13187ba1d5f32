import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { loadConfig } from '../../../src/config/load-config.js';
import { ConfigError } from '../../../src/config/config.error.js';
import { lastWords } from '../../../src/main.js';
import { ask, eventOf, post, runningApp, type RunningApp } from './running-app.js';

let running: RunningApp;
beforeAll(async () => {
  running = await runningApp();
}, 120_000);
afterAll(() => running.close());

async function statusWithHost(host: string): Promise<number> {
  const { statusCode, body } = await request(`${running.url}/v1/journeys`, { headers: { host } });
  await body.dump();
  return statusCode;
}

describe('without keys', () => {
  it.each(['localhost', 'localhost:3000', '127.0.0.1:1', '[::1]:3000', 'LOCALHOST'])(
    'a request to %s is answered',
    async (host) => {
      expect(await statusWithHost(host)).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', '192.168.1.4'])(
    'a request to %s is not',
    async (host) => {
      expect(await statusWithHost(host)).toBe(403);
    },
  );
});

describe('with keys', () => {
  let guarded: RunningApp;
  const keys = ['first-key-0123456789', 'second-key-0123456789'];
  beforeAll(async () => {
    guarded = await runningApp({ PEYK_API_KEYS: keys.join() });
  });
  afterAll(() => guarded.close());

  it.each(keys)('a request with %s is answered', async (key) => {
    const headers = { authorization: `Bearer ${key}`, host: 'peyk.example.com' };
    expect((await ask(`${guarded.url}/v1/journeys`, { headers })).status).toBe(200);
    expect((await ask(`${guarded.url}/metrics`, { headers })).status).toBe(200);
  });

  it.each([
    ['no key', {}],
    ['another key', { authorization: 'Bearer third-key-0123456789' }],
    ['half a key', { authorization: 'Bearer first-key' }],
    ['another scheme', { authorization: `Basic ${keys[0] ?? ''}` }],
  ])('a request with %s is told what to send, before its body is read', async (_what, headers) => {
    const body = Buffer.alloc(6_000_000);
    const answer = await ask(`${guarded.url}/v1/journeys`, { headers: headers as Record<string, string> });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(answer.body).toMatchObject({ errors: [{ place: 'authorization' }] });
    const large = await request(`${guarded.url}/v1/events`, { method: 'POST', headers, body });
    await large.body.dump();
    expect(large.statusCode).toBe(401);
  });

  it('health and documentation are open', async () => {
    expect((await ask(`${guarded.url}/health/live`)).status).toBe(200);
    expect((await ask(`${guarded.url}/health/ready`)).status).toBe(200);
    expect((await ask(`${guarded.url}/docs`)).status).toBe(200);
    expect((await ask(`${guarded.url}/healthy`)).status).toBe(401);
  });
});

describe('health', () => {
  it('is ready with what was asked', async () => {
    expect(await ask(`${running.url}/health/ready`)).toMatchObject({
      status: 200,
      body: { status: 'ok', checks: [{ name: 'database', status: 'ok', detail: 'answers' }] },
    });
  });

  it('keeps 200 for a warning and turns 503 with the list of what is wrong', async () => {
    const warn = running.health.register({ name: 'sms', check: async () => ({ status: 'warning', detail: 'no key' }) });
    expect(await ask(`${running.url}/health/ready`)).toMatchObject({ status: 200, body: { status: 'warning' } });
    const wrong = running.health.register({
      name: 'kafka',
      check: async () => ({ status: 'wrong', detail: 'kafka://u:hunter2@broker does not answer' }),
    });
    const answer = await ask(`${running.url}/health/ready`);
    expect(answer).toMatchObject({
      status: 503,
      body: { status: 'wrong', checks: [{}, { name: 'sms' }, { name: 'kafka' }] },
    });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
    warn();
    wrong();
  });

  it('says that the database is away, while the process lives', async () => {
    const other = await runningApp();
    await other.database.close();
    const answer = await ask(`${other.url}/health/ready`);
    expect(answer).toMatchObject({ status: 503, body: { checks: [{ name: 'database', status: 'wrong' }] } });
    expect((await ask(`${other.url}/health/live`)).status).toBe(200);
    expect((await ask(`${other.url}/v1/journeys`)).status).toBeGreaterThanOrEqual(500);
    await other.close();
  });
});

describe('documentation', () => {
  interface Document {
    readonly openapi: string;
    readonly paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  }

  it('is OpenAPI for programs, with schemas and examples', async () => {
    for (const path of ['/docs', '/docs/openapi.json']) {
      const document = (await ask(`${running.url}${path}`)).body as Document;
      expect(document.openapi).toMatch(/^3\./);
      expect(Object.keys(document.paths).sort()).toEqual([
        '/health/live',
        '/health/ready',
        '/metrics',
        '/v1/customers/{id}',
        '/v1/customers/{id}/chat-links',
        '/v1/customers/{id}/timeline',
        '/v1/events',
        '/v1/journeys',
        '/v1/journeys/{name}/pause',
        '/v1/journeys/{name}/resume',
        '/v1/messages',
        '/v1/messages/cancel',
        '/v1/messages/{id}/cancel',
        '/v1/sending',
        '/v1/sending/pause',
        '/v1/sending/resume',
        '/v1/tasks',
        '/v1/tasks/{id}/done',
        '/v1/tasks/{id}/take',
      ]);
      expect(Object.keys(document.paths['/v1/events']?.['post']?.responses ?? {})).toEqual([
        '202',
        '207',
        '400',
        '413',
        '415',
        '503',
      ]);
      expect(JSON.stringify(document.paths['/v1/events'])).toContain('"subject":"customer-1"');
    }
  });

  it('is a page for browsers, whole from this process', async () => {
    const page = await ask(`${running.url}/docs`, { headers: { accept: 'text/html,*/*' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    const files = [...String(page.body).matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files).toHaveLength(3);
    for (const file of files) {
      expect(file).toMatch(/^\/docs\//);
      expect((await ask(`${running.url}${file}`)).status).toBe(200);
    }
  });
});

describe('the metrics', () => {
  it('are printed for Prometheus', async () => {
    await post(running.url, eventOf());
    const { headers, body } = await ask(`${running.url}/metrics`);
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(body).toContain('peyk_events_total{source="http",result="accepted"} 1\n');
  });
});

describe('a start', () => {
  it('on a port in use is one sentence with the remedy, and no stack', async () => {
    const other = await listening();
    const { port } = other.address() as AddressInfo;
    const error: unknown = await runningApp({ PEYK_PORT: String(port) }).catch((reason: unknown) => reason);
    expect(lastWords(error)).toBe(
      `port ${String(port)} on 127.0.0.1 is in use: stop what listens there, or set PEYK_PORT to another port.`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it('on a host that is none is told so', async () => {
    const env = { PEYK_HOST: 'no-such-host.invalid', PEYK_API_KEYS: 'k'.repeat(20) };
    const error: unknown = await runningApp(env).catch((reason: unknown) => reason);
    expect(lastWords(error)).toContain('set PEYK_HOST to one that is');
  });

  it('with a wrong environment says everything at once', () => {
    expect.assertions(2);
    try {
      loadConfig({ PEYK_PORT: 'x', PEYK_HOST: '0.0.0.0' });
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      expect(lastWords(error).split('\n')).toHaveLength(3);
    }
  });

  it('of a process without the API answers for operations only', async () => {
    const engine = await runningApp({ PEYK_ROLES: 'engine' });
    expect((await ask(`${engine.url}/health/ready`)).status).toBe(200);
    expect((await post(engine.url, eventOf())).status).toBe(404);
    await engine.close();
  });

  it('ends with requests under way answered', async () => {
    let release: (() => void) | undefined;
    let began: (() => void) | undefined;
    const hasBegun = new Promise<void>((resolve) => (began = resolve));
    const held = await runningApp(
      {},
      {
        decider: {
          decide: async ({ events }) => {
            began?.();
            await new Promise<void>((resolve) => (release = resolve));
            return events.map(() => ({ kind: 'accepted' as const }));
          },
        },
      },
    );
    const answer = post(held.url, eventOf());
    await hasBegun;
    const closed = held.close();
    release?.();
    expect((await answer).status).toBe(202);
    await closed;
  });
});

function listening(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}
