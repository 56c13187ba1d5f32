import { Heartbeat } from './heartbeat.js';

describe('a heartbeat during a long batch', () => {
  it('goes on by itself until it is stopped', async () => {
    let beats = 0;
    const three = new Promise<void>((resolve) => {
      const heartbeat = new Heartbeat(() => {
        beats += 1;
        if (beats === 3) {
          heartbeat.stop();
          resolve();
        }
        return Promise.resolve();
      }, 1);
    });
    await three;
    expect(beats).toBe(3);
  });

  it('ends a wait as soon as the membership is over, and says so at every check', async () => {
    const heartbeat = new Heartbeat(() => Promise.reject(new Error('rebalance')), 1);
    await expect(heartbeat.during(new Promise(() => undefined))).rejects.toThrow('rebalance');
    await expect(heartbeat.check()).rejects.toThrow('rebalance');
    heartbeat.stop();
  });

  it('hands over what the wait brought', async () => {
    const heartbeat = new Heartbeat(() => Promise.resolve(), 1_000);
    await expect(heartbeat.during(Promise.resolve(5))).resolves.toBe(5);
    await expect(heartbeat.check()).resolves.toBeUndefined();
    heartbeat.stop();
  });
});
