import { TimerQueue } from './timer-queue.js';

function drained(queue: TimerQueue): readonly string[] {
  const taken: string[] = [];
  for (let timer = queue.take(); timer !== undefined; timer = queue.take())
    taken.push(`${String(timer.at)} ${timer.customer}`);
  return taken;
}

describe('the queue of timers', () => {
  it('gives the oldest first, of one instant by customer in code point order', () => {
    const queue = new TimerQueue();
    for (const [at, customer] of [
      [3, 'b'],
      [1, 'z'],
      [3, 'a'],
      [2, '𝒞'],
      [2, 'ﬀ'],
    ] as const)
      queue.add(at, customer);
    expect(queue.first).toEqual({ at: 1, customer: 'z' });
    expect(drained(queue)).toEqual(['1 z', '2 ﬀ', '2 𝒞', '3 a', '3 b']);
  });

  it('is empty when all is taken, and may be filled again', () => {
    const queue = new TimerQueue();
    expect([queue.first, queue.take()]).toEqual([undefined, undefined]);
    queue.add(1, 'a');
    expect(drained(queue)).toEqual(['1 a']);
    queue.add(2, 'b');
    expect(drained(queue)).toEqual(['2 b']);
  });

  it('sorts like a list, whatever comes in between', () => {
    const queue = new TimerQueue();
    let list: number[] = [];
    for (let turn = 0, at = 7; turn < 2_000; turn += 1, at = (at * 48_271) % 2_147_483_647) {
      if (turn % 3 === 2) {
        list.sort((a, b) => a - b);
        expect(queue.take()?.at).toBe(list[0]);
        list = list.slice(1);
      } else {
        queue.add(at % 500, 'c');
        list.push(at % 500);
      }
    }
    expect(drained(queue)).toEqual(list.sort((a, b) => a - b).map((at) => `${String(at)} c`));
  });
});
