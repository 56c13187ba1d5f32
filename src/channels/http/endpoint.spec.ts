import { endpointOf } from './endpoint.js';

const names = { setting: 'PEYK_X_BASE_URL', key: 'PEYK_X_KEY', example: 'https://x.example' };

describe('the base URL of a provider', () => {
  it.each([
    ['https://api.telegram.org', 'https://api.telegram.org', ''],
    ['https://proxy.example:8443/telegram/', 'https://proxy.example:8443', '/telegram'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010', ''],
    ['http://[::1]:4010/', 'http://[::1]:4010', ''],
    ['http://localhost:4010/a/b', 'http://localhost:4010', '/a/b'],
  ])('%s may be used', (url, origin, prefix) => {
    expect(endpointOf(url, names)).toEqual({ origin, prefix });
  });

  it.each(['http://api.telegram.org', 'http://127.0.0.1.evil.example', 'http://10.0.0.1', 'http://localhost.example'])(
    '%s would show the key to the network',
    (url) => {
      expect(() => endpointOf(url, names)).toThrow(
        /^PEYK_X_BASE_URL would send the key in clear text to .*; use https:/,
      );
    },
  );

  it.each(['', 'api.telegram.org', 'ftp://api.telegram.org'])('%j is none', (url) => {
    expect(() => endpointOf(url, names)).toThrow('PEYK_X_BASE_URL is no URL; it should look like https://x.example');
  });

  it('may not carry a password, and does not repeat it', () => {
    expect(() => endpointOf('https://u:hush@api.telegram.org', names)).toThrow(/^(?!.*hush).*PEYK_X_KEY/);
  });
});
