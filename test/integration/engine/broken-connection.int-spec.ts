import type { OffsetMove } from '../../../src/intake/intake.js';
import type { Connection } from '../../../src/store/connection.js';
import { Bench, event, shopWith, spying } from './engine-bench.js';

const workspace = shopWith({
  'journeys/greeting.yaml': `journey: greeting
purpose: service
trigger: { event: visit, when: count("visit") >= 1 }
steps:
  - send: hello
`,
});
const move: OffsetMove = { group: 'peyk', topic: 'peyk.events', partition: 0, from: 0n, to: 10n };

describe('a database that goes away in the middle of a batch', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    await bench.sql(
      `insert into kafka_offset (consumer_group, topic, partition, next) values ('peyk', 'peyk.events', 0, 0)`,
    );
  });
  afterAll(() => bench.close());

  async function terminate(tx: Connection): Promise<void> {
    const [row] = await tx.run<{ pid: number }>({ name: '', text: 'select pg_backend_pid() as pid' });
    await bench.sql('select pg_terminate_backend($1, 5000)', [row?.pid]);
  }

  const events = Array.from({ length: 10 }, (_, no) => event('visit', `c${String(no)}`));
  const everything = async (): Promise<unknown> => ({
    events: await bench.number('select count(*) from event'),
    days: await bench.number('select sum(count) from event_day'),
    enrolments: await bench.number('select count(*) from enrolment'),
    next: await bench.number('select next from kafka_offset'),
    dead: await bench.number('select count(*) from dead_letter'),
  });
  const once = { events: 10, days: 10, enrolments: 10, next: 10, dead: 0 };

  it.each(['claim-customers', 'insert-events', 'save-rollups', 'save-enrolments', 'move-offset'])(
    'once, at %s, is not noticed: the whole batch is tried again',
    async (statement) => {
      let broken = 0;
      const db = spying(bench.db, async (name, tx) => {
        if (name === statement && broken++ === 0) await terminate(tx);
      });
      const { engine, watcher } = await bench.engine(workspace, { db });
      const outcomes = await engine.decide({ source: 'kafka', events, move });
      expect(broken).toBe(2);
      expect(outcomes.map(({ kind }) => kind)).toEqual(events.map(() => 'accepted'));
      expect(await everything()).toEqual(once);
      expect(watcher.count('entered')).toBe(10);
      expect(watcher.poison).toEqual([]);
    },
  );

  it('for longer fails as what it is, buries nothing, and bears to be tried again', async () => {
    let away = true;
    const db = spying(bench.db, async (name, tx) => {
      if (name === 'save-rollups' && away) await terminate(tx);
    });
    const { engine, watcher } = await bench.engine(workspace, { db });
    await expect(engine.decide({ source: 'kafka', events, move })).rejects.toThrow(/terminat|connection/i);
    expect(await everything()).toMatchObject({ events: 0, enrolments: 0, next: 0, dead: 0 });
    away = false;
    await engine.decide({ source: 'kafka', events, move });
    expect(await everything()).toEqual(once);
    expect(watcher.poison).toEqual([]);
  });
});
