import type { CallResult } from '../channels/guarded-http/call-result.js';
import { MOST_ATTEMPTS, outcomeOf } from './outcome.js';

const answered = (status: number, afterMs?: number): CallResult => ({
  kind: 'answered',
  status,
  body: { a: 1 },
  afterMs,
});
const silent: CallResult = { kind: 'no_answer', reason: 'reset' };

describe('what becomes of a call', () => {
  it.each([200, 201, 204, 299])('%i is well', (status) => {
    expect(outcomeOf(answered(status), 1, 0)).toMatchObject({ state: 'done', status, body: { a: 1 } });
  });

  it.each([301, 302, 400, 401, 403, 404, 409, 410, 422])('%i is the receiver’s last word', (status) => {
    expect(outcomeOf(answered(status), 1, 0)).toMatchObject({ state: 'failed', status, body: { a: 1 } });
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('%i is tried again', (status) => {
    expect(outcomeOf(answered(status), 1, 0)).toMatchObject({ state: 'retrying', status });
    expect(outcomeOf(answered(status), MOST_ATTEMPTS, 0)).toMatchObject({ state: 'failed', status, body: { a: 1 } });
  });

  it('is tried again where nobody answered, and then has the status 0', () => {
    expect(outcomeOf(silent, 4, 0)).toMatchObject({ state: 'retrying', status: 0, reason: 'reset' });
    expect(outcomeOf(silent, MOST_ATTEMPTS, 0)).toMatchObject({ state: 'failed', status: 0, body: null });
    expect(outcomeOf(silent, MOST_ATTEMPTS + 3, 0)).toMatchObject({ state: 'failed' });
  });

  it('is not tried again where it may not be made', () => {
    expect(outcomeOf({ kind: 'refused', reason: 'no' }, 1, 0)).toMatchObject({ state: 'failed', status: 0 });
  });

  it.each([0, 0.999])('ends within a quarter of an hour (spread %d)', (spread) => {
    const waits = [1, 2, 3, 4].map((attempts) => outcomeOf(silent, attempts, spread).waitMs);
    expect(waits.every((wait, place) => wait > (waits[place - 1] ?? 0))).toBe(true);
    const calls = MOST_ATTEMPTS * 10_000;
    expect(waits.reduce((sum, wait) => sum + wait, calls)).toBeLessThan(15 * 60_000);
  });

  it('waits as long as the receiver asks, within bounds', () => {
    expect(outcomeOf(answered(429, 60_000), 1, 0).waitMs).toBe(60_000);
    expect(outcomeOf(answered(429, 86_400_000), 1, 0).waitMs).toBe(480_000);
    expect(outcomeOf(answered(429, 0), 1, 0).waitMs).toBe(3_750);
  });
});
