import { endpointOf } from './endpoint.js';

describe('the base URL of Kavenegar', () => {
  it.each([
    ['https://api.kavenegar.com', 'https://api.kavenegar.com', ''],
    ['https://api.kavenegar.com/v1/', 'https://api.kavenegar.com', ''],
    ['https://proxy.example:8443/kavenegar/', 'https://proxy.example:8443', '/kavenegar'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010', ''],
    ['http://localhost:4010/v1', 'http://localhost:4010', ''],
    ['http://[::1]:4010', 'http://[::1]:4010', ''],
  ])('%s may be used', (url, origin, prefix) => {
    expect(endpointOf(url)).toEqual({ origin, prefix });
  });

  it.each(['http://api.kavenegar.com', 'http://127.0.0.1.evil.example', 'http://10.0.0.1', 'http://localhost.example'])(
    '%s would show the key to the network',
    (url) => {
      expect(() => endpointOf(url)).toThrow(
        /^PEYK_KAVENEGAR_BASE_URL would send the key in clear text to .*; use https:/,
      );
    },
  );

  it.each(['', 'api.kavenegar.com', 'ftp://api.kavenegar.com'])('%j is none', (url) => {
    expect(() => endpointOf(url)).toThrow(/^PEYK_KAVENEGAR_BASE_URL is no URL/);
  });

  it('may not carry a password, and does not repeat it', () => {
    expect(() => endpointOf('https://u:hush@api.kavenegar.com')).toThrow(/^(?!.*hush).*PEYK_KAVENEGAR_API_KEY/);
  });
});
