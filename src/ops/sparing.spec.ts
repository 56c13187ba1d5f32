import { setTimeout as sleep } from 'node:timers/promises';
import { sparing } from './sparing.js';

describe('a look that is taken sparingly', () => {
  it('is taken once for all who ask meanwhile, and not again until its share of the time allows', async () => {
    let looks = 0;
    const look = sparing(
      async () => {
        looks += 1;
        await sleep(30);
      },
      { share: 0.1, patienceMs: 10_000 },
    );
    await Promise.all([look(), look()]);
    await look();
    expect(looks).toBe(1);
    const from = performance.now();
    while (looks === 1) await Promise.all([look(), sleep(5)]);
    // Nine tenths of the time nobody looks; timers may fire a millisecond early.
    expect(performance.now() - from).toBeGreaterThan(250);
  });

  it('keeps nobody waiting for long, and is there for the next who asks', async () => {
    let end = (): void => undefined;
    let seen = 0;
    const look = sparing(
      async () => {
        await new Promise<void>((resolve) => (end = resolve));
        seen += 1;
      },
      { share: 1, patienceMs: 20 },
    );
    await look();
    expect(seen).toBe(0);
    const asked = look();
    end();
    await asked;
    expect(seen).toBe(1);
  });

  it('tells of a failure, and tries again', async () => {
    let looks = 0;
    const look = sparing(
      () => {
        looks += 1;
        return looks === 1 ? Promise.reject(new Error('away')) : Promise.resolve();
      },
      { share: 1, patienceMs: 1_000 },
    );
    await expect(look()).rejects.toThrow('away');
    while (looks === 1) await look();
    expect(looks).toBe(2);
  });
});
