import { LinkServer, code, target, token } from './link-server.js';

let server: LinkServer;
beforeAll(async () => {
  server = await LinkServer.open();
}, 120_000);
afterAll(() => server.close());
beforeEach(() => server.reset());

describe('nobody is sent anywhere else', () => {
  it.each([
    `/l/${code}?to=https://evil.example`,
    `/l/${code}?url=//evil.example&target=javascript:alert(1)`,
    `/l/${code}#//evil.example`,
  ])('by %s', async (path) => {
    expect(await server.ask(path)).toMatchObject({ status: 302, headers: { location: target } });
  });

  it.each([
    '/l/AAAAAAAAAA',
    '/l/aB3dE6gH9',
    '/l/aB3dE6gH9jj',
    '/l/AB3DE6GH9J',
    `/l/${token}`,
    '/l/%2F%2Fevil.example',
    '/l/javascript:alert(1)',
    '/l/aB3dE6gH9j%0d%0aSet-Cookie:%20a=b',
    '/l/aB3dE6gH9j%00',
    '/l/%27%20or%201=1--',
    '/l/%F0%9F%98%80aaaaaaaa',
    `/l/${'a'.repeat(4_000)}`,
  ])('by %s: there is no such link', async (path) => {
    const { status, headers, text } = await server.ask(path);
    expect(status).toBe(404);
    expect(headers['location']).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
    expect(text).toContain('There is no such link.');
    expect(text).toContain('این نشانی وجود ندارد');
    expect(text).not.toContain('evil');
    expect(await server.clicks()).toEqual([]);
  });

  it.each([
    ['/l/', 404],
    [`/l//${code}`, 404],
    [`//l/${code}`, 401],
    [`/l/${code}/x`, 404],
    [`/l/${'a'.repeat(10_000)}`, 400],
    ['/l/%zz', 400],
    ['/l/../v1/messages', 404],
    ['/l/..%2fv1%2fmessages', 404],
  ])('by %s', async (path, status) => {
    const answer = await server.ask(path);
    expect(answer.status).toBe(status);
    expect(answer.headers['location']).toBeUndefined();
  });

  it('and whoever guesses finds nothing', async () => {
    const letters = 'abcdefghij0123456789';
    const guesses = Array.from({ length: 200 }, (_, guess) =>
      Array.from({ length: 10 }, (_, at) => letters[(guess * 7 + at * 13) % letters.length]).join(''),
    );
    const answers = await Promise.all(guesses.map((guess) => server.ask(`/l/${guess}`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('by %s', async (method) => {
    expect((await server.ask(`/l/${code}`, { method })).status).toBeGreaterThanOrEqual(404);
    expect(await server.clicks()).toEqual([]);
  });
});

describe('an address where a customer wants no more', () => {
  it.each([
    '/u/AAAAAAAAAAAAAAAAAAAAAA',
    `/u/${token.slice(1)}`,
    `/u/${token}x`,
    `/u/${token.toLowerCase()}`,
    `/u/${code}`,
    `/u/${'a'.repeat(4_000)}`,
    '/u/%00',
    '/u/43',
  ])('is not %s', async (path) => {
    for (const method of ['GET', 'POST']) {
      const { status, text } = await server.ask(path, { method });
      expect(status).toBe(404);
      expect(text).toContain('There is no such address.');
    }
    expect(await server.withdrawals()).toEqual([]);
  });

  it('tells nobody whose it is', async () => {
    const { text, headers } = await server.ask(`/u/${token}`);
    // The clock may well show one of these numbers.
    expect(text + JSON.stringify({ ...headers, date: undefined })).not.toMatch(/c1|marketing|43/);
  });
});
