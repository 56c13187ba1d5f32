import type { Pulse } from '../store/engine/pulse.sql.js';
import { OutcomeBeat } from './outcome-beat.js';

/** A publisher whose slices end when the test says so. */
class Slices {
  readonly began: string[] = [];
  readonly ends: ((error?: Error) => void)[] = [];
  finished = false;

  publishPending(): Promise<number> {
    this.began.push('publish');
    return new Promise((resolve, reject) => {
      this.ends.push((error) => {
        if (error === undefined) resolve(1);
        else reject(error);
      });
    });
  }

  prune(): Promise<number> {
    this.began.push('prune');
    return Promise.resolve(0);
  }

  finish(): void {
    this.finished = true;
  }

  close(): Promise<void> {
    this.began.push('close');
    return Promise.resolve();
  }
}

const pulse = (outcomes: boolean, old = false) => ({ outcomes, old_outcomes: old }) as Pulse;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('telling outcomes', () => {
  const warnings: unknown[] = [];
  const log = { warn: (what: unknown) => void warnings.push(what) };

  it('keeps no beat waiting, and begins once at a time', async () => {
    const slices = new Slices();
    const beat = new OutcomeBeat(slices, log);
    beat.beat(pulse(false));
    beat.beat(pulse(true, true));
    beat.beat(pulse(true));
    expect(slices.began).toEqual(['publish']);
    slices.ends[0]?.();
    await settled();
    expect(slices.began).toEqual(['publish', 'prune']);
    beat.beat(pulse(true));
    expect(slices.began).toEqual(['publish', 'prune', 'publish']);
  });

  it('waits after a failure before it tries again', async () => {
    const slices = new Slices();
    const beat = new OutcomeBeat(slices, log, { firstBackoffMs: 30, longestBackoffMs: 30 });
    const from = performance.now();
    beat.beat(pulse(true));
    slices.ends[0]?.(new Error('the broker is away'));
    await settled();
    expect(warnings.at(-1)).toMatchObject({ failures: 1, err: { message: 'the broker is away' } });
    expect(beat.health()).toMatch(/^outcomes wait, and none is lost: peyk\.outcomes cannot be written: the broker/);
    while (slices.began.length === 1) {
      beat.beat(pulse(true));
      await settled();
    }
    expect(performance.now() - from).toBeGreaterThanOrEqual(30);
    slices.ends[1]?.();
    await settled();
    expect(beat.health()).toBeUndefined();
  });

  it('lets the slice in hand end when the process does', async () => {
    const slices = new Slices();
    const beat = new OutcomeBeat(slices, log);
    beat.beat(pulse(true));
    const stopped = beat.stop();
    await settled();
    expect([slices.finished, slices.began]).toEqual([true, ['publish']]);
    slices.ends[0]?.();
    await stopped;
    expect(slices.began).toEqual(['publish', 'close']);
  });
});
