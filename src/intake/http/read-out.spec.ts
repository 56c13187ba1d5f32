import { PassThrough } from 'node:stream';
import { readOut } from './read-out.js';

const far = { bytes: 1_000_000, ms: 60_000 };

describe('reading out what nobody wants', () => {
  it('goes on to its end', async () => {
    const body = new PassThrough();
    const done = readOut(body, far);
    for (let part = 0; part < 10; part += 1) body.write(Buffer.alloc(50_000));
    body.end();
    await done;
    expect(body.readableEnded).toBe(true);
  });

  it('stops where there is too much of it', async () => {
    const body = new PassThrough();
    const done = readOut(body, { ...far, bytes: 1_000 });
    body.write(Buffer.alloc(1_001));
    await done;
    expect(body.listenerCount('data')).toBe(0);
  });

  it('stops when it takes too long, breaks off or is over already', async () => {
    await readOut(new PassThrough(), { ...far, ms: 1 });
    const broken = new PassThrough();
    const done = readOut(broken, far);
    broken.destroy();
    await done;
    await readOut(broken, far);
  });
});
