import { versionOf } from '../../../src/domain/journey/load/load-journey.js';
import { Bench, event, HOUR, shopWith } from './engine-bench.js';

const START = Date.parse('2026-03-01T08:00:00Z');

function shop(last: string, files: Readonly<Record<string, string | undefined>> = {}): ReturnType<typeof shopWith> {
  return shopWith({
    'journeys/waiting.yaml': `journey: waiting
purpose: service
about: repair_id
trigger: { event: repair.received }
steps:
  - wait: 1 hour
  - send: ${last}
`,
    ...files,
  });
}

describe('people inside a journey whose file changes', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    await bench.sql(
      `insert into customer (id, decided_at, created_at, attributes)
       select id, '2026-01-01Z', '2026-01-01Z', '{"phone": "+989121234567"}' from unnest($1::text[]) as t(id)`,
      [['ann', 'bob', 'cat']],
    );
    bench.now = START;
    const { engine } = await bench.engine(shop('hello'));
    await engine.decide({ source: 'http', events: ['ann', 'bob'].map((customer) => received(customer)) });
    bench.now = START + 2 * HOUR;
  });
  afterAll(() => bench.close());

  const received = (customer: string) => event('repair.received', customer, { repair_id: customer });
  const templates = () => bench.sql('select customer_id, template from message order by customer_id');

  it('finish on the file that they entered on; who comes later is on the new one', async () => {
    const { engine } = await bench.engine(shop('bye'));
    await engine.decide({ source: 'http', events: [received('cat')] });
    await engine.decideDueTimers();
    bench.now = START + 4 * HOUR;
    await engine.decideDueTimers();
    expect(await templates()).toEqual([
      { customer_id: 'ann', template: 'hello' },
      { customer_id: 'bob', template: 'hello' },
      { customer_id: 'cat', template: 'bye' },
    ]);
  });

  it('finish on it when the journey is gone altogether', async () => {
    const { engine } = await bench.engine(shop('hello', { 'journeys/waiting.yaml': undefined }));
    expect(await engine.decideDueTimers()).toBe(2);
    expect(await templates()).toHaveLength(2);
  });

  it('are met by an engine that started before the newer file was there', async () => {
    const old = await bench.engine(shop('hello'));
    const newer = await bench.engine(shop('bye'));
    await newer.engine.decide({ source: 'http', events: [received('cat')] });
    bench.now = START + 4 * HOUR;
    expect(await old.engine.decideDueTimers()).toBe(3);
    expect(await templates()).toContainEqual({ customer_id: 'cat', template: 'bye' });
    expect(old.watcher.poison).toEqual([]);
  });

  it('are put aside, they alone, when their file is not kept any more', async () => {
    await bench.sql(`delete from journey_version`);
    await bench.sql(`update enrolment set version = 'gone' where customer_id = 'ann'`);
    const { engine, watcher } = await bench.engine(shop('hello'));
    await engine.decideDueTimers();
    expect(await templates()).toEqual([{ customer_id: 'bob', template: 'hello' }]);
    expect(watcher.poison).toMatchObject([
      { customer: 'ann', error: expect.stringContaining('version gone of journey waiting') as string },
    ]);
    expect(watcher.poison[0]?.error).toContain('not kept any more');
    const outcomes = await engine.decide({ source: 'http', events: [event('visit', 'ann'), event('visit', 'bob')] });
    expect(outcomes.map(({ kind }) => kind)).toEqual(['dead', 'accepted']);
  });

  it('go on where a newer check would refuse their file, which was well when they entered', async () => {
    const kept = `journey: waiting
purpose: service
about: repair_id
trigger: { event: repair.received }
steps:
  - { task: call, results: [solved, no_answer], within: 1 hour, save_as: call, else: [ { send: bye }, { stop: late } ] }
  - choose: [ { when: 'call.result in ["solvd"] or call.result == "solvd"', then: [ send: hello ] } ]
  - stop: =call.result
`;
    const before = kept.replaceAll('solvd', 'solved');
    bench.now = START;
    const { engine: old } = await bench.engine(shop('', { 'journeys/waiting.yaml': before }));
    await old.decide({ source: 'http', events: [received('cat')] });
    // As a version that was loaded before the checker knew better.
    await bench.sql(`update journey_version set source = $1, version = $2 where version = $3`, [
      kept,
      versionOf(kept),
      versionOf(before),
    ]);
    await bench.sql(`update enrolment set version = $1 where customer_id = 'cat'`, [versionOf(kept)]);
    bench.now = START + 2 * HOUR;
    const { engine, live, watcher } = await bench.engine(shop('hello'));
    expect(live.doubts).toEqual([
      expect.stringMatching(/^people are inside version \w+ of journey waiting, .*"solvd"/),
    ]);
    await engine.decideDueTimers();
    expect(watcher.poison).toEqual([]);
    expect(await templates()).toContainEqual({ customer_id: 'cat', template: 'bye' });
  });

  it('are put aside with what is wrong, when their file does not go with today’s templates', async () => {
    const { engine, watcher } = await bench.engine(
      shop('bye', { 'templates/hello/sms.hbs': undefined, 'templates/hi/sms.hbs': 'hi\n' }),
    );
    await engine.decideDueTimers();
    expect(watcher.poison.map(({ customer }) => customer).sort()).toEqual(['ann', 'bob']);
    expect(watcher.poison[0]?.error).toContain('there is no template "hello"');
    // With the template back they go on where they were.
    const restored = await bench.engine(shop('bye'));
    bench.now = START + 3 * HOUR;
    expect(await restored.engine.decideDueTimers()).toBe(2);
    expect(await templates()).toHaveLength(2);
  });
});
