import type { Engine } from '../../../src/engine/engine.js';
import { verify } from '../../../src/explain/verify.js';
import { Bench, event, shopWith } from './engine-bench.js';

const START = Date.parse('2040-03-01T08:00:00Z');

const workspace = shopWith({
  'journeys/knowing.yaml': `journey: knowing
purpose: service
trigger: { event: order.placed }
steps:
  - emit: customer.merged
    data: { from: anon, into: "{{customer.id}}" }
`,
});

describe('a journey that says who is who', () => {
  let bench: Bench;
  let engine: Engine;
  beforeAll(async () => {
    bench = await Bench.open(14);
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
    ({ engine } = await bench.engine(workspace));
  });
  afterAll(() => bench.close());

  it('is heard, as an event of its own after the decision', async () => {
    await engine.decide({ source: 'http', events: [event('visit', 'anon')] });
    await engine.decide({ source: 'http', events: [event('order.placed', 'ann')] });
    while ((await engine.decidePending()) > 0);
    expect(await bench.sql(`select id, merged_into from customer order by 1`)).toEqual([
      { id: 'ann', merged_into: null },
      { id: 'anon', merged_into: 'ann' },
    ]);
    expect(await verify(bench.db, { customer: 'ann' })).toMatchObject({ differences: [] });
    expect(
      await bench.number(`select count(*) from event where customer_id = 'ann' and type = 'customer.merged'`),
    ).toBe(1);
  });
});
