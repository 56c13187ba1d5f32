import type { Connection, Statement } from '../../store/connection.js';
import { Clicks } from './clicks.js';

const target = 'https://shop.example/';

/** Answers for one code, and remembers whether it was to count. */
class OneLink implements Connection {
  readonly counted: unknown[] = [];

  run<Row>(_: Statement<Row>, [code, counts]: readonly unknown[] = []): Promise<Row[]> {
    this.counted.push(counts);
    return Promise.resolve((code === 'known' ? [{ target }] : []) as Row[]);
  }
}

describe('clicks', () => {
  it('are counted once a minute by one process, and again in the next', async () => {
    const db = new OneLink();
    let now = 60_000;
    const clicks = new Clicks(db, () => now);
    for (const later of [0, 59_999, 60_000, 60_001]) {
      now = 60_000 + later;
      expect(await clicks.follow('known', true)).toEqual({ target });
    }
    expect(db.counted).toEqual([true, false, true, false]);
  });

  it('of programs are not, and keep no person from being counted', async () => {
    const db = new OneLink();
    const clicks = new Clicks(db);
    await clicks.follow('known', false);
    await clicks.follow('known', true);
    expect(db.counted).toEqual([false, true]);
  });

  it('on nothing take no room, and all of those beyond it are asked about', async () => {
    const db = new OneLink();
    const clicks = new Clicks(db, () => 1);
    expect(await clicks.follow('unknown', true)).toBeUndefined();
    expect(await clicks.follow('unknown', true)).toBeUndefined();
    expect(db.counted).toEqual([true, true]);
  });
});
