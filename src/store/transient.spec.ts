import { isTransient } from './transient.js';

function withCode(code: string): Error {
  return Object.assign(new Error('refused'), { code });
}

describe('a transient error', () => {
  it.each(['57P01', '57P03', '40001', '40P01', '53300', '08006', '08P01', '57014', '55P03'])(
    'is what Postgres calls %s',
    (code) => {
      expect(isTransient(withCode(code))).toBe(true);
    },
  );

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'])('is what the system calls %s', (code) => {
    expect(isTransient(withCode(code))).toBe(true);
  });

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Connection terminated'])(
    'is what pg says without a code: %s',
    (message) => {
      expect(isTransient(new Error(message))).toBe(true);
    },
  );

  it('is found below what wraps it', () => {
    const lost = withCode('57P01');
    expect(isTransient(new Error('a batch failed', { cause: lost }))).toBe(true);
    expect(isTransient(Object.assign(new Error('QueryFailedError'), { driverError: lost }))).toBe(true);
    expect(isTransient(new AggregateError([withCode('ECONNREFUSED')], ''))).toBe(true);
  });
});

describe('any other error', () => {
  it.each(['23505', '23514', '22P02', '42P01', '42703', '28P01', '3D000', '0A000', '54000'])('is not: %s', (code) => {
    expect(isTransient(withCode(code))).toBe(false);
  });

  it('is not transient, nor is what is no error', () => {
    expect(isTransient(new TypeError('undefined is not a function'))).toBe(false);
    expect(isTransient(new Error('outer', { cause: new Error('inner') }))).toBe(false);
    expect(isTransient('Connection terminated')).toBe(false);
    expect(isTransient(undefined)).toBe(false);
  });
});
