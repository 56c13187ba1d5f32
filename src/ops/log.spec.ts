import { createLog, NestLog } from './log.js';

function lines(level: 'info' | 'debug' = 'info') {
  const written: string[] = [];
  const out = { write: (line: string) => void written.push(line) };
  const log = createLog({ level, secrets: ['kave-secret'] }, out);
  const entries = (): Record<string, unknown>[] => written.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, nest: new NestLog(log), written, entries };
}

describe('the log', () => {
  it('writes one JSON line an entry, with the level by name and the time', () => {
    const { log, entries } = lines();
    log.info({ url: 'http://127.0.0.1:3000' }, 'ready');
    expect(entries()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        url: 'http://127.0.0.1:3000',
        msg: 'ready',
      },
    ]);
  });

  it('masks addresses and keys in messages, fields, errors and URLs', () => {
    const { log, written } = lines();
    log.info({ customer: { phone: '09121234567' } }, 'sent to sara@example.com');
    log.error({ err: new Error('GET https://x/v1/kave-secret/sms?to=%2B989121234567 failed') }, 'no');
    expect(written).toHaveLength(2);
    expect(written.join()).not.toMatch(/1234567|sara@|kave-secret/);
    expect(written.every((line) => JSON.parse(line) !== undefined)).toBe(true);
  });

  it('keeps Nest’s context, errors and stacks', () => {
    const { nest, entries } = lines('debug');
    nest.log('mapped', 'Router');
    nest.error('failed', 'the stack', 'Router');
    nest.warn(new Error('odd'), 'Router');
    nest.debug({ a: 1 });
    expect(entries()).toMatchObject([
      { level: 'debug', context: 'Router', msg: 'mapped' },
      { level: 'error', context: 'Router', detail: ['the stack'], msg: 'failed' },
      { level: 'warn', context: 'Router', err: { message: 'odd' } },
      { level: 'debug', message: { a: 1 } },
    ]);
  });

  it('leaves out what is below its level', () => {
    const { nest, written } = lines();
    nest.verbose('x');
    nest.debug('x');
    expect(written).toEqual([]);
  });
});
