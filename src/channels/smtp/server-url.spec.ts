import { mailServerOf } from './server-url.js';

describe('the URL of a mail server', () => {
  it('gives host, port, encryption and login', () => {
    expect(mailServerOf('smtps://shop%40example.com:p%40ss%2F1@mail.example.com?pool=true')).toEqual({
      host: 'mail.example.com',
      port: 465,
      secure: true,
      auth: { user: 'shop@example.com', pass: 'p@ss/1' },
      loopback: false,
    });
  });

  it.each([
    ['smtp://mail.example.com', 587, false],
    ['smtp://mail.example.com:2525', 2525, false],
    ['smtp://127.0.0.1:25', 25, true],
    ['smtp://localhost:25', 25, true],
    ['smtp://[::1]:25', 25, true],
    ['smtp://127.0.0.1.example.com:25', 25, false],
  ])('%s means port %i, and loopback is %s', (url, port, loopback) => {
    expect(mailServerOf(url)).toMatchObject({ port, loopback, secure: false, auth: undefined });
  });

  it('takes the brackets off an IPv6 address', () => {
    expect(mailServerOf('smtp://[::1]:25').host).toBe('::1');
  });

  it.each(['mail.example.com', 'http://mail.example.com', 'smtp://', ''])('is not %j', (url) => {
    expect(() => mailServerOf(url)).toThrow(/^PEYK_SMTP_URL is no URL/);
  });

  it('must be written with care for "%", and is not repeated in the error', () => {
    expect(() => mailServerOf('smtp://u:hush%zz@h')).toThrow(/^(?!.*hush)PEYK_SMTP_URL .*%25/);
  });
});
