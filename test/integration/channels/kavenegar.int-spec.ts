import { createServer } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { KavenegarChannel } from '../../../src/channels/kavenegar/kavenegar.channel.js';
import type { Outgoing } from '../../../src/channels/channel.js';
import type { Fault } from '../../servers/kavenegar/faults.js';
import { FakeKavenegar } from '../../servers/kavenegar/server.js';
import { describeChannel, type Expectation, type Rig } from './contract.js';

const apiKey = '4B6F2D/secret key+7A';
const phone = '+989121234567';

interface KavenegarRig extends Rig {
  readonly server: FakeKavenegar;
}

async function open(timeoutMs: number, key = apiKey): Promise<KavenegarRig> {
  const server = await new FakeKavenegar({ apiKeys: [encodeURIComponent(apiKey)] }).listen();
  const channel = new KavenegarChannel({
    apiKey: key,
    baseUrl: server.url,
    sender: '10004346',
    timeoutMs,
    concurrency: 20,
  });
  return {
    server,
    channel,
    timeoutMs,
    secrets: [key, encodeURIComponent(key), '9121234567'],
    outgoing: sms,
    arrivals: () => server.sent().map(({ text }) => text),
    untilNoConnections: () => server.untilNoConnections(),
    close: async () => {
      await server.close();
      await channel.close();
    },
  };
}

function sms(id: number, text: string): Outgoing {
  return { id, to: phone, content: { channel: 'sms', text, parts: 1 } };
}

function on(fault: Fault, expected: Omit<Expectation, 'provoke'>): Expectation<KavenegarRig> {
  return {
    ...expected,
    provoke: ({ server }) => {
      server.faults.next(fault);
    },
  };
}

const taken = { kind: 'unknown', arrives: true } as const;
const notTaken = { kind: 'unknown', arrives: false } as const;

describeChannel<KavenegarRig>({
  provider: 'kavenegar',
  idempotent: true,
  open,
  faults: {
    'silence after acceptance': on({ kind: 'silence', accept: true }, taken),
    'silence before acceptance': on({ kind: 'silence', accept: false }, notTaken),
    'reset after acceptance, before the answer': on({ kind: 'reset', accept: true }, taken),
    'reset after acceptance, in mid-answer': on({ kind: 'reset', accept: true, when: 'mid_answer' }, taken),
    'reset before acceptance': on({ kind: 'reset', accept: false }, notTaken),
    'too many calls': on(
      { kind: 'status', status: 429, retryAfter: '7' },
      { kind: 'retry', arrives: false, with: { afterMs: 7000 } },
    ),
    'address limited for now': on({ kind: 'status', status: 451, http: 200 }, { kind: 'retry', arrives: false }),
    'server error after acceptance': on({ kind: 'html', http: 502, accept: true }, { kind: 'retry', arrives: true }),
    'server error in the usual form': on({ kind: 'status', status: 503 }, { kind: 'retry', arrives: false }),
    'foreign answer after acceptance': on({ kind: 'html', http: 200, accept: true }, taken),
    'cut answer after acceptance': on({ kind: 'cut', accept: true }, taken),
    'empty answer after acceptance': on({ kind: 'empty', accept: true }, taken),
    'slow answer': on({ kind: 'slow', ms: 100 }, { kind: 'accepted', arrives: true }),
    'account or key refused': on({ kind: 'status', status: 403 }, { kind: 'channel_down', arrives: false }),
    'no credit': {
      kind: 'channel_down',
      arrives: false,
      lasting: true,
      provoke: ({ server }) => {
        server.ledger.credit = 100;
      },
    },
    'address blocked': {
      kind: 'rejected',
      arrives: false,
      lasting: true,
      provoke: ({ server }) => {
        server.ledger.blocked.add('09121234567');
      },
    },
    'address refused': on({ kind: 'status', status: 411 }, { kind: 'rejected', arrives: false }),
    'server away': { kind: 'retry', arrives: false, lasting: true, provoke: ({ server }) => server.close() },
  },
});

describe('what is Kavenegar’s own', () => {
  let rig: KavenegarRig;

  beforeEach(async () => {
    rig = await open(500);
  });

  afterEach(() => rig.close());

  it('sends receptor, sender and localid in the forms that it takes', async () => {
    const seen: unknown[] = [];
    rig.server.faults.choose((_, params) => void seen.push({ ...params }));
    await rig.channel.send(sms(2 ** 52 + 1, 'a&b=c'));
    await rig.channel.send({ ...sms(2, 'x'), to: '+4915112345678' });
    expect(seen).toEqual([
      { receptor: '09121234567', sender: '10004346', message: 'a&b=c', localid: '4503599627370497' },
      { receptor: '004915112345678', sender: '10004346', message: 'x', localid: '2' },
    ]);
  });

  it('gives the provider’s id and the cost in rials', async () => {
    expect(await rig.channel.send(sms(1, 'سلام'))).toEqual({ kind: 'accepted', providerId: '8792344', cost: 1200 });
  });

  it.each(['09121234567', '+98912,09350000000', 'x@example.com', ''])(
    'rejects the address %j without a call',
    async (to) => {
      expect(await rig.channel.send({ ...sms(1, 'x'), to })).toMatchObject({ kind: 'rejected' });
      expect(rig.server.calls.size).toBe(0);
    },
  );

  it('says that the channel is down when the key is wrong', async () => {
    const other = await open(5000, 'wrong-key-123');
    expect(await other.channel.send(sms(1, 'x'))).toMatchObject({
      kind: 'channel_down',
      reason: expect.stringMatching(/403/) as string,
    });
    await other.close();
  });

  it('rejects a text that is empty or too long for the provider', async () => {
    for (const text of ['', 'ب'.repeat(901)]) {
      expect(await rig.channel.send(sms(text.length + 1, text))).toMatchObject({ kind: 'rejected' });
    }
  });

  it('sends a text that was cut in the middle of an emoji', async () => {
    expect(await rig.channel.send(sms(1, 'سلام \ud83d'))).toMatchObject({ kind: 'accepted' });
    expect(rig.arrivals()).toEqual(['سلام \ufffd']);
  });

  it('asks for 1,200 ids in three calls and tells each apart', async () => {
    const ids = Array.from({ length: 1200 }, (_, index) => index + 1);
    await Promise.all([600, 1200].map((id) => rig.channel.send(sms(id, String(id)))));
    const told = await rig.channel.lookup?.(ids);
    expect(rig.server.calls.get('sms/statuslocalmessageid')).toBe(3);
    expect(ids.filter((id) => told?.get(id)?.kind === 'arrived')).toEqual([600, 1200]);
    expect(ids.filter((id) => told?.get(id)?.kind === 'never_arrived')).toHaveLength(1198);
    expect(told?.get(600)).toEqual({ kind: 'arrived', providerId: expect.stringMatching(/^\d+$/) as string });
  });

  it.each<Fault>([
    { kind: 'status', status: 429 },
    { kind: 'html', http: 200, accept: false },
    { kind: 'silence', accept: false },
    { kind: 'reset', accept: false },
    { kind: 'cut', accept: true },
  ])('cannot tell when asking meets %j', async (fault) => {
    rig.server.faults.next(fault, 'sms/statuslocalmessageid');
    expect((await rig.channel.lookup?.([1]))?.get(1)).toMatchObject({ kind: 'cannot_tell' });
  });

  it('sends a message again after each fault, and it still arrives once', async () => {
    const faults: Fault[] = [
      { kind: 'silence', accept: true },
      { kind: 'html', http: 500, accept: true },
      { kind: 'reset', accept: true, when: 'mid_answer' },
      { kind: 'cut', accept: true },
    ];
    for (const fault of faults) rig.server.faults.next(fault);
    const kinds: string[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) kinds.push((await rig.channel.send(sms(1, 'یک بار'))).kind);
    expect(kinds).toEqual(['unknown', 'retry', 'unknown', 'unknown', 'accepted']);
    expect([...rig.server.countsByReceiverAndText()]).toEqual([['09121234567\nیک بار', 1]]);
  });

  it('waits for a free connection no longer than its time-out, and what waited is never written', async () => {
    const narrow = new KavenegarChannel({ apiKey, baseUrl: rig.server.url, timeoutMs: 1_500, concurrency: 1 });
    rig.server.faults.next({ kind: 'silence', accept: false });
    const [first, second] = await Promise.all([narrow.send(sms(1, 'اول')), narrow.send(sms(2, 'دوم'))]);
    expect([first.kind, second.kind]).toEqual(['unknown', 'retry']);
    expect((await narrow.send(sms(3, 'سوم'))).kind).toBe('accepted');
    expect(rig.arrivals()).toEqual(['سوم']);
    await narrow.close();
  });
});

describe('what stands in the way of a connection', () => {
  async function sendTo(baseUrl: string, timeoutMs = 5_000): Promise<unknown> {
    const channel = new KavenegarChannel({ apiKey, baseUrl, timeoutMs });
    const result = await channel.send(sms(1, 'سلام'));
    await channel.close();
    expect(JSON.stringify(result)).not.toContain(apiKey);
    return result;
  }

  it('is tried again later: a name without an address', async () => {
    expect(await sendTo('https://kavenegar.invalid')).toMatchObject({ kind: 'retry' });
  });

  it('is tried again later: a name whose every address refuses', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const refused = await sendTo(`http://localhost:${String(port)}`);
    expect(refused).toMatchObject({ kind: 'retry', reason: expect.stringMatching(/ECONNREFUSED/) as string });
  });

  it('is tried again later: a TLS hand-shake that fails', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await sendTo(`https://127.0.0.1:${String(port)}`)).toMatchObject({ kind: 'retry' });
    server.closeAllConnections();
    server.close();
  });

  it('is tried again later: a server that never finishes the connection', async () => {
    const { createServer: listen } = await import('node:net');
    const server = listen((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const began = performance.now();
    expect(await sendTo(`https://127.0.0.1:${String(port)}`, 300)).toMatchObject({ kind: 'retry' });
    expect(performance.now() - began).toBeLessThan(10_300);
    server.close();
  });

  it('is for a person to mend: an HTTP 404 that is not Kavenegar’s', async () => {
    const server = createServer((_, response) => response.writeHead(404).end('<h1>no</h1>')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await sendTo(`http://127.0.0.1:${String(port)}`)).toMatchObject({
      kind: 'channel_down',
      reason: expect.stringMatching(/PEYK_KAVENEGAR_BASE_URL/) as string,
    });
    server.closeAllConnections();
    server.close();
  });
});

describe('the stand-in for Kavenegar', () => {
  let fake: FakeKavenegar;

  beforeEach(async () => {
    fake = await new FakeKavenegar({ senders: ['1000'], blocked: ['09350000000'] }).listen();
  });

  afterEach(() => fake.close());

  async function call(path: string, form?: Record<string, string>): Promise<{ http: number; body: unknown }> {
    const response = await fetch(`${fake.url}${path}`, form && { method: 'POST', body: new URLSearchParams(form) });
    return { http: response.status, body: await response.json() };
  }

  const sendPath = '/v1/any/sms/send.json';

  it('takes the same call as GET and as POST', async () => {
    const form = { receptor: '+989121234567', message: 'سلام', sender: '1000' };
    expect((await call(`${sendPath}?${new URLSearchParams(form).toString()}`)).http).toBe(200);
    expect((await call(sendPath, form)).http).toBe(200);
    expect([...fake.countsByReceiverAndText()]).toEqual([['09121234567\nسلام', 2]]);
  });

  it.each([
    [400, { receptor: '09121234567' }],
    [411, { receptor: '12', message: 'x', sender: '1000' }],
    [412, { receptor: '09121234567', message: 'x', sender: '2000' }],
    [413, { receptor: '09121234567', message: '', sender: '1000' }],
    [413, { receptor: '09121234567', message: 'x'.repeat(901), sender: '1000' }],
    [414, { receptor: Array.from({ length: 201 }, () => '09121234567').join(), message: 'x', sender: '1000' }],
    [419, { receptor: '09121234567,09121234568', message: 'x', sender: '1000', localid: '1' }],
  ])('refuses with %i what Kavenegar refuses', async (status, form) => {
    const { http, body } = await call(sendPath, form);
    expect(http).toBe(status);
    expect(body).toMatchObject({ return: { status }, entries: null });
    expect(fake.sent()).toEqual([]);
  });

  it('sends to many receivers at once, tells blocked ones, and repeats none by localid', async () => {
    const form = { receptor: '09121234567,09350000000', message: 'x', sender: '1000', localid: '1,2' };
    const first = await call(sendPath, form);
    expect(first.body).toMatchObject({
      entries: [
        { status: 1, cost: 1200 },
        { status: 14, cost: 0 },
      ],
    });
    expect(await call(sendPath, form)).toEqual(first);
    expect(fake.sent()).toHaveLength(1);
  });

  it('counts its credit down and then refuses, without sending a part of the call', async () => {
    fake.ledger.credit = 2500;
    const form = { receptor: '09121234567', message: 'x', sender: '1000' };
    expect((await call(sendPath, form)).http).toBe(200);
    expect((await call('/v1/any/account/info.json')).body).toMatchObject({ entries: { remaincredit: 1300 } });
    expect((await call(sendPath, { ...form, receptor: '09121234567,09121234568' })).http).toBe(418);
    expect(fake.sent()).toHaveLength(1);
  });

  it('tells the state of messages by either id, 100 for those it does not know', async () => {
    await call(sendPath, { receptor: '09121234567', message: 'x', sender: '1000', localid: '5' });
    expect((await call('/v1/any/sms/statuslocalmessageid.json', { localid: '5,6' })).body).toMatchObject({
      entries: [
        { localid: '5', status: 1 },
        { localid: '6', status: 100 },
      ],
    });
    expect((await call('/v1/any/sms/status.json', { messageid: '8792344,1' })).body).toMatchObject({
      entries: [{ status: 1 }, { status: 100 }],
    });
  });

  it('obeys another process', async () => {
    const order = (orders: unknown) => fetch(`${fake.url}/__faults`, { method: 'POST', body: JSON.stringify(orders) });
    await order({
      next: [{ kind: 'status', status: 429 }],
      random: { share: 1, faults: [{ kind: 'status', status: 451 }] },
    });
    const form = { receptor: '09121234567', message: 'x', sender: '1000' };
    expect([(await call(sendPath, form)).http, (await call(sendPath, form)).http]).toEqual([429, 451]);
    await order({ clear: true });
    expect((await call(sendPath, form)).http).toBe(200);
    expect((await call('/__counts')).body).toEqual({ '09121234567\nx': 1 });
    expect((await order('{')).status).toBe(200);
    expect((await fetch(`${fake.url}/__faults`, { method: 'POST', body: '{' })).status).toBe(400);
    await call('/__clear', {});
    expect((await call('/__sent')).body).toEqual([]);
  });

  it('closes although a client holds a connection open', async () => {
    const socket = connect(Number(new URL(fake.url).port), '127.0.0.1');
    await once(socket, 'connect');
    await fake.close();
    socket.destroy();
  });
});
