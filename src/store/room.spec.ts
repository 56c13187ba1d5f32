import { Room } from './room.js';

const full = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });

describe('the room that a database has', () => {
  it('is lacking from a refusal until a while after the last one', () => {
    let now = 1_000;
    const room = new Room(() => now);
    expect(room.lack()).toBeUndefined();
    room.failed(full);
    now += 14_000;
    expect(room.lack()).toContain('No space left');
    room.failed(full);
    now += 14_000;
    expect(room.lack()).toContain('No space left');
    now += 2_000;
    expect(room.lack()).toBeUndefined();
  });

  it('is not told by other failures', () => {
    const room = new Room();
    room.failed(Object.assign(new Error('deadlock'), { code: '40P01' }));
    room.failed(new Error('No space left on device'));
    room.failed('53100');
    expect(room.lack()).toBeUndefined();
  });
});
