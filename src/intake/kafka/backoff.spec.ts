import { backoffMs, pause } from './backoff.js';

describe('backoff', () => {
  it('doubles up to the longest', () => {
    const limits = { firstBackoffMs: 200, longestBackoffMs: 10_000 };
    expect([1, 2, 3, 6, 7, 1_000].map((n) => backoffMs(n, limits))).toEqual([200, 400, 800, 6_400, 10_000, 10_000]);
  });

  it('ends at once when it is called off', async () => {
    const controller = new AbortController();
    const waiting = pause(60_000, controller.signal);
    controller.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(pause(60_000, controller.signal)).resolves.toBeUndefined();
  });
});
