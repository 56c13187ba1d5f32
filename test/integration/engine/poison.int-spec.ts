import { FencedError, type DeadLetter, type OffsetMove } from '../../../src/intake/intake.js';
import { Bench, event, shopWith, spying } from './engine-bench.js';

const workspace = shopWith({
  'journeys/waiting.yaml': `journey: waiting
purpose: service
trigger: { event: visit }
entry: { while_inside: restart }
steps:
  - wait: 1 hour
`,
});
const people = Array.from({ length: 500 }, (_, no) => `c${String(no)}`);
const move: OffsetMove = { group: 'peyk', topic: 'peyk.events', partition: 0, from: 100n, to: 600n };

interface Letter {
  readonly key: string;
  readonly place: string;
  readonly reason: string;
  readonly payload: Buffer;
}

describe('what cannot be decided', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    await bench.sql(
      `insert into kafka_offset (consumer_group, topic, partition, next) values ('peyk', 'peyk.events', 0, 100)`,
    );
  });
  afterAll(() => bench.close());

  const next = (): Promise<number> => bench.number('select next from kafka_offset');
  const letters = (): Promise<Letter[]> =>
    bench.sql<Letter>('select key, place, reason, payload from dead_letter order by no');
  const visits = () => people.map((customer) => event('visit', customer));

  async function corrupt(customer: string) {
    const running = await bench.engine(workspace);
    await running.engine.decide({ source: 'http', events: [event('visit', customer)] });
    await bench.sql(`update enrolment set state = '[]' where customer_id = $1`, [customer]);
    return running;
  }

  it('is one dead letter with its reason, and all others of its batch commit with their offset', async () => {
    const { engine, watcher } = await corrupt('c321');
    const events = visits();
    const outcomes = await engine.decide({ source: 'kafka', events, move });
    const dead = outcomes.flatMap((outcome, place) => (outcome.kind === 'dead' ? [[place, outcome.reason]] : []));
    expect(dead).toEqual([[321, expect.stringContaining('c321/waiting') as string]]);
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(499);
    expect(await bench.number(`select count(*) from event where customer_id <> 'c321'`)).toBe(499);
    expect(await next()).toBe(600);
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ key: 'c321', place: 'engine', reason: dead[0]?.[1] });
    expect(JSON.parse(String(letter?.payload))).toMatchObject({ specversion: '1.0', type: 'visit', subject: 'c321' });
    expect(watcher.results).toEqual({ accepted: 500, duplicate: 0, dead: 1 });
    expect(watcher.poison.map(({ customer }) => customer)).toEqual(['c321']);
  });

  it('is one dead letter, however often it is read', async () => {
    const { engine } = await corrupt('c0');
    const one = event('visit', 'c0');
    for (let time = 0; time < 3; time += 1) {
      await engine.decide({ source: 'http', events: [one, event('visit', 'c1')] });
    }
    expect(await letters()).toHaveLength(1);
  });

  it('is kept with the time that it had, were it the beginning of all times', async () => {
    const { engine } = await corrupt('c0');
    await engine.decide({ source: 'http', events: [event('visit', 'c0', {}, { time: 0 })] });
    const [letter] = await letters();
    expect(JSON.parse(String(letter?.payload))).toMatchObject({ time: '1970-01-01T00:00:00.000Z' });
  });

  it('does not keep letters of others from being kept', async () => {
    const { engine } = await corrupt('c3');
    const refused: DeadLetter = {
      ...{
        source: 'kafka' as const,
        origin: 'peyk.events/0/105',
        topic: 'peyk.events',
        key: 'x',
        payload: Buffer.from('{'),
      },
      ...{ headers: {}, place: 'body', reason: 'is no JSON' },
    };
    await engine.decide({ source: 'kafka', events: visits().slice(0, 8), dead: [refused], move });
    expect((await letters()).map(({ place }) => place).sort()).toEqual(['body', 'engine']);
    expect(await next()).toBe(600);
  });

  it.each([
    ['NUL in its data', { data: { shop: 'a\0b' } }],
    ['half of a surrogate pair in its data', { data: { shop: 'a\ud800b' } }],
    ['NUL in a name of its data', { data: { 'a\0': 1 } }],
    ['NUL in its id', { id: 'a\0b' }],
    ['NUL in its source', { source: '/\0' }],
    ['NUL for a customer', { customer: 'c\0' }],
    ['an id that is too long for any index', { id: randomText(5_000) }],
    ['no customer', { customer: '' }],
  ])('is an event with %s that slipped through', async (what, given) => {
    const { engine } = await bench.engine(workspace);
    const bad = event('visit', 'c2', {}, given);
    const outcomes = await engine.decide({
      source: 'kafka',
      events: [event('visit', 'c1'), bad, event('visit', 'c3')],
      move,
    });
    const expected = what.startsWith('an id') ? 'accepted' : 'dead';
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', expected, 'accepted']);
    expect(await next()).toBe(600);
    expect(await letters()).toHaveLength(expected === 'dead' ? 1 : 0);
  });

  it('has an id of any length', async () => {
    const { engine } = await corrupt('c0');
    const outcomes = await engine.decide({
      source: 'http',
      events: [event('visit', 'c0', {}, { id: randomText(9_000) })],
    });
    expect(outcomes).toMatchObject([{ kind: 'dead' }]);
  });

  it('writes nothing, whole or in halves, when somebody else has moved the offset', async () => {
    const { engine, watcher } = await corrupt('c3');
    await bench.sql('update kafka_offset set next = 250');
    const before = await bench.number('select count(*) from event');
    await expect(engine.decide({ source: 'kafka', events: visits().slice(5, 9), move })).rejects.toThrow(FencedError);
    await expect(engine.decide({ source: 'kafka', events: visits().slice(0, 9), move })).rejects.toThrow(FencedError);
    expect(await bench.number('select count(*) from event')).toBe(before);
    expect(await letters()).toEqual([]);
    expect(await next()).toBe(250);
    expect(watcher.results).toEqual({ accepted: 1, duplicate: 0, dead: 0 });
  });

  it('moves the offset in the transaction of the last part, and not before', async () => {
    const seen: number[] = [];
    const db = spying(bench.db, async (name) => {
      if (name === 'insert-events') seen.push(await next());
    });
    await corrupt('c3');
    const { engine } = await bench.engine(workspace, { db });
    await engine.decide({ source: 'kafka', events: visits().slice(0, 8), move });
    expect(new Set(seen)).toEqual(new Set([100]));
    expect(await next()).toBe(600);
  });

  it('is not what a listener makes of a batch that has been committed', async () => {
    const { engine, watcher } = await bench.engine(workspace);
    watcher.decided = () => {
      throw new Error('no room for more metrics');
    };
    await expect(engine.decide({ source: 'http', events: [event('visit', 'c1')] })).rejects.toThrow('no room');
    expect(await letters()).toEqual([]);
    expect(await bench.number('select count(*) from event')).toBe(1);
  });
});

/** Text that no compression makes short. */
function randomText(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}
