import { Coalescer, IntakeBusyError, IntakeUnavailableError, type CoalescerSettings } from './coalesce.js';
import type { EventDecider, EventOutcome, IncomingEvent } from './intake.js';

function eventOf(customer: string, id = '1'): IncomingEvent {
  return { id, source: '/t', type: 'a.b', customer, time: undefined, data: {} };
}

function events(count: number, prefix = 'c'): IncomingEvent[] {
  return Array.from({ length: count }, (_, at) => eventOf(`${prefix}${String(at)}`));
}

/** A decider whose batches end when the test says so. */
class HeldDecider implements EventDecider {
  readonly batches: (readonly IncomingEvent[])[] = [];
  readonly #open: ((error?: Error) => void)[] = [];
  #arrived: (() => void) | undefined;

  decide({ events: batch }: { readonly events: readonly IncomingEvent[] }): Promise<readonly EventOutcome[]> {
    this.batches.push(batch);
    this.#arrived?.();
    return new Promise((resolve, reject) => {
      this.#open.push((error) => {
        if (error) reject(error);
        else
          resolve(batch.map(({ id }) => (id === 'dead' ? { kind: 'dead', reason: 'poison' } : { kind: 'accepted' })));
      });
    });
  }

  async until(count: number): Promise<void> {
    while (this.batches.length < count) await new Promise<void>((resolve) => (this.#arrived = resolve));
  }

  end(at: number, error?: Error): void {
    this.#open[at]?.(error);
  }
}

function coalescing(settings: Partial<CoalescerSettings> = {}) {
  const decider = new HeldDecider();
  return { decider, coalescer: new Coalescer(decider, { lanes: 1, ...settings }) };
}

describe('HTTP intake’s micro-batches', () => {
  it('brings concurrent requests into one batch, and tells each its own outcomes in its order', async () => {
    const { decider, coalescer } = coalescing();
    const first = coalescer.decide([eventOf('a'), eventOf('b', 'dead')]);
    const second = coalescer.decide([eventOf('c')]);
    await decider.until(1);
    expect(decider.batches).toHaveLength(1);
    expect(decider.batches[0]).toHaveLength(3);
    decider.end(0);
    expect(await first).toEqual([{ kind: 'accepted' }, { kind: 'dead', reason: 'poison' }]);
    expect(await second).toEqual([{ kind: 'accepted' }]);
  });

  it('answers nobody before the commit', async () => {
    const { decider, coalescer } = coalescing();
    let answered = false;
    const request = coalescer.decide([eventOf('a')]).then(() => (answered = true));
    await decider.until(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    decider.end(0);
    await request;
    expect(answered).toBe(true);
  });

  it('starts at once when a batch is full, and cuts what is larger', async () => {
    const { decider, coalescer } = coalescing({ batchSize: 10, delayMs: 60_000 });
    const request = coalescer.decide(events(25));
    expect(decider.batches.map((batch) => batch.length)).toEqual([10]);
    decider.end(0);
    await decider.until(2);
    decider.end(1);
    await decider.until(3);
    expect(decider.batches.map((batch) => batch.length)).toEqual([10, 10, 5]);
    decider.end(2);
    expect(await request).toHaveLength(25);
  });

  it('keeps one customer’s events in order, in one lane, while other lanes go on', async () => {
    const { decider, coalescer } = coalescing({ lanes: 4, delayMs: 0 });
    const one = coalescer.decide([eventOf('a', '1')]);
    await decider.until(1);
    const two = coalescer.decide([eventOf('a', '2'), ...events(40)]);
    await decider.until(4);
    expect(
      decider.batches
        .slice(1)
        .flat()
        .map(({ customer }) => customer),
    ).not.toContain('a');
    decider.end(0);
    await one;
    await decider.until(5);
    expect(decider.batches[4]?.[0]).toMatchObject({ customer: 'a', id: '2' });
    for (let at = 1; at < 5; at += 1) decider.end(at);
    expect(await two).toHaveLength(41);
  });

  it('tells the requests of a failed batch, and no others, that it could not be stored', async () => {
    const { decider, coalescer } = coalescing({ batchSize: 1 });
    const failed = coalescer.decide([eventOf('a')]);
    const fine = coalescer.decide([eventOf('b')]);
    const reason = new Error('connect ECONNREFUSED');
    decider.end(0, reason);
    await expect(failed).rejects.toThrow(IntakeUnavailableError);
    await expect(failed).rejects.toMatchObject({ cause: reason });
    await decider.until(2);
    decider.end(1);
    expect(await fine).toEqual([{ kind: 'accepted' }]);
  });

  it('turns requests away while too much is waiting, and takes them again after', async () => {
    const { decider, coalescer } = coalescing({ batchSize: 2, queueSize: 4 });
    const first = coalescer.decide(events(2));
    const second = coalescer.decide(events(4));
    expect(coalescer.waiting).toBe(4);
    await expect(coalescer.decide(events(1))).rejects.toThrow(IntakeBusyError);
    decider.end(0);
    await first;
    await decider.until(2);
    const third = coalescer.decide(events(1));
    for (let at = 1; at < 4; at += 1) {
      await decider.until(at + 1);
      decider.end(at);
    }
    expect(await second).toHaveLength(4);
    expect(await third).toHaveLength(1);
  });

  it('has nothing to wait for in an empty request', async () => {
    const { decider, coalescer } = coalescing();
    expect(await coalescer.decide([])).toEqual([]);
    expect(decider.batches).toEqual([]);
  });

  it('takes a wrong number of outcomes for a failure', async () => {
    const coalescer = new Coalescer({ decide: async () => [] });
    await expect(coalescer.decide([eventOf('a')])).rejects.toThrow(IntakeUnavailableError);
  });
});
