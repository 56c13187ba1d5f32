import type { Connection, Database, Statement } from '../store/connection.js';
import { silentObserver } from './ports.js';
import { Settler } from './settler.js';
import { senderSettings } from './settings.js';
import type { Settlement } from './settlement.js';

/** Takes batches as long as it likes them; an outcome named `bad` never. */
class PickyDatabase implements Database {
  readonly settled: number[] = [];
  refusals = 0;

  run<Row>(_statement: Statement<Row>, values: readonly unknown[] = []): Promise<Row[]> {
    const ids = values[0] as number[];
    if (this.refusals > 0) {
      this.refusals -= 1;
      return Promise.reject(new Error('Connection terminated'));
    }
    if (ids.includes(13)) return Promise.reject(Object.assign(new Error('bad data'), { code: '22021' }));
    this.settled.push(...ids);
    return Promise.resolve([{ settled: ids.length, followed: false } as Row]);
  }

  transaction<T>(work: (tx: Connection) => Promise<T>): Promise<T> {
    return work(this);
  }

  notify(): Promise<void> {
    return Promise.resolve();
  }

  listen(): Promise<() => Promise<void>> {
    return Promise.resolve(() => Promise.resolve());
  }
}

function settlerOn(database: Database): { settler: Settler; add: (id: number) => void; troubles: string[] } {
  const troubles: string[] = [];
  const observer = { ...silentObserver, trouble: (what: string) => troubles.push(what) };
  const settler = new Settler(database, senderSettings({ settleEveryMs: 1 }), observer, () => undefined);
  const settlement: Settlement = { kind: 'sent', providerId: undefined, cost: undefined };
  const add = (id: number): void => {
    const message = { id, customer: 'ali', purpose: 'news', channel: 'sms', provider: 'p' } as const;
    settler.add({ message, lease: 'token', settlement });
  };
  return { settler, add, troubles };
}

describe('the settler', () => {
  it('keeps outcomes while the database is away and writes them in order when it is back', async () => {
    const database = new PickyDatabase();
    database.refusals = 2;
    const { settler, add, troubles } = settlerOn(database);
    [1, 2, 3].forEach(add);
    await settler.drain();
    expect(database.settled).toEqual([1, 2, 3]);
    expect(troubles).toEqual(['settle', 'settle']);
    expect(settler.stuck).toBe(false);
  });

  it('leaves out the one outcome that cannot be written', async () => {
    const database = new PickyDatabase();
    const { settler, add } = settlerOn(database);
    [11, 12, 13, 14].forEach(add);
    await settler.drain();
    expect(database.settled).toEqual([11, 12, 14]);
  }, 20_000);

  it('writes nothing more once it is stopped', async () => {
    const database = new PickyDatabase();
    const { settler, add } = settlerOn(database);
    settler.stop();
    add(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(database.settled).toEqual([]);
  });
});
