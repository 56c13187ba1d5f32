import { EngineBeat } from '../../../src/engine/engine-beat.js';
import { PulseService } from '../../../src/pulse/pulse.service.js';
import type { Database } from '../../../src/store/connection.js';
import { pulse } from '../../../src/store/engine/pulse.sql.js';
import { readPendingEvents } from '../../../src/store/engine/read-pending-events.sql.js';
import { Bench, event, shopWith, spying } from './engine-bench.js';

const counting = shopWith({
  'journeys/regulars.yaml': `journey: regulars
purpose: service
trigger: { event: visit, when: count("visit") > 1 }
steps:
  - send: hello
`,
});

const waiting = shopWith({
  'journeys/waiting.yaml': `journey: waiting
purpose: service
trigger: { event: visit }
steps:
  - wait: 1 second
`,
});

describe('the beat of an engine', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(() => bench.clear());
  afterAll(() => bench.close());

  /** Everything that is asked of the database. */
  function counted(asked: string[]): Database {
    return {
      run: (one, values) => {
        asked.push(one.name);
        return bench.db.run(one, values);
      },
      transaction: (work) => {
        asked.push('transaction');
        return bench.db.transaction(work);
      },
      notify: (channel) => bench.db.notify(channel),
      listen: (channel, heard) => bench.db.listen(channel, heard),
    };
  }

  it('asks one question when there is nothing to do', async () => {
    const asked: string[] = [];
    const db = counted(asked);
    const { engine, watcher } = await bench.engine(counting, { db });
    asked.length = 0;
    await new PulseService(db, [new EngineBeat(engine, watcher)]).beat();
    expect(asked).toEqual(['pulse']);
  });

  it('decides timers and looks at messages while pending events come without end', async () => {
    const names: string[] = [];
    const made = { events: 0 };
    const db = spying(bench.db, (name) => void names.push(name));
    const endless: Database = {
      ...db,
      run: async (one, values) => {
        if (one.name === readPendingEvents.name) await addPending((made.events += 1));
        return db.run(one, values);
      },
    };
    const addPending = (no: number) =>
      bench.sql(
        `insert into pending_event (customer_id, id, source, type, time, data)
         values ('bob', $1, '/shop', 'repair.ready', clock_timestamp(), '{"repair_id":"r1"}')`,
        [String(no)],
      );
    const { engine, watcher } = await bench.engine(waiting, { db: endless });
    bench.now = Date.parse('2026-01-01T00:00:00Z');
    await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    bench.now = undefined;
    await addPending(0);
    await new PulseService(bench.db, [new EngineBeat(engine, watcher)]).beat();
    expect(made.events).toBeGreaterThan(0);
    expect(watcher.count('resumed')).toBe(1);
  });

  it('decides the timers of many people two slices at a time, each of them once', async () => {
    const most = { atOnce: 0 };
    let open = 0;
    const db: Database = {
      ...spying(bench.db, () => undefined),
      transaction: async (work) => {
        most.atOnce = Math.max(most.atOnce, (open += 1));
        return bench.db.transaction(work).finally(() => (open -= 1));
      },
    };
    const { engine, watcher } = await bench.engine(waiting, { db });
    bench.now = Date.parse('2026-01-01T00:00:00Z');
    const visits = Array.from({ length: 2_300 }, (_, no) => event('visit', `c${String(no)}`));
    await engine.decide({ source: 'http', events: visits });
    bench.now = undefined;
    most.atOnce = 0;
    await new PulseService(bench.db, [new EngineBeat(engine, watcher)]).beat();
    expect(watcher.count('resumed')).toBe(2_300);
    expect(await bench.number(`select count(*) from enrolment where status = 'active'`)).toBe(0);
    expect(most.atOnce).toBe(2);
    expect(watcher.troubles).toEqual([]);
  });

  it('fills day rows of what happened before it was counted, until there is nothing to do', async () => {
    const before = await bench.engine(shopWith({}));
    const visits = Array.from({ length: 30 }, (_, no) => event('visit', `c${String(no)}`));
    await before.engine.decide({ source: 'http', events: visits });
    const { engine, watcher } = await bench.engine(counting);
    const service = new PulseService(bench.db, [new EngineBeat(engine, watcher)]);
    expect(await bench.db.run(pulse)).toMatchObject([{ unfilled: true }]);
    await service.beat();
    expect(await bench.db.run(pulse)).toMatchObject([{ unfilled: false }]);
    expect(await bench.number('select sum(count) from event_day')).toBe(30);
    expect(watcher.troubles).toEqual([]);
  });

  it('asks again for day rows that could not be had when the journeys were loaded', async () => {
    const { engine, watcher } = await bench.db.transaction(async (backup) => {
      await backup.run({ name: '', text: 'lock table rolled_type in access share mode' });
      const running = await bench.engine(counting);
      const asking = new EngineBeat(running.engine, running.watcher, 0);
      await new PulseService(bench.db, [asking]).beat();
      return running;
    });
    expect(engine.rollupsAreKept).toBe(false);
    expect(watcher.troubles).toEqual([expect.stringContaining('holds rolled_type')]);
    await new PulseService(bench.db, [new EngineBeat(engine, watcher, 0)]).beat();
    expect(engine.rollupsAreKept).toBe(true);
    expect(await bench.sql('select type, filled from rolled_type')).toEqual([{ type: 'visit', filled: true }]);
  });
});
