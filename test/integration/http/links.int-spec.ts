import { LinkServer, code, target, token } from './link-server.js';

let server: LinkServer;
beforeAll(async () => {
  server = await LinkServer.open();
}, 120_000);
afterAll(() => server.close());
beforeEach(() => server.reset());

describe('a short link', () => {
  it('sends whoever opens it on at once, kept nowhere on the way, and the click is kept by then', async () => {
    const answer = await server.ask(`/l/${code}`);
    expect(answer).toMatchObject({ status: 302, text: '…\n' });
    expect(answer.headers).toMatchObject({
      location: target,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(await server.clicks()).toEqual([
      {
        id: expect.stringMatching(/^42\/aB3dE6gH9j\/\d{4}-\d\d-\d\dT\d\d:\d\dZ$/) as string,
        source: '/messages',
        type: 'message.clicked',
        customer_id: 'c1',
        data: { message_id: '42', journey: 'repair', template: 'ready', channel: 'sms' },
      },
    ]);
  });

  it('counts once a minute, however often it is opened', async () => {
    await Promise.all(Array.from({ length: 20 }, () => server.ask(`/l/${code}`)));
    for (let time = 0; time < 5; time += 1) expect(await server.ask(`/l/${code}`)).toMatchObject({ status: 302 });
    const found = await server.clicks();
    // Those of one minute are one event: the engine knows it by its id.
    expect(new Set(found.map(({ id }) => id)).size).toBeLessThanOrEqual(2);
    expect(found.length).toBeLessThanOrEqual(20);
  });

  it.each([
    ['HEAD', { method: 'HEAD' }],
    ['a messenger that shows a preview', { headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } }],
    ['WhatsApp', { headers: { 'user-agent': 'WhatsApp/2.23.20.0' } }],
    ['Facebook', { headers: { 'user-agent': 'facebookexternalhit/1.1' } }],
    ['a browser that fetches ahead', { headers: { 'sec-purpose': 'prefetch' } }],
    ['somebody without a name', { headers: { 'user-agent': '' } }],
  ])('leads %s on too, and counts nothing', async (_, how) => {
    expect(await server.ask(`/l/${code}`, how)).toMatchObject({ status: 302, headers: { location: target } });
    expect(await server.clicks()).toEqual([]);
  });

  it('is open to all, whatever the server is called, while the rest asks for a key', async () => {
    expect(await server.ask(`/l/${code}`, { headers: { host: 'links.shop.example' } })).toMatchObject({ status: 302 });
    expect(await server.ask('/v1/messages', { headers: { host: 'links.shop.example' } })).toMatchObject({
      status: 401,
    });
  });

  it('leads on where the click cannot be kept, and says so in the log', async () => {
    await server.sql(
      'create function refuse() returns trigger language plpgsql as $$ begin raise exception $e$full$e$; end $$',
    );
    await server.sql('create trigger refuse before insert on pending_event for each row execute function refuse()');
    try {
      const other = 'Zz3dE6gH9j';
      await server.addLink(other);
      expect(await server.ask(`/l/${other}`)).toMatchObject({ status: 302, headers: { location: target } });
      expect(server.app.logLines.join('')).toContain('a click could not be kept');
      await server.sql('drop trigger refuse on pending_event');
      // It has not been counted, so that the next one is.
      await server.ask(`/l/${other}`);
      expect(await server.clicks()).toHaveLength(1);
    } finally {
      await server.sql('drop function refuse cascade');
    }
  });
});

describe('an address where a customer wants no more', () => {
  it('shows one button, right to left, and does nothing by itself, whoever looks how often', async () => {
    for (const how of [{}, { method: 'HEAD' }, { headers: { 'user-agent': 'Mimecast' } }]) {
      expect(await server.ask(`/u/${token}`, how)).toMatchObject({ status: 200 });
    }
    const { text, headers } = await server.ask(`/u/${token}?List-Unsubscribe=One-Click`);
    expect(text).toContain('<html lang="fa" dir="rtl">');
    expect(text.match(/<button/g)).toHaveLength(1);
    expect(text).toContain('<form method="post">');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['set-cookie']).toBeUndefined();
    expect(await server.withdrawals()).toEqual([]);
    expect(await server.clicks()).toEqual([]);
  });

  it.each([
    ['its button', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' }],
    [
      'one click in a mail program',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' },
    ],
    [
      'one click, in parts',
      { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\n\r\n\r\n--x--\r\n' },
    ],
    ['nothing at all', {}],
  ])('takes their word by %s, and it counts by the time of the answer', async (_, how) => {
    const { status, text } = await server.ask(`/u/${token}`, { method: 'POST', ...how });
    expect(status).toBe(200);
    expect(text).toContain('You will get no more of these messages.');
    expect(await server.withdrawals()).toEqual([
      {
        id: expect.stringMatching(/^43\/unsubscribe\/\d+$/) as string,
        source: '/messages',
        type: 'consent.withdrawn',
        customer_id: 'c1',
        data: { purpose: 'marketing', channel: 'email' },
      },
    ]);
  });

  it('says done again to whoever says it again', async () => {
    await Promise.all([1, 2, 3].map(() => server.ask(`/u/${token}`, { method: 'POST' })));
    expect(await server.ask(`/u/${token}`, { method: 'POST' })).toMatchObject({ status: 200 });
    // One a second.
    expect((await server.withdrawals()).length).toBeLessThanOrEqual(3);
  });
});
