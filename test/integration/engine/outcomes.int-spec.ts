import { Bench, DAY, event, shopWith, spying } from './engine-bench.js';

const START = Date.parse('2040-03-01T08:00:00Z');

const workspace = shopWith({
  'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes: { service: { consent: not_needed }, marketing: { consent: required } }
opt_out: { words: [لغو], purposes: [marketing] }
channel_order: [sms]
`,
  'journeys/mending.yaml': `journey: mending
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
goal: { event: repair.delivered, value: 7 }
steps:
  - emit: visit
    data: { }
    subject: boss
  - wait: 2 days
  - emit: visit
  - stop: forgotten
`,
});

interface Row {
  readonly customer_id: string;
  readonly type: string;
  readonly source: string;
  readonly id: string;
  readonly data: unknown;
  readonly at: number;
}

describe('what is told outside', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
  });
  afterAll(() => bench.close());

  const rows = () => bench.sql<Row>('select * from outcome order by no');
  const told = async () => (await rows()).map(({ customer_id, type, data }) => [customer_id, type, data]);
  const repair = (type: string, customer = 'ann') => event(`repair.${type}`, customer, { repair_id: 'r1' });
  const begin = async (outcomes = true) => {
    const { engine } = await bench.engine(workspace, { outcomes });
    const decide = (...events: Parameters<typeof engine.decide>[0]['events']) =>
      engine.decide({ source: 'http', events });
    return { engine, decide };
  };

  it('are the events that journeys emit, under the customer they are about, each once', async () => {
    const { engine, decide } = await begin();
    await decide(repair('received'));
    expect(await told()).toEqual([['boss', 'visit', {}]]);
    await engine.decidePending();
    bench.now = START + 3 * DAY;
    await engine.decideDueTimers();
    const [first, second] = await rows();
    expect(await told()).toEqual([
      ['boss', 'visit', {}],
      ['ann', 'visit', {}],
      ['ann', 'journey.exited', { journey: 'mending', key: 'r1', reason: 'forgotten' }],
    ]);
    expect(first).toMatchObject({ source: '/journeys/mending', at: START });
    expect(first?.id).toMatch(/^ann\/mending\/r1\/emit-visit\/e\d+$/);
    expect(second?.at).toBe(START + 3 * DAY);
  });

  it('are goals with their value and exits with their reason, in their order', async () => {
    const { decide } = await begin();
    await decide(repair('received'), repair('received', 'bob'));
    await bench.sql('truncate outcome');
    await decide(repair('delivered'), repair('cancelled', 'bob'));
    const of = { journey: 'mending', key: 'r1' };
    expect(await told()).toEqual([
      ['ann', 'journey.goal', { ...of, value: 7 }],
      ['ann', 'journey.exited', { ...of, reason: 'goal' }],
      ['bob', 'journey.exited', { ...of, reason: 'exit_rule' }],
    ]);
    expect(new Set((await rows()).map(({ source, id }) => `${source} ${id}`)).size).toBe(3);
  });

  it('are receipts, replies and words on consent, without what was written and from where', async () => {
    const { decide } = await begin();
    const receipt = { message_id: '1', journey: 'mending', template: 'hello', channel: 'sms' };
    const failed = event('message.failed', 'ann', { ...receipt, reason: 'no such number' });
    const reply = (text: string) =>
      event('message.received', 'ann', { channel: 'sms', from: '+989121234567', text }, { source: '/sms' });
    await decide(failed, reply('سلام'), reply('لغو'), event('consent.withdrawn', 'ann', { purpose: 'marketing' }));
    await decide(failed, event('visit', 'ann'));
    expect(await told()).toEqual([
      ['ann', 'message.failed', { ...receipt, reason: 'no such number' }],
      ['ann', 'message.received', { channel: 'sms' }],
      ['ann', 'message.received', { channel: 'sms', consent: { marketing: false } }],
      ['ann', 'consent.withdrawn', { purpose: 'marketing' }],
    ]);
    expect((await rows())[1]?.source).toBe('/sms');
  });

  it('is not written where nobody publishes it', async () => {
    const { decide } = await begin(false);
    await decide(repair('received'), repair('delivered'), event('consent.granted', 'ann', { purpose: 'marketing' }));
    expect(await rows()).toEqual([]);
  });

  it('asks for nothing where there is nothing to tell, and goes in one statement', async () => {
    const names: string[] = [];
    const db = spying(bench.db, (name) => void names.push(name));
    const { engine } = await bench.engine(workspace, { db, outcomes: true });
    const inserts = () => names.filter((name) => name === 'insert-outcomes').length;
    await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    expect(inserts()).toBe(0);
    const customers = Array.from({ length: 20 }, (_, no) => `c${String(no)}`);
    await engine.decide({ source: 'http', events: customers.map((id) => repair('received', id)) });
    await engine.decide({ source: 'http', events: customers.map((id) => repair('delivered', id)) });
    expect(inserts()).toBe(2);
  });
});
