import { explainKept } from '../../../src/explain/explain-kept.js';
import { printExplanation } from '../../../src/explain/print-explanation.js';
import { tellExplanation } from '../../../src/explain/tell/tell-explanation.js';
import { putCustomer } from '../../../src/store/customers/put-customer.js';
import { addPauses } from '../../../src/store/pausing/add-pauses.sql.js';
import { removePauses } from '../../../src/store/pausing/remove-pauses.sql.js';
import { Bench, event, HOUR, shopWith } from '../engine/engine-bench.js';

/** Ahead of the database's clock, so that a customer who is put stands where the story is. */
const START = Date.parse('2040-03-01T08:30:00Z');

const workspace = shopWith({
  'journeys/repair.yaml': `journey: repair
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - send: hello
  - wait_for: repair.estimated
    when: event.cost > toman(100)
    at_most: 5 days
  - send: bye
`,
  'journeys/thanks.yaml': `journey: thanks
purpose: service
trigger: { event: purchase.completed, when: event.amount >= toman(100000) }
steps: [{ send: bye }]
`,
});

describe('peyk explain on the live database', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(async () => {
    await bench.clear();
    bench.now = START;
    const { engine } = await bench.engine(workspace);
    await putCustomer(bench.db, 'ann', { phone: '+989121234567' });
    const purchase = { amount: 50_000, kind: 'phone', order: { id: 1 } };
    await engine.decide({ source: 'http', events: [event('repair.received', 'ann', { repair_id: 'r1' })] });
    bench.now = START + HOUR;
    await engine.decide({
      source: 'http',
      events: [
        event('purchase.completed', 'ann', purchase),
        event('repair.estimated', 'ann', { repair_id: 'r1', cost: 500 }),
      ],
    });
  });
  afterAll(() => bench.close());

  const explained = (customer = 'ann', journey?: string) => explainKept(bench.db, { customer, journey });
  const told = async (journey?: string): Promise<readonly string[]> =>
    tellExplanation(await explained('ann', journey), 'en').map((line) => line.trim());

  it('tells every rule that was asked, with what it saw then', async () => {
    const lines = await told();
    expect(lines).toContain(
      'trigger purchase.completed: event.amount >= toman(100000) → no: event.amount is 50,000 rials',
    );
    expect(lines).toContain('wait for repair.estimated, arm 1: event.cost > toman(100) → no: event.cost is 500 rials');
    expect(lines.find((line) => line.startsWith('now: '))).toMatch(
      /^now: at wait-for-repair-estimated: waits for repair.estimated until /,
    );
    expect(lines.some((line) => line.startsWith('not known'))).toBe(false);
  });

  it('tells where a message is in the outbox, what its provider answered, and what holds it', async () => {
    expect((await told()).find((line) => line.startsWith('message '))).toMatch(
      /hello by sms to \+989121234567: queued since/,
    );
    await bench.db.run(addPauses, [['channel'], ['sms'], 'by the command line']);
    expect((await told()).find((line) => line.startsWith('message '))).toMatch(
      /; channel sms is paused since .* \(by the command line\)$/,
    );
    await bench.sql(
      `update message set state = 'failed', settled_at = created_at, attempts = 1, provider = 'kavenegar', reason = '411 receptor is wrong'`,
    );
    expect((await told()).find((line) => line.startsWith('message '))).toMatch(
      /: failed at .*; by kavenegar; answer: 411 receptor is wrong$/,
    );
  });

  it('tells of one journey only', async () => {
    const lines = await told('thanks');
    expect(lines[0]).toBe('thanks: did not enter');
    expect(lines.join('\n')).not.toContain('repair');
  });

  it('tells that a journey was paused when somebody would have started', async () => {
    await bench.db.run(addPauses, [['journey'], ['repair'], 'by the command line']);
    const { engine } = await bench.engine(workspace);
    await putCustomer(bench.db, 'bob', { phone: '+989121234568' });
    await engine.decide({ source: 'http', events: [event('repair.received', 'bob', { repair_id: 'r2' })] });
    const lines = tellExplanation(await explained('bob'), 'en').map((line) => line.trim());
    expect(lines.slice(1, 3)).toEqual([expect.stringMatching(/did not enter: paused$/), 'the journey was paused']);
    expect((await told()).find((line) => line.startsWith('now: '))).toMatch(
      /; the journey is paused since .*, and its timers are held$/,
    );
  });

  it('tells why just before, after and between pauses, where it can be seen from what is kept', async () => {
    bench.now = undefined;
    const { engine } = await bench.engine(workspace);
    await putCustomer(bench.db, 'eve', { phone: '+989121234569' });
    const decide = (...events: Parameters<typeof engine.decide>[0]['events']) =>
      engine.decide({ source: 'http', events });
    await decide(event('repair.received', 'eve', { repair_id: 'r1' }));
    await bench.db.run(addPauses, [['journey'], ['repair'], 'by the command line']);
    await decide(event('repair.received', 'eve', { repair_id: 'r2' }));
    await decide(event('repair.estimated', 'eve', { repair_id: 'r1', cost: 5_000 }));
    await bench.db.run(removePauses, [['journey'], ['repair']]);
    await decide(event('repair.received', 'eve', { repair_id: 'r3' }));
    await bench.db.run(addPauses, [['journey'], ['repair'], 'by the command line']);
    const lines = tellExplanation(await explained('eve'), 'en').map((line) => line.trim());
    expect(lines.filter((line) => line.startsWith('not known'))).toEqual([]);
    expect(lines.filter((line) => /repair · |entered|did not enter/.test(line))).toEqual([
      'repair · r1',
      expect.stringMatching(/ entered by repair.received$/),
      'repair · r2: did not enter',
      expect.stringMatching(/ did not enter: paused$/),
      'repair · r3',
      expect.stringMatching(/ entered by repair.received$/),
    ]);
    expect(lines).toContainEqual(expect.stringMatching(/wait-for-repair-estimated: goes on by repair.estimated$/));
    expect(
      lines.filter((line) => line.startsWith('message ') && line.includes('journey repair is paused since')),
    ).toHaveLength(3);
    expect(lines.filter((line) => line.startsWith('now: '))).toEqual([
      expect.stringMatching(/^now: left at /),
      expect.stringMatching(/; the journey is paused since .*, and its timers are held$/),
    ]);
  });

  it('says what was pruned, guesses nothing, and tells what is still kept', async () => {
    await bench.sql(`delete from event where type = 'repair.received'`);
    const explanation = await explained();
    expect(explanation.heard).toEqual([]);
    const lines = tellExplanation(explanation, 'en').map((line) => line.trim());
    expect(lines.at(-1)).toMatch(/^not known: the event that started repair\/\d+ is not kept$/);
    expect(lines.some((line) => line.startsWith('message '))).toBe(true);
    expect(lines.some((line) => line.startsWith('now: at wait-for-repair-estimated'))).toBe(true);
  });

  it('says where what is kept is otherwise than it would be decided', async () => {
    await bench.sql(`update message set content = content || '{"text": "another"}'`);
    expect((await told()).at(-1)).toMatch(
      /^not known: why some things are kept otherwise.*peyk explain --verify --customer ann`$/,
    );
  });

  it('prints the same as JSON, a line each', async () => {
    const lines = printExplanation(await explained()).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ message }) => message !== undefined)).toMatchObject({
      journey: 'repair',
      key: 'r1',
      message: { template: 'hello', state: 'queued', paused_by: [] },
    });
    expect(lines.filter(({ stands }) => stands !== undefined)).toHaveLength(1);
  });

  it('names who may have been meant', async () => {
    await expect(explained('anne')).rejects.toThrow('there is no customer "anne"; did you mean "ann"?');
    await expect(explained('ann', 'repairs')).rejects.toThrow('there is no journey "repairs"; did you mean "repair"?');
  });
});
