import { on, simulated, story } from '../../../test/given/simulation.js';

const received = (data: object = {}) => on('11-21 10:00', 'repair.received', data);
const customers = { 'journeys/customers.yaml': 'tier: text\nseen: integer\nlast_score?: integer\n' };
const journey = (steps: string, top = '') => `${top}trigger: { event: repair.received }\nsteps: [ ${steps} ]`;
const lines = (text: string, data: object = {}, files: Readonly<Record<string, string>> = {}) =>
  simulated({ journey: text, files: { ...files }, events: [received(data)] }).lines;

describe('expressions in steps: what is unknown', () => {
  const fails = '\'=1 / count("visit")\'';

  it('is null where set has it, and takes the attribute away', () => {
    const files = { 'journeys/customers.yaml': 'seen: integer\n' };
    const text = journey(
      `{ set: { seen: 5 } }, { set: { seen: ${fails} }, id: away }, { choose: [ { when: known(customer.seen), then: [ stop: there ] }, { else: [ stop: gone ] } ] }`,
    );
    const told = lines(text, {}, files);
    expect(told.filter(({ kind }) => kind === 'set').map(({ values }) => values)).toEqual([
      { seen: 5 },
      { seen: null },
    ]);
    expect(told.at(-1)).toMatchObject({ reason: 'gone' });
  });

  it('grants nothing', () => {
    expect(lines(journey(`{ grant: '=toman(10) / count("visit")' }`)).map(({ kind }) => kind)).toEqual([
      'entered',
      'exited',
    ]);
  });

  it('makes a condition false, in exits, goals, waits and choices', () => {
    const when = `when: '1 / count("purchase") > 0'`;
    const text = `exit: { event: visit, ${when} }\ngoal: { event: visit, ${when} }\n${journey(`{ wait_for: visit, ${when}, at_most: 1 day }`)}`;
    expect(
      story({ journey: text, events: [received(), on('11-21 11:00', 'visit')] }, 'goal', 'resumed', 'exited'),
    ).toEqual(['11-22 10:00 resumed timeout', '11-22 10:00 exited completed']);
    expect(
      story(
        {
          journey: journey(
            `{ choose: [ { ${when}, then: [ stop: yes ] }, { when: 'not (1 / count("purchase") > 0)', then: [ stop: no ] } ] }`,
          ),
          events: [received()],
        },
        'chosen',
      ),
    ).toEqual(['11-21 10:00 chosen none']);
  });

  it('prints nothing in a text', () => {
    expect(lines(journey('{ stop: "a{{trigger.note}}b" }')).at(-1)).toMatchObject({ reason: 'ab' });
    expect(lines(journey('{ stop: "a{{trigger.note}}b" }'), { note: 'x' }).at(-1)).toMatchObject({ reason: 'axb' });
  });

  it('is left out of what is emitted', () => {
    const text = journey(`{ emit: purchase, data: { amount: 5 rial, kind: '=string(1 / count("visit"))' } }`);
    expect(lines(text).find(({ kind }) => kind === 'emitted')?.['data']).toEqual({ amount: 5 });
  });
});

describe('expressions in steps: names', () => {
  it('are trigger, trigger_event, started_by, customer and now', () => {
    const text = journey(
      `{ stop: '=trigger.repair_id + " " + trigger_event.id + " " + started_by + " " + customer.id + " " + string(now == trigger_event.time)' }`,
    );
    expect(
      simulated({ journey: text, events: [on('11-21 10:00', 'repair.received', {}, { id: 'e9' })] }).lines.at(-1),
    ).toMatchObject({
      reason: 'r1 e9 repair.received c1 true',
    });
  });

  it('trigger_event is not there where a clock or a launch started it', () => {
    const steps =
      'steps: [ { choose: [ { when: known(trigger_event), then: [ stop: "{{trigger_event.id}}" ] }, { else: [ stop: none ] } ] } ]';
    const launched = story(
      { journey: `trigger: { manual: {} }\n${steps}`, launches: [{ at: '11-21 10:00' }] },
      'exited',
    );
    expect(launched).toEqual(['11-21 10:00 exited none']);
    expect(
      story(
        { journey: `trigger: { event: visit }\n${steps}`, events: [on('11-21 10:00', 'visit', {}, { id: 'e1' })] },
        'exited',
      ),
    ).toEqual(['11-21 10:00 exited e1']);
  });

  it('event is the event under test, trigger what started it', () => {
    const text = `about: repair_id\n${journey('{ wait_for: repair.estimated, when: "event.cost > default(trigger.cost, toman(0))" }')}`;
    const estimated = (cost: number) => on('11-21 11:00', 'repair.estimated', { cost });
    const told = (cost: number) =>
      story({ journey: text, events: [received({ cost: 50 }), estimated(cost)] }, 'resumed');
    expect([told(50), told(51)].map(({ length }) => length)).toEqual([0, 1]);
  });

  it('of save_as are there below the step that saves them', () => {
    const text = `about: repair_id\n${journey('{ wait_for: repair.estimated, save_as: one }, { wait_for: repair.estimated, since: last_wait, save_as: two }, { stop: "{{one.cost}} {{two.cost}}" }')}`;
    const events = [
      received(),
      on('11-21 11:00', 'repair.estimated', { cost: 5 }),
      on('11-21 12:00', 'repair.estimated', { cost: 7 }),
    ];
    expect(story({ journey: text, events }, 'exited')).toEqual(['11-21 12:00 exited 5 7']);
  });

  it('see what an earlier step of the same decision has set', () => {
    const text = journey(
      '{ set: { tier: gold, seen: 3 } }, { set: { seen: \'=default(customer.seen, 0) + 1\' }, id: more }, { choose: [ { when: customer.tier == "gold" and customer.seen == 4, then: [ stop: seen ] } ] }',
    );
    expect(lines(text, {}, customers).at(-1)).toMatchObject({ reason: 'seen' });
  });

  it('see what an earlier enrolment of the same event has set', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ { set: { locale: en } } ]',
      b: 'trigger: { event: visit, when: customer.locale == "en" }\nsteps: [ stop: seen ]',
      c: 'trigger: { event: visit }\nsteps: [ { wait: 1 day } ]\nexit: { event: visit, when: customer.locale == "en" }',
    };
    expect(story({ journeys, events: [on('11-21 10:00', 'visit')] }, 'entered', 'exited')).toEqual([
      '11-21 10:00 a entered visit',
      '11-21 10:00 a exited completed',
      '11-21 10:00 b entered visit',
      '11-21 10:00 b exited seen',
      '11-21 10:00 c entered visit',
      '11-22 10:00 c exited completed',
    ]);
  });

  it('of with are evaluated where the message is sent', () => {
    const files = { 'templates/hello/sms.hbs': '{{left}} {{fa_digits count}}\n' };
    const text = journey(
      `{ send: hello, with: { left: "x{{trigger.repair_id}}", count: '=count("repair.received")' } }`,
    );
    expect(lines(text, {}, files).find(({ kind }) => kind === 'sent')).toMatchObject({ text: 'xr1 ۱' });
  });
});

describe('expressions in steps: history', () => {
  it('includes the event under test, at the instant of the decision', () => {
    const text =
      'trigger: { event: visit }\nexit: { event: purchase, when: \'count("purchase", "1 day") == 2\' }\nsteps: [ wait: 9 days ]';
    const buys = (time: string) => on(time, 'purchase', { amount: 1 });
    const told = (...times: readonly string[]) =>
      story({ journey: text, events: [on('11-21 10:00', 'visit'), ...times.map(buys)] }, 'exited')[0];
    expect(told('11-21 11:00', '11-21 12:00')).toBe('11-21 12:00 exited exit_rule');
    expect(told('11-21 11:00', '11-22 11:00')).toBe('11-30 10:00 exited completed');
  });

  it('is seen by a timer as it is then', () => {
    const text = journey(
      '{ wait: 1 day }, { choose: [ { when: \'count("visit", "1 day") == 1\', then: [ stop: one ] }, { else: [ stop: none ] } ] }',
    );
    const told = (time: string) => story({ journey: text, events: [received(), on(time, 'visit')] }, 'exited');
    expect(told('11-21 10:00:01')).toEqual(['11-22 10:00 exited one']);
    expect(told('11-21 10:00')).toEqual(['11-22 10:00 exited none']);
    expect(told('11-22 10:00')).toEqual(['11-22 10:00 exited one']);
  });

  it('of audiences is that of the instant of the decision', () => {
    const files = {
      'journeys/audiences.yaml': 'fresh: count("visit", "1 day") > 0\nstale: not in_audience("fresh")\n',
    };
    const text = journey(
      '{ wait: 1 day }, { choose: [ { when: in_audience("stale"), then: [ stop: stale ] }, { when: in_audience("fresh"), then: [ stop: fresh ] } ] }',
    );
    const told = (time: string) => story({ journey: text, files, events: [received(), on(time, 'visit')] }, 'exited');
    expect(told('11-21 12:00')).toEqual(['11-22 10:00 exited fresh']);
    expect(told('11-21 09:00')).toEqual(['11-22 10:00 exited stale']);
  });

  it('gives scores and their quintiles among all customers', () => {
    const files = { 'journeys/scores.yaml': 'visits: count("visit") * 10\n' };
    const text =
      'trigger: { event: purchase }\nsteps: [ { stop: \'=string(score("visits")) + " " + string(default(quintile("visits"), 0))\' } ]';
    const people = ['a', 'b', 'c', 'd', 'e'];
    const visits = people.flatMap((subject, number) =>
      Array.from({ length: number }, () => on('11-21 10:00', 'visit', {}, { subject })),
    );
    const buys = people.map((subject) => on('11-21 11:00', 'purchase', { amount: 1 }, { subject }));
    const told = simulated({
      journey: text,
      files,
      customers: [],
      events: [...people.map((subject) => on('11-21 09:00', 'repair.received', {}, { subject })), ...visits, ...buys],
    }).lines;
    expect(told.filter(({ kind }) => kind === 'exited').map(({ reason }) => reason)).toEqual([
      '0 1',
      '10 2',
      '20 3',
      '30 4',
      '40 5',
    ]);
  });
});
