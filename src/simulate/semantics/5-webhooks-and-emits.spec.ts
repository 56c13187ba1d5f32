import { c1, on, simulated, story } from '../../../test/given/simulation.js';

const visit = on('11-21 10:00', 'visit');
const journey = (steps: string, top = '') => `${top}trigger: { event: visit }\nsteps: [ ${steps} ]`;

describe('a web hook', () => {
  const hook =
    '{ webhook: "https://example.com/{{customer.id}}", body: { id: =customer.id }, save_as: answer, else: [ stop: failed ] }';

  it('answers 200 with an empty body unless told otherwise', () => {
    const { lines } = simulated({
      journey: journey(`${hook}, { stop: "{{answer.status}}|{{answer.body}}" }`),
      events: [visit],
    });
    expect(lines.slice(1)).toEqual([
      {
        at: '2026-11-21T06:30:00.000Z',
        kind: 'webhook',
        customer: 'c1',
        journey: 'test',
        step: 'webhook',
        url: 'https://example.com/c1',
        status: 200,
      },
      {
        at: '2026-11-21T06:30:00.000Z',
        kind: 'exited',
        customer: 'c1',
        journey: 'test',
        step: 'stop-2',
        reason: '200|',
      },
    ]);
  });

  it('whose journey is left before it answers tells nothing', () => {
    const text = journey(`{ emit: purchase, data: { amount: =toman(1) } }, ${hook}`, 'exit: { event: purchase }\n');
    expect(story({ journey: text, events: [visit] }, 'webhook', 'exited')).toEqual(['11-21 10:00 exited exit_rule']);
  });

  it('that does not answer 2xx leads to else', () => {
    const told = (status: number) =>
      story(
        { journey: journey(`${hook}, { stop: well }`), events: [visit], webhookResults: { webhook: { status } } },
        'exited',
      ).map((line) => line.slice(12));
    expect([199, 200, 299, 300, 500].map(told)).toEqual([
      ['exited failed'],
      ['exited well'],
      ['exited well'],
      ['exited failed'],
      ['exited failed'],
    ]);
  });

  it('without else goes on whatever it answers', () => {
    const text = journey('{ webhook: "https://example.com", save_as: answer }, { stop: "{{answer.status}}" }');
    expect(story({ journey: text, events: [visit], webhookResults: { webhook: { status: 500 } } }, 'exited')).toEqual([
      '11-21 10:00 exited 500',
    ]);
  });

  it('gives its body', () => {
    const text = journey(
      `${hook}, { choose: [ { when: answer.body.vip == true, then: [ stop: vip ] }, { else: [ stop: other ] } ] }`,
    );
    expect(
      story(
        { journey: text, events: [visit], webhookResults: { webhook: { status: 200, body: { vip: true } } } },
        'exited',
      ),
    ).toEqual(['11-21 10:00 exited vip']);
    expect(story({ journey: text, events: [visit] }, 'exited')).toEqual(['11-21 10:00 exited other']);
  });
});

describe('an emitted event', () => {
  it('comes back at once as an event of its subject, with its source and id', () => {
    const journeys = {
      a: 'about: repair_id\ntrigger: { event: repair.received }\nsteps: [ { emit: repair.ready, data: { repair_id: =trigger.repair_id } }, { wait: 1 day } ]',
      b: 'trigger: { event: repair.ready }\nsteps: [ { stop: "{{trigger.repair_id}} {{trigger_event.id}}" } ]',
    };
    const { lines } = simulated({ journeys, events: [on('11-21 10:00', 'repair.received', {}, { id: 'e1' })] });
    expect(lines.slice(1)).toEqual([
      {
        ...line('a', 'emitted', 'emit-repair-ready'),
        key: 'r1',
        type: 'repair.ready',
        data: { repair_id: 'r1' },
      },
      { ...line('a', 'waiting', 'wait-1-day'), key: 'r1', until: '2026-11-22T06:30:00.000Z' },
      { ...line('b', 'entered'), started_by: 'repair.ready' },
      { ...line('b', 'exited', 'stop'), reason: 'r1 a/r1/emit-repair-ready/e1' },
      { ...line('a', 'resumed', 'wait-1-day'), at: '2026-11-22T06:30:00.000Z', key: 'r1', by: 'time' },
      { ...line('a', 'exited'), at: '2026-11-22T06:30:00.000Z', key: 'r1', reason: 'completed' },
    ]);
  });

  it('by a timer has the instant in its id', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ { wait: 1 hour }, { emit: repair.ready, data: { repair_id: x } } ]',
      b: 'trigger: { event: repair.ready }\nsteps: [ { stop: "{{trigger_event.id}}" } ]',
    };
    expect(story({ journeys, events: [visit] }, 'exited').at(-1)).toBe(
      '11-21 11:00 b exited a//emit-repair-ready/2026-11-21T07:30:00.000Z',
    );
  });

  it('of another customer says of whom, and creates them', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ { emit: repair.ready, subject: "=default(customer.referred_by, null)", data: { repair_id: x } } ]',
      b: 'trigger: { event: repair.ready }\nsteps: [ stop: thanked ]',
    };
    const referred = {
      journeys: {
        ...journeys,
        a: journeys.a
          .replace('"=default(customer.referred_by, null)"', '=customer.referred_by')
          .replace('{ event: visit }', '{ event: visit, when: known(customer.referred_by) }'),
      },
      customers: [{ ...c1, referred_by: 'friend' }],
      events: [visit],
    };
    const { lines } = simulated(referred);
    expect(lines.find(({ kind }) => kind === 'emitted')).toMatchObject({ customer: 'c1', to_customer: 'friend' });
    expect(lines.filter(({ reason }) => reason === 'thanked').map(({ customer }) => customer)).toEqual(['friend']);
  });

  it('without a subject emits nothing', () => {
    const text = journey(`{ emit: repair.ready, subject: '=string(1 / count("purchase"))', data: { repair_id: x } }`);
    expect(simulated({ journey: text, events: [visit] }).lines.map(({ kind }) => kind)).toEqual(['entered', 'exited']);
  });

  it('is decided right after the present one: whoever else it meets is done with that first', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ { emit: purchase, data: { amount: 1 rial } } ]',
      b: 'trigger: { event: visit }\nsteps: [ { wait_for: purchase }, { stop: bought } ]',
      c: 'trigger: { event: purchase }\nsteps: [ stop: seen ]',
    };
    expect(story({ journeys, events: [visit] }).map((line) => line.slice(12))).toEqual([
      'a entered visit',
      'a emitted',
      'a exited completed',
      'b entered visit',
      'b waiting purchase',
      'b resumed event purchase',
      'b exited bought',
      'c entered purchase',
      'c exited seen',
    ]);
  });

  it('goes no further than a chain of 8, and says so', () => {
    const text = `trigger: { event: visit }\nsteps: [ { emit: visit, data: { n: '=default(trigger.n, 0) + 1' } } ]`;
    const { lines, warned } = simulated({ journey: text, events: [visit] });
    expect(lines.filter(({ kind }) => kind === 'entered')).toHaveLength(9);
    expect(warned).toHaveLength(1);
  });

  it('is no event for set', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ { set: { locale: en } } ]',
      b: 'trigger: { event: customer.updated }\nsteps: [ stop: seen ]',
    };
    expect(story({ journeys, events: [visit] }, 'entered')).toEqual(['11-21 10:00 a entered visit']);
  });
});

function line(journey: string, kind: string, step?: string): object {
  const common = { at: '2026-11-21T06:30:00.000Z', kind, customer: 'c1', journey };
  return step === undefined ? common : { ...common, step };
}

describe('at_end', () => {
  const end =
    'at_end: [ { set: { locale: en } }, { task: bye }, { webhook: "https://example.com" }, { emit: purchase, data: { amount: 1 rial } } ]\n';
  const told = (steps: string, top = '', ...events: readonly ReturnType<typeof on>[]) =>
    story(
      { journey: journey(steps, `${end}${top}`), events: [visit, ...events] },
      'set',
      'task',
      'webhook',
      'emitted',
      'exited',
      'goal',
    ).map((line) => line.slice(6));
  const all = (time: string, reason: string) => [
    `${time} set`,
    `${time} task`,
    `${time} webhook`,
    `${time} emitted`,
    `${time} exited ${reason}`,
  ];

  it('is done however an enrolment ends, before exited', () => {
    expect(told('{ stop: enough }')).toEqual(all('10:00', 'enough'));
    expect(told('{ set: { locale: fa } }').slice(1)).toEqual(all('10:00', 'completed'));
    expect(told('{ wait: 1 day }', 'lasts_at_most: 1 hour\n')).toEqual(all('11:00', 'expired'));
    expect(told('{ wait: 1 day }', 'exit: { event: visit }\n', on('11-21 12:00', 'visit')).slice(0, 5)).toEqual(
      all('12:00', 'exit_rule'),
    );
    const goal = told('{ wait: 1 day }', 'goal: { event: visit }\n', on('11-21 12:00', 'visit'));
    expect(goal.slice(0, 6)).toEqual(['12:00 goal', ...all('12:00', 'goal')]);
  });

  it('does not wait for a web hook, and says what it answered', () => {
    const { lines } = simulated({
      journey: journey('{ stop: enough }', 'at_end: [ { webhook: "https://example.com", id: told } ]\n'),
      events: [visit],
      webhookResults: { told: { status: 500 } },
    });
    expect(lines.slice(1).map(({ kind, status }) => [kind, status])).toEqual([
      ['webhook', 500],
      ['exited', undefined],
    ]);
  });

  it('is done once', () => {
    const text = `${end}goal: { event: repair.ready }\n${journey('{ stop: enough }')}`;
    expect(story({ journey: text, events: [visit, on('11-21 12:00', 'repair.ready')] }, 'set', 'goal')).toEqual([
      '11-21 10:00 set',
      '11-21 12:00 goal',
    ]);
  });

  it('takes back what is open, by name', () => {
    const text = journey(
      '{ task: call, results: [solved], save_as: call }, { grant: 5 toman, save_as: gift }, { wait: 1 day }',
      'at_end: [ { take_back: gift }, { take_back: call } ]\n',
    );
    expect(story({ journey: text, events: [visit] }, 'taken_back', 'exited')).toEqual([
      '11-22 10:00 taken_back',
      '11-22 10:00 taken_back',
      '11-22 10:00 exited completed',
    ]);
  });
});
