import fc from 'fast-check';
import type { JsonObject } from '../../../src/domain/json.js';
import { verify, type Verification, type VerifyWhom } from '../../../src/explain/verify.js';
import type { SimulatedEvent } from '../../../src/simulate/simulator.js';
import { putCustomer } from '../../../src/store/customers/put-customer.js';
import { addPauses } from '../../../src/store/pausing/add-pauses.sql.js';
import { settleUnsent } from '../../../src/store/outbox/settle-unsent.sql.js';
import { removePauses } from '../../../src/store/pausing/remove-pauses.sql.js';
import { Bench, DAY, event, HOUR, shopWith, type Running } from '../engine/engine-bench.js';
import { purposes } from '../../given/random-policy.js';
import { eventsFrom, filesWith, journeyFile, UNTIL_AFTER } from '../engine/random-journeys.js';

/** Ahead of the database's clock, so that a customer who is put stands where the story is. */
const START = Date.parse('2040-03-01T00:00:00Z');

const everyone: VerifyWhom = { sample: 10_000, seed: 1 };

describe('what is kept', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
  });
  beforeEach(() => bench.clear());
  afterAll(() => bench.close());

  const put = (id: string, profile: JsonObject): Promise<unknown> => putCustomer(bench.db, id, profile);
  const check = (whom: VerifyWhom = everyone): Promise<Verification> => verify(bench.db, whom);
  const found = async (): Promise<readonly string[]> =>
    (await check()).differences.map(({ customer, what }) => `${customer}: ${what}`);

  describe('by two engines side by side', () => {
    interface Turn {
      readonly engine: number;
      /** Timers that fell due before are left for the event to decide. */
      readonly isLate: boolean;
      readonly profile: JsonObject | undefined;
    }
    const turn = fc.record<Turn>({
      engine: fc.nat(1),
      isLate: fc.boolean(),
      profile: fc.option(
        fc.constantFrom<JsonObject>(
          { phone: '+989121234567', tier: 'gold' },
          { phone: '+989121234567', email: 'ann@example.com' },
          { email: 'ann@example.com', timezone: 'Europe/Paris' },
          { phone: '+989121234567', consent: { plain: false, market: true } },
          { phone: '+989121234567', consent: { plain: true, market: false } },
        ),
        { nil: undefined, freq: 6 },
      ),
    });

    async function play(engines: readonly Running[], events: readonly SimulatedEvent[], turns: Turn[]): Promise<void> {
      const sorted = [...events].sort((a, b) => a.arrival - b.arrival);
      for (const [place, one] of sorted.entries()) {
        const { engine: which, isLate, profile } = turns[place % turns.length]!;
        const { engine } = engines[which]!;
        if (!isLate) await bench.runTimers(() => engine, one.arrival);
        bench.now = one.arrival;
        if (profile !== undefined) await put(one.customer, profile);
        await engine.decide({ source: 'file', events: [one, sorted[place + 1] ?? one] });
      }
      await bench.runTimers(() => engines[0]!.engine, START + UNTIL_AFTER);
    }

    it('is what would be decided, whatever the journeys and events, also when files change in the middle', async () => {
      const totals = { enrolments: 0, messages: 0 };
      await fc.assert(
        fc.asyncProperty(
          fc.tuple(journeyFile('first'), journeyFile('first'), journeyFile('second')),
          purposes,
          eventsFrom(START),
          fc.array(turn, { minLength: 5, maxLength: 5 }),
          async ([before, after, second], rules, events, turns) => {
            await bench.clear();
            const shop = (first: string) =>
              shopWith({
                'journeys/first.yaml': first,
                'journeys/second.yaml': second,
                ...filesWith(rules),
              });
            await put('ann', {
              phone: '+989120000000',
              email: 'ann@example.com',
              consent: { market: true, quiet: true },
            });
            await put('bob', { phone: '+989120000001', consent: { market: true } });
            const engines = [await bench.engine(shop(before)), await bench.engine(shop(after))];
            await play(engines, events, turns);
            expect(engines.flatMap(({ watcher }) => watcher.poison)).toEqual([]);
            const { enrolments, messages, ...rest } = await check();
            expect(rest).toEqual({ customers: 2, differences: [], unverified: [] });
            totals.enrolments += enrolments;
            totals.messages += messages;
          },
        ),
        {
          numRuns: Number(process.env['PEYK_AGREEMENT_RUNS'] ?? 40),
          seed: Number(process.env['PEYK_AGREEMENT_SEED'] ?? 20_261_122),
        },
      );
      // There was something to be wrong.
      expect(Math.min(...Object.values(totals))).toBeGreaterThan(5);
    }, 300_000);

    it('is what would be decided when they work on the same customers at one time, by the clock', async () => {
      const workspace = shopWith({
        'journeys/counting.yaml': `journey: counting
purpose: service
trigger: { event: visit, when: 'count("visit") > 2' }
entry: { again: always, while_inside: restart }
exit: { event: repair.cancelled }
steps:
  - send: hello
  - wait_for: repair.ready
    at_most: 1 minute
  - send: bye
`,
      });
      const engines = await Promise.all([bench.engine(workspace), bench.engine(workspace)]);
      const ids = Array.from({ length: 30 }, (_, no) => `c${String(no)}`);
      const types = ['visit', 'visit', 'repair.ready', 'repair.cancelled', 'visit'];
      for (let round = 0; round < 6; round += 1) {
        await Promise.all([
          ...engines.map(({ engine }, place) =>
            engine.decide({
              source: 'kafka',
              events: ids.map((id, no) =>
                event(
                  types[(round + place + no) % types.length] ?? 'visit',
                  id,
                  { repair_id: 'r' },
                  { id: String(round) },
                ),
              ),
            }),
          ),
          ...ids.slice(0, 10).map((id) => put(id, { phone: `+98912000${String(1000 + round)}` })),
        ]);
      }
      const { messages, ...rest } = await check();
      expect(rest).toMatchObject({ customers: 30, differences: [], unverified: [] });
      expect(messages).toBeGreaterThan(5);
    });
  });

  it('is what would be decided after a message was taken back before it left: caps count it all the same', async () => {
    const { engine } = await bench.engine(
      shopWith({
        'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes: { service: { consent: not_needed, caps: [ 1 per 30 days ], when_capped: drop } }
channel_order: [sms]
`,
        'journeys/asking.yaml': `journey: asking
purpose: service
trigger: { event: visit }
steps:
  - { send: hello, not_after: 1 hour, else: [ stop: not-told ] }
`,
      }),
    );
    await put('ann', { phone: '+989121234567' });
    bench.now = START;
    await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    bench.now = START + 2 * HOUR;
    await engine.recheckMessages();
    await engine.decidePending();
    await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    expect(await bench.sql('select state, reason from message')).toEqual([{ state: 'suppressed', reason: 'too_late' }]);
    expect(await found()).toEqual([]);
  });

  it('is what would be decided between the failure of a message and the event that tells of it', async () => {
    const { engine } = await bench.engine(
      shopWith({
        'journeys/policy.yaml': `timezone: Asia/Tehran
calendar: jalali
purposes: { service: { consent: not_needed, caps: [ 1 per 30 days ], when_capped: drop } }
channel_order: [sms]
`,
        'journeys/asking.yaml':
          'journey: asking\npurpose: service\ntrigger: { event: visit }\nsteps: [ send: hello ]\n',
      }),
    );
    await put('ann', { phone: '+989121234567' });
    const visit = async (hours: number) => {
      bench.now = START + hours * HOUR;
      await engine.decide({ source: 'http', events: [event('visit', 'ann')] });
    };
    await visit(0);
    const [{ id, lease } = { id: 0, lease: '' }] = await bench.sql<{ id: number; lease: string }>(
      `update message set state = 'sending', lease = gen_random_uuid() returning id, lease`,
    );
    await bench.db.run(settleUnsent, [[id], [lease], ['failed'], [null], ['no'], [false], [false], ['sms']]);
    await visit(1);
    expect(await bench.number('select count(*) from message')).toBe(1);
    await engine.decidePending();
    await visit(2);
    expect(await bench.number('select count(*) from message')).toBe(2);
    expect(await found()).toEqual([]);
  });

  it('is what would be decided where channels are closed behind messages, in one batch and in two', async () => {
    const { engine } = await bench.engine(
      shopWith({
        'journeys/both.yaml': `journey: both
purpose: service
trigger: { event: visit }
steps:
  - { send: both, via: [sms, email], else: [ stop: not-told ] }
`,
        'templates/both/sms.hbs': 'Hello\n',
        'templates/both/email.hbs': '---\nsubject: Hello\n---\nHello\n',
      }),
    );
    const decide = async (...events: Parameters<typeof engine.decide>[0]['events']) => {
      bench.now = (bench.now ?? START) + HOUR;
      await engine.decide({ source: 'http', events });
      await engine.decidePending();
    };
    for (const id of ['ann', 'bob', 'cat', 'dan', 'eve'])
      await put(id, { phone: '+989121234567', email: `${id}@example.com` });
    const visit = (id: string) => event('visit', id);
    const no = (id: string, channel: string) => event('consent.withdrawn', id, { purpose: 'service', channel });
    await decide(visit('ann'), no('ann', 'email'), visit('bob'), no('bob', 'sms'), visit('cat'), visit('dan'));
    await decide(no('cat', 'email'), no('dan', 'sms'), visit('eve'), no('eve', 'sms'), no('eve', 'email'));
    await decide(no('cat', 'sms'));
    const kept = 'select customer_id, state, channel, jsonb_array_length(fallbacks) as more from message order by 1';
    expect((await bench.sql(kept)).map(Object.values)).toEqual([
      ['ann', 'queued', 'sms', 0],
      ['bob', 'queued', 'email', 0],
      ['cat', 'withdrawn', 'sms', 0],
      ['dan', 'queued', 'email', 0],
    ]);
    expect(await bench.sql(`select customer_id from enrolment where reason = 'not-told' order by 1`)).toEqual([
      { customer_id: 'cat' },
      { customer_id: 'eve' },
    ]);
    expect(await found()).toEqual([]);
  });

  describe('and is not as it would be decided, is found:', () => {
    const workspace = shopWith({
      'journeys/waiting.yaml': `journey: waiting
purpose: service
about: repair_id
trigger: { event: repair.received }
exit: { event: repair.cancelled }
steps:
  - send: hello
  - wait_for: repair.estimated
    save_as: estimate
    at_most: 5 days
  - send: counted
  - wait: 2 days
  - send: bye
`,
      'templates/counted/sms.hbs': '{{trigger.repair_id}} {{default estimate.cost "-"}}\n',
      'templates/bye/email.hbs': '---\nsubject: Bye\n---\nBye {{trigger.repair_id}}\n',
      'templates/bye/sms.hbs': undefined,
    });

    beforeEach(async () => {
      const { engine } = await bench.engine(workspace);
      for (const id of ['ann', 'bob', 'cat']) await put(id, { phone: '+989121234567', email: `${id}@example.com` });
      const tell = async (hour: number, type: string, data: JsonObject = {}, ids = ['ann', 'bob', 'cat']) => {
        bench.now = START + hour * HOUR;
        const events = ids.map((id) => event(type, id, { repair_id: 'r1', ...data }));
        await engine.decide({ source: 'http', events });
      };
      await tell(0, 'repair.received');
      await tell(10, 'repair.estimated', { cost: 5000 });
      await tell(12, 'repair.cancelled', {}, ['cat']);
      await bench.runTimers(() => engine, START + 4 * DAY);
      expect(await check()).toEqual({ customers: 3, enrolments: 3, messages: 8, differences: [], unverified: [] });
    });

    it.each([
      [
        'the text of a message',
        `update message set content = content || '{"text": "another"}' where customer_id = 'ann' and template = 'counted'`,
        [/^ann: message waiting\/2 \S+ \S+\.content\.text$/],
      ],
      [
        'what an e-mail is made of',
        `update message set content = jsonb_set(content, '{context,trigger,repair_id}', '"r2"') where customer_id = 'ann' and channel = 'email'`,
        [/^ann: message .*\.content\.context\.trigger\.repair_id$/],
      ],
      [
        'an address',
        `update message set address = '+989127654321' where customer_id = 'ann' and template = 'hello'`,
        [/^ann: message .*\.address$/],
      ],
      [
        'a message that is missing',
        `delete from message where customer_id = 'bob' and template = 'hello'`,
        [/^bob: message waiting\/2 \S+ \S+Z$/],
      ],
      [
        'a message too many',
        `insert into message select (m).* from (select jsonb_populate_record(m, '{"id": 1, "step": "more"}') as m from message m where customer_id = 'bob' and template = 'hello') t`,
        [/^bob: message waiting\/2 more \S+Z$/],
      ],
      [
        'a message that went twice',
        `insert into message select (m).* from (select jsonb_populate_record(m, '{"id": 1}') as m from message m where customer_id = 'bob' and template = 'hello') t`,
        [/^bob: message waiting\/2 \S+ \S+Z$/],
      ],
      [
        'a message that an exit should have taken back',
        `update message set state = 'queued', reason = null where customer_id = 'cat' and template = 'hello'`,
        [/^cat: message .*\.state$/],
      ],
      [
        'a message taken back for no reason',
        `update message set state = 'withdrawn', reason = 'exit' where customer_id = 'ann' and template = 'hello'`,
        [/^ann: message .*\.state$/],
      ],
      [
        'the step of an enrolment',
        `update enrolment set step = 'elsewhere' where customer_id = 'ann'`,
        [/^ann: enrolment waiting\/2\.step$/],
      ],
      [
        'how an enrolment ended',
        `update enrolment set status = 'active', reason = null where customer_id = 'cat'`,
        [/\.status$/, /\.reason$/],
      ],
      [
        'a name that was saved',
        `update enrolment set state = jsonb_set(state, '{saved,estimate,cost}', '1') where customer_id = 'ann'`,
        [/^ann: enrolment waiting\/2\.saved\.estimate\.cost$/],
      ],
      [
        'a version',
        `update enrolment set version = 'other' where customer_id = 'ann'`,
        [/^ann: enrolment waiting\/2\.version$/],
      ],
      [
        'an enrolment that is missing',
        `delete from enrolment where customer_id = 'cat'`,
        [/^cat: enrolment waiting\/2$/],
      ],
      [
        'an enrolment too many',
        `insert into enrolment select (e).* from (select jsonb_populate_record(e, '{"seq": 3, "key": "x"}') as e from enrolment e where customer_id = 'ann') t`,
        [/^ann: enrolment waiting\/3$/],
      ],
      [
        'an attribute',
        `update customer set attributes = '{"phone": "+989120000000"}' where id = 'ann'`,
        [/^ann: attributes\.email$/, /^ann: attributes\.phone$/],
      ],
    ])('%s', async (_, tampering, expected) => {
      await bench.sql(tampering);
      const lines = await found();
      expect(lines).toHaveLength(expected.length);
      for (const [place, pattern] of expected.entries()) expect(lines[place]).toMatch(pattern);
    });

    it('with what was expected beside it', async () => {
      await bench.sql(
        `update message set content = content || '{"text": "x"}' where customer_id = 'ann' and template = 'counted'`,
      );
      const { differences } = await check({ customer: 'ann' });
      expect(differences).toMatchObject([{ customer: 'ann', expected: 'r1 5000', found: 'x' }]);
      expect(await check({ customer: 'bob' })).toMatchObject({ customers: 1, differences: [] });
    });
  });

  describe('and cannot be verified, is said so and not guessed at:', () => {
    beforeEach(async () => {
      bench.now = START;
      const { engine } = await bench.engine(
        shopWith({
          'journeys/short.yaml': `journey: short
purpose: service
trigger: { event: visit }
steps: [{ send: hello }, { wait: 1 hour }]
`,
        }),
      );
      for (const id of ['ann', 'bob']) await put(id, { phone: '+989121234567' });
      await engine.decide({ source: 'http', events: [event('visit', 'ann'), event('visit', 'bob')] });
    });

    it.each([
      ['files that are gone', `update event set bundle = 999 where customer_id = 'ann'`, /bundle 999 are gone/],
      [
        'an event that is gone',
        `delete from event where customer_id = 'ann'`,
        /the event that started short\/2 is not kept/,
      ],
      ['a change that is gone', `delete from customer_change where customer_id = 'ann'`, /decided first is not kept/],
      [
        'a timer that was parked',
        `update enrolment set timers = timers || 'null' where customer_id = 'ann'`,
        /a timer of short/,
      ],
      [
        'a message that was cancelled',
        `update message set state = 'withdrawn', reason = 'cancelled' where customer_id = 'ann'`,
        /withdrawn by hand/,
      ],
    ])('%s', async (_, tampering, why) => {
      await bench.sql(tampering);
      const { differences, unverified } = await check();
      expect(differences).toEqual([]);
      expect(unverified).toEqual([
        { customer: 'ann', what: expect.any(String) as string, why: expect.stringMatching(why) as string },
      ]);
    });

    it('timers that failed for a while', async () => {
      await bench.sql(`update enrolment set version = 'gone' where customer_id = 'ann'`);
      bench.now = START + 2 * HOUR;
      const { engine, watcher } = await bench.engine(shopWith({}));
      await engine.decideDueTimers();
      expect(watcher.poison).toHaveLength(1);
      expect((await check()).unverified).toMatchObject([
        { customer: 'ann', why: expect.stringContaining('a timer') as string },
      ]);
    });
  });

  it('cannot be verified where a journey was paused meanwhile, for those whom it may have concerned', async () => {
    const journey = (name: string, type: string) => `journey: ${name}
purpose: service
trigger: { event: ${type} }
steps: [{ send: hello }]
`;
    const { engine } = await bench.engine(
      shopWith({ 'journeys/one.yaml': journey('one', 'visit'), 'journeys/two.yaml': journey('two', 'repair.ready') }),
    );
    for (const id of ['ann', 'bob']) await put(id, { phone: '+989121234567' });
    await bench.db.run(addPauses, [['journey'], ['one'], 'test']);
    const events = [event('visit', 'ann'), event('repair.ready', 'bob', { repair_id: 'r1' })];
    await engine.decide({ source: 'http', events });
    const unverified = [
      { customer: 'ann', what: 'everything', why: 'journey one was paused when something was decided' },
    ];
    expect(await check()).toEqual({ customers: 2, enrolments: 1, messages: 1, differences: [], unverified });
    await bench.db.run(removePauses, [['journey'], ['one']]);
    expect(await check()).toMatchObject({ differences: [], unverified });
  });

  it('is the same sample for a seed', async () => {
    for (let no = 0; no < 30; no += 1) await put(`c${String(no)}`, { tier: 'gold' });
    const ids = async (seed: number) => {
      await bench.sql(`update customer set attributes = '{}'`);
      const { differences, customers } = await check({ sample: 10, seed });
      expect(customers).toBe(10);
      return differences.map(({ customer }) => customer).sort();
    };
    expect(await ids(1)).toEqual(await ids(1));
    expect(await ids(1)).not.toEqual(await ids(2));
  });
});
