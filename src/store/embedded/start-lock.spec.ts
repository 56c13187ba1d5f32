import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { processIdentity } from './process-identity.js';
import { withStartLock } from './start-lock.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peyk-lock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the start lock', () => {
  it('lets one in at a time, and leaves nothing behind', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await turn();
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withStartLock(folder, work)));
    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    const failing = withStartLock(folder, () => Promise.reject(new Error('boom')));
    await expect(failing).rejects.toThrow('boom');
    expect(await withStartLock(folder, () => Promise.resolve('next'))).toBe('next');
  });

  it('of a process that died is broken, by one of many', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const identity = processIdentity(child.pid ?? 0) ?? 'gone';
    await once(child, 'exit');
    writeFileSync(join(folder, 'lock'), `${String(child.pid)} ${identity}`);
    const results = await Promise.all([1, 2, 3].map((n) => withStartLock(folder, () => Promise.resolve(n))));
    expect(results).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a process whose number another has now is broken', async () => {
    writeFileSync(join(folder, 'lock'), `${String(process.pid)} another start time`);
    expect(await withStartLock(folder, () => Promise.resolve('in'))).toBe('in');
  });

  it('that is held makes others wait', async () => {
    const order: string[] = [];
    let release = (): void => undefined;
    const first = withStartLock(folder, async () => {
      await new Promise<void>((resolve) => (release = resolve));
      order.push('first');
    });
    const second = withStartLock(folder, async () => {
      order.push('second');
    });
    await turn();
    release();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });
});
