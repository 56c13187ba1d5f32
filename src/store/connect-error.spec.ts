import { checkDatabaseUrl, explainConnectError } from './connect-error.js';

describe('the address of a database', () => {
  it.each(['postgres://peyk@localhost/peyk', 'postgresql://a:b@db:5433/x?sslmode=require'])('may be %s', (url) => {
    expect(() => {
      checkDatabaseUrl(url);
    }).not.toThrow();
  });

  it.each(['', 'nonsense', 'mysql://a:secret@db/x', 'localhost:5432/peyk'])('may not be %p', (url) => {
    const check = (): void => {
      checkDatabaseUrl(url);
    };
    expect(check).toThrow(/PEYK_DATABASE_URL is not the address .*postgres:\/\/user:password@host/);
    expect(check).not.toThrow('secret');
  });
});

describe('a database that cannot be used', () => {
  const explain = (error: unknown): string =>
    explainConnectError('postgres://peyk:secret@db.shop:5433/peyk', error).message;

  it.each([
    ['ECONNREFUSED', 'nothing listens there'],
    ['ENOTFOUND', 'no such host'],
    ['28P01', 'refuses the user or the password'],
    ['3D000', "create it with encoding 'UTF8'"],
  ])('is named with its remedy after %s', (code, reason) => {
    const message = explain(Object.assign(new Error('low level'), { code }));
    expect(message).toContain('db.shop:5433/peyk');
    expect(message).toContain(reason);
    expect(message).not.toContain('secret');
  });

  it('is named as it was written, where an example was taken as it stands', () => {
    const error = Object.assign(new Error('getaddrinfo EINVAL'), { code: 'EINVAL' });
    expect(explainConnectError('postgres://…', error).message).toBe(
      'the database … cannot be used: that is no address: postgres://user:password@host:5432/database is expected (PEYK_DATABASE_URL)',
    );
    expect(explainConnectError('postgres://%E2%80/db', error).message).toContain('%E2%80');
  });

  it('is explained when its host has several addresses', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(explain(new AggregateError([refused, refused]))).toContain('nothing listens there');
  });

  it('is explained in the words of what failed otherwise', () => {
    expect(explain(new Error('self-signed certificate'))).toContain('self-signed certificate');
    expect(explain('odd')).toContain('odd');
  });
});
