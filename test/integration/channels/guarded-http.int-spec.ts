import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { GuardedHttp, type GuardedCall } from '../../../src/channels/guarded-http/guarded-http.js';
import { WebhookReceiver } from '../../servers/webhook/server.js';

const here: LookupAddress = { address: '127.0.0.1', family: 4 };
const there: LookupAddress = { address: '192.0.2.1', family: 4 };
const outside: LookupAddress = { address: '93.184.216.34', family: 4 };

describe('a guarded call', () => {
  let server: WebhookReceiver;
  const clients: GuardedHttp[] = [];

  beforeAll(async () => {
    server = await new WebhookReceiver().listen();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    server.clear();
  });
  afterAll(() => server.close());

  const given = (settings: Partial<ConstructorParameters<typeof GuardedHttp>[0]> = {}) => {
    const client = new GuardedHttp({ allow: ['127.0.0.1'], secret: undefined, ...settings });
    clients.push(client);
    return client;
  };
  const call = (given: Partial<GuardedCall> = {}): GuardedCall => ({
    ...{ url: `${server.url}/hook`, method: 'POST', body: '{"a":1}', idempotencyKey: 'k1', timeoutMs: 3_000 },
    ...given,
  });
  /** A client all of whose names lead there. */
  const resolving = (...addresses: readonly LookupAddress[]) =>
    given({
      allow: [],
      resolve: (_, done) => {
        done(null, addresses);
      },
    });

  it('reaches a server that is allowed by name, and reads JSON', async () => {
    expect(await given().call(call())).toEqual({
      kind: 'answered',
      status: 200,
      body: { id: 'k1' },
      afterMs: undefined,
    });
  });

  it('does not reach a server here that is not', async () => {
    expect(await given({ allow: [] }).call(call())).toMatchObject({ kind: 'refused' });
    expect(await given({ allow: ['127.0.0.1:1'] }).call(call())).toMatchObject({ kind: 'refused' });
    expect(server.connects).toBe(0);
  });

  it('does not reach a name that leads here, whatever else it leads to', async () => {
    const url = `http://rebound.example:${String(server.port)}/`;
    for (const addresses of [[here], [outside, here], [{ address: '::ffff:127.0.0.1', family: 6 }], [there]]) {
      expect(await resolving(...addresses).call(call({ url }))).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('rebound.example') as string,
      });
    }
    expect(await given({ allow: [] }).call(call({ url: `http://localhost:${String(server.port)}/` }))).toMatchObject({
      kind: 'refused',
    });
    expect(server.connects).toBe(0);
  });

  it('says that a name is not known, so that it is tried again', async () => {
    expect(await resolving().call(call({ url: 'http://nowhere.example/' }))).toMatchObject({ kind: 'not_written' });
  });

  it.each(['301', '302', '303', '307', '308'])('does not follow a redirect (%s)', async (status) => {
    const location = 'http://169.254.169.254/latest/meta-data/';
    server.next({ kind: 'answer', status: Number(status), headers: { location } });
    expect(await given().call(call())).toMatchObject({ kind: 'answered', status: Number(status) });
    expect(server.requests).toHaveLength(1);
  });

  it('reads no more than 64 KB', async () => {
    server.next({ kind: 'answer', status: 200, body: `"${'x'.repeat(10_000_000)}"` });
    const result = await given().call(call());
    expect(result).toMatchObject({ kind: 'answered', status: 200 });
    expect(result.kind === 'answered' && result.body).toBe(`"${'x'.repeat(65_535)}`);
    server.next({ kind: 'answer', status: 200, body: JSON.stringify('x'.repeat(65_534)) });
    expect(await given().call(call())).toMatchObject({ body: 'x'.repeat(65_534) });
  });

  it('ends when its time is up: without an answer, or in the middle of one', async () => {
    server.next({ kind: 'silence', accept: false });
    const began = performance.now();
    expect(await given().call(call({ timeoutMs: 200 }))).toEqual({
      kind: 'no_answer',
      reason: 'no answer within 200 ms',
    });
    server.next({ kind: 'answer', status: 200, headers: { 'content-length': '10' }, body: 'half' });
    expect(await given().call(call({ timeoutMs: 200 }))).toMatchObject({ kind: 'no_answer' });
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('does not mistake what is no HTTP for an answer', async () => {
    const rude: Server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    rude.listen(0, '127.0.0.1');
    await once(rude, 'listening');
    const url = `http://127.0.0.1:${String((rude.address() as AddressInfo).port)}/`;
    expect(await given().call(call({ url }))).toMatchObject({ kind: 'no_answer' });
    rude.close();
  });

  it('sends no header that is not its own', async () => {
    await given().call(call({ url: `${server.url}/a%0d%0aX-Evil:%201?b=%0d%0aX-Evil:%201` }));
    expect(await given().call(call({ url: `${server.url}/a\r\nX-Evil: 1` }))).toMatchObject({ kind: 'refused' });
    expect(await given().call(call({ idempotencyKey: 'k\r\nX-Evil: 1' }))).toMatchObject({ kind: 'not_written' });
    expect(server.requests.map(({ headers }) => Object.keys(headers).sort())).toEqual([
      ['accept', 'connection', 'content-length', 'content-type', 'host', 'idempotency-key', 'user-agent'],
    ]);
  });

  it('signs where there is a secret, also what has no body', async () => {
    await given({ secret: 's' }).call(call({ method: 'GET', body: undefined }));
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'GET', body: '' });
    expect(request?.headers['peyk-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    expect(request?.headers['content-type']).toBeUndefined();
  });
});
