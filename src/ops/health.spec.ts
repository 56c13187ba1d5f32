import { databaseHealth } from './database-health.js';
import { Health, type HealthResult } from './health.js';

function checking(name: string, result: () => Promise<HealthResult>) {
  return { name, check: result };
}

const fine = checking('fine', async () => ({ status: 'ok', detail: 'answers' }));
const paused = checking('journeys', async () => ({ status: 'warning', detail: 'yalda is paused' }));

describe('health', () => {
  it('is well with nothing to ask', async () => {
    expect(await new Health().report()).toEqual({ status: 'ok', checks: [] });
  });

  it('is as bad as the worst', async () => {
    const health = new Health();
    health.register(fine);
    health.register(paused);
    expect((await health.report()).status).toBe('warning');
    const takeOut = health.register(checking('kafka', async () => ({ status: 'wrong', detail: 'no broker' })));
    expect(await health.report()).toMatchObject({ status: 'wrong', checks: [{}, {}, { name: 'kafka' }] });
    takeOut();
    expect((await health.report()).status).toBe('warning');
  });

  it('tells what throws, and what does not answer', async () => {
    const health = new Health(20);
    health.register(checking('throws', () => Promise.reject(new Error('no'))));
    health.register(checking('hangs', () => new Promise<HealthResult>(() => undefined)));
    expect((await health.report()).checks).toEqual([
      { name: 'throws', status: 'wrong', detail: 'no' },
      { name: 'hangs', status: 'wrong', detail: 'did not answer within 20 ms' },
    ]);
  });

  it('sends work elsewhere while the process shuts down', async () => {
    const health = new Health();
    health.register(fine);
    health.close();
    expect(await health.report()).toMatchObject({ status: 'wrong', checks: [{ detail: 'is shutting down' }, {}] });
  });

  it('says how the database is', async () => {
    const up = databaseHealth({ run: async () => [] });
    const down = databaseHealth({ run: () => Promise.reject(new Error('connect ECONNREFUSED')) });
    expect(await up.check()).toEqual({ status: 'ok', detail: 'answers' });
    const full = databaseHealth({ run: async () => [], unwritable: () => 'No space left on device' });
    expect(await full.check()).toMatchObject({
      status: 'wrong',
      detail: expect.stringContaining('No space left') as string,
    });
    expect((await down.check()).detail).toContain('does not answer: connect ECONNREFUSED; see that PostgreSQL runs');
  });
});
