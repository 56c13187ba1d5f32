import { KeptCustomer, minute } from '../../../test/given/desk.js';
import { on, simulated, story, tehran, workspaceOf } from '../../../test/given/simulation.js';
import { policy } from '../../../test/given/policy.js';

const head = 'about: repair_id\ntrigger: { event: repair.received }\n';
const received = on('11-21 10:00', 'repair.received');
const journey = (...steps: readonly string[]) => `${head}steps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
const happens = (steps: readonly string[], ...events: readonly ReturnType<typeof on>[]) =>
  story({ journey: journey(...steps), events: [received, ...events] }).slice(1);
const ready = (time: string, more: object = {}) => on(time, 'repair.ready', {}, more);
const writes = (time: string, text: string) =>
  on(time, 'message.received', { channel: 'sms', from: '+989121234567', text });

describe('waits: since the last wait', () => {
  it('is since the last ask was answered, too', () => {
    const steps = ['{ ask: hello, answers: text }', 'wait_for: visit', 'send: bye'];
    expect(happens(steps, on('11-21 11:00', 'visit'), writes('11-21 12:00', 'so')).slice(-2)).toEqual([
      '11-21 12:00 answered so',
      '11-21 12:00 waiting visit',
    ]);
    expect(happens(steps, writes('11-21 11:00', 'so'), on('11-21 12:00', 'visit')).at(-2)).toBe('11-21 12:00 sent bye');
  });

  it('is since the last ask timed out, too', () => {
    const steps = ['{ ask: hello, answers: text, within: 1 hour }', 'wait_for: visit'];
    expect(happens(steps, on('11-21 10:30', 'visit')).at(-1)).toBe('11-21 11:00 waiting visit');
  });

  it('is since a wait for an event was met or timed out', () => {
    const steps = ['{ wait_for: ticket.closed, at_most: 1 hour }', 'wait_for: visit'];
    expect(happens(steps, on('11-21 10:30', 'visit')).at(-1)).toBe('11-21 11:00 waiting visit');
    const closed = on('11-21 10:40', 'ticket.closed', { number: 'x' });
    expect(happens(steps, on('11-21 10:30', 'visit'), closed).at(-1)).toBe('11-21 10:40 waiting visit');
  });

  it('is since entry where there was none', () => {
    const before = on('11-21 09:00', 'visit');
    expect(story({ journey: journey('wait_for: visit'), events: [before, received] }).at(-1)).toBe(
      '11-21 10:00 waiting visit',
    );
  });

  it('may be since: entry for an event that about does not tie', () => {
    const wait = ['wait: 1 day', '{ wait_for: visit, since: entry }', 'send: bye'];
    expect(happens(wait, on('11-21 11:00', 'visit')).at(-2)).toBe('11-22 10:00 sent bye');
    const late = on('11-21 09:00', 'visit', {}, { arrives_at: tehran('11-21 11:00') });
    expect(happens(wait, late).at(-1)).toBe('11-22 10:00 waiting visit');
  });

  it('counts what comes while a message is held for the night, as since: entry does', () => {
    const files = policy('  quiet: { consent: not_needed, quiet_hours: "21:00-09:00" }');
    const late = on('11-21 22:00', 'repair.received');
    const told = (wait: string) =>
      story(
        {
          journey: `${journey('send: hello', wait, 'send: bye')}purpose: quiet\n`,
          files,
          events: [late, ready('11-21 23:00'), on('11-21 23:30', 'visit')],
        },
        'sent',
      );
    const sent = ['11-22 09:00 sent hello', '11-22 09:00 sent bye'];
    expect(told('wait_for: repair.ready')).toEqual(sent);
    expect(told('{ wait_for: repair.ready, since: last_wait }')).toEqual(sent);
    expect(told('wait_for: visit')).toEqual(sent);
  });

  it('counts what comes while a question is held that is never sent', () => {
    const files = policy('  quiet: { consent: not_needed, quiet_hours: "21:00-09:00" }');
    const told = story({
      journey: `${journey('{ ask: hello, answers: text }', 'wait_for: visit', 'send: bye')}purpose: quiet\n`,
      files,
      events: [
        on('11-21 22:00', 'repair.received'),
        on('11-21 23:30', 'visit'),
        on('11-22 08:00', 'consent.withdrawn', { purpose: 'quiet' }),
      ],
    });
    expect(told.slice(2)).toEqual([
      '11-22 09:00 suppressed hello opted_out',
      '11-22 09:00 resumed event visit',
      '11-22 09:00 suppressed bye opted_out',
      '11-22 09:00 exited completed',
    ]);
  });

  it('counts what comes while a message waits to hear what became of it', () => {
    const text =
      'trigger: { event: repair.received }\nsteps: [ { send: both, else: [ send: third ] }, wait_for: visit, send: bye ]';
    const customer = new KeptCustomer(workspaceOf({ journey: text }));
    customer.take({ type: 'repair.received', at: 0, data: { repair_id: 'r1' } });
    customer.take({ type: 'visit', at: 10 });
    customer.hear({ result: 'accepted', channel: 'sms' }, 20);
    expect(customer.trace.map(({ kind, at }) => [kind, (at - minute(0)) / 60_000])).toEqual([
      ['entered', 0],
      ['sent', 0],
      ['resumed', 20],
      ['sent', 20],
      ['exited', 20],
    ]);
  });

  it('counts what comes while a task is open', () => {
    const steps = ['{ task: call, within: 1 day }', 'wait_for: visit', 'send: bye'];
    const done = on('11-21 13:00', 'task.done', { task_id: 'task-1', result: 'solved' });
    expect(happens(steps, on('11-21 12:00', 'visit'), done).slice(-3)).toEqual([
      '11-21 13:00 resumed event visit',
      '11-21 13:00 sent bye',
      '11-21 13:00 exited completed',
    ]);
  });
});

describe('waits: until a moment', () => {
  const due = (time: string) => on('11-21 10:00', 'repair.received', { due: tehran(time) });
  const until = (options: string, data: ReturnType<typeof on>) =>
    story({
      journey: `trigger: { event: repair.received, when: known(event.due) }
steps: [ { wait_until: =trigger.due${options} }, send: third ]`,
      events: [data],
    }).slice(1);

  it('does then when the moment comes', () => {
    expect(until(', then: [ send: hello ], else: [ send: bye ]', due('11-22 10:00'))).toEqual([
      '11-21 10:00 waiting until 11-22 10:00',
      '11-22 10:00 resumed time',
      '11-22 10:00 sent hello',
      '11-22 10:00 sent third',
      '11-22 10:00 exited completed',
    ]);
  });

  it('does else where it had passed, and prints no wait', () => {
    expect(until(', then: [ send: hello ], else: [ send: bye ]', due('11-21 09:59:59'))).toEqual([
      '11-21 10:00 sent bye',
      '11-21 10:00 sent third',
      '11-21 10:00 exited completed',
    ]);
    expect(until(', then: [ send: hello ]', due('11-21 09:00'))[0]).toBe('11-21 10:00 sent third');
  });

  it('simply goes on without then and else', () => {
    expect(until('', due('11-22 10:00')).slice(1)).toEqual([
      '11-22 10:00 resumed time',
      '11-22 10:00 sent third',
      '11-22 10:00 exited completed',
    ]);
  });
});

describe('waits: at_most', () => {
  const wait = (limit: string) => `{ wait_for: repair.ready, at_most: ${limit}, else: [ stop: late ] }`;

  it('may be a moment, past or to come', () => {
    expect(happens([wait('"2026-11-21T12:00:00+03:30"')], ready('11-21 12:00')).at(-1)).toBe(
      '11-21 12:00 exited completed',
    );
    expect(happens([wait('2026-11-21')])).toEqual(['11-21 10:00 resumed timeout', '11-21 10:00 exited late']);
  });

  it('wins over a clock of the same instant only by coming after it', () => {
    const arms =
      '{ wait_for: [ { after: 2 hours, then: [ send: hello ] }, { event: repair.ready } ], at_most: 2 hours, else: [ stop: late ] }';
    expect(happens([arms]).slice(1)).toEqual([
      '11-21 12:00 resumed time',
      '11-21 12:00 sent hello',
      '11-21 12:00 resumed timeout',
      '11-21 12:00 exited late',
    ]);
  });
});

describe('waits: an arm', () => {
  it('of an earlier event is taken before a limit that has passed later', () => {
    const inner =
      'wait_for: [ { event: visit, stay: true, then: [ wait: 5 hours ] }, { event: repair.ready, then: [ stop: ready ] } ]';
    const step = `{ ${inner}, at_most: 3 hours, else: [ stop: late ] }`;
    const told = (time: string) => happens([step], on('11-21 11:00', 'visit'), ready(time)).at(-1);
    expect([told('11-21 13:00'), told('11-21 13:00:01')]).toEqual([
      '11-21 16:00 exited ready',
      '11-21 16:00 exited late',
    ]);
  });

  it('that stays reacts to each event once, those that come while it runs too', () => {
    const step =
      '{ wait_for: [ { event: visit, stay: true, then: [ wait: 1 hour, send: hello ] }, { event: repair.ready } ] }';
    const told = story(
      {
        journey: journey(step),
        events: [received, on('11-21 11:00', 'visit'), on('11-21 11:10', 'visit'), on('11-21 11:20', 'visit')],
      },
      'sent',
    );
    expect(told).toEqual(['11-21 12:00 sent hello', '11-21 13:00 sent hello', '11-21 14:00 sent hello']);
  });

  it('whose clock fell due while another ran is taken when that is back, and once', () => {
    const step =
      '{ wait_for: [ { event: visit, stay: true, then: [ wait: 3 hours ] }, { after: 2 hours, then: [ send: hello ] }, { event: repair.ready } ] }';
    expect(
      story(
        { journey: journey(step), events: [received, on('11-21 11:00', 'visit'), on('11-21 15:00', 'visit')] },
        'sent',
      ),
    ).toEqual(['11-21 14:00 sent hello']);
  });

  it('with stop inside leaves at once', () => {
    const step = '{ wait_for: [ { event: visit, stay: true, then: [ stop: enough ] }, { event: repair.ready } ] }';
    expect(happens([step], on('11-21 11:00', 'visit')).at(-1)).toBe('11-21 11:00 exited enough');
  });

  it('taken leads to the steps below, whichever it was', () => {
    const step = '{ wait_for: [ { event: repair.ready, then: [ send: hello ] }, { event: visit } ] }';
    expect(happens([step, 'send: third'], on('11-21 11:00', 'visit')).slice(1)).toEqual([
      '11-21 11:00 resumed event visit',
      '11-21 11:00 sent third',
      '11-21 11:00 exited completed',
    ]);
  });
});

describe('waits: one inside an arm that stays', () => {
  const inner = 'wait_for: visit';
  const within = (...steps: readonly string[]) =>
    `{ wait_for: [ { after: 1 day, then: [ ${steps.join(', ')}, { send: third } ] }, { event: repair.ready } ] }`;
  const told = (...steps: readonly string[]) =>
    story(
      {
        journey: journey(within(...steps)),
        events: [received, on('11-21 12:00', 'visit')],
        webhookResults: { webhook: { status: 500 } },
      },
      'sent',
    ).at(-1);

  it('counts what came while the other went on, wherever in the arm it stands', () => {
    const counted = '11-22 10:00 sent third';
    expect(told(`{ ${inner} }`)).toBe(counted);
    expect(told(`{ choose: [ { when: 1 == 1, then: [ ${inner} ] } ] }`)).toBe(counted);
    expect(told(`{ choose: [ { when: 1 == 2, then: [ send: bye ] }, { else: [ ${inner} ] } ] }`)).toBe(counted);
    expect(told('{ choose: [ { when: 1 == 2, then: [ send: bye ] } ] }', `{ ${inner} }`)).toBe(counted);
    expect(told(`{ split: [ { name: all, weight: 100%, then: [ ${inner} ] } ], id: split }`)).toBe(counted);
    expect(told('{ split: [ { name: few, weight: 0%, then: [ send: bye ] } ], id: split }', `{ ${inner} }`)).toBe(
      counted,
    );
    expect(told(`{ send: hello, not_after: 2026-01-01, else: [ ${inner} ] }`)).toBe(counted);
    expect(told('{ send: hello, not_after: 2026-01-01 }', `{ ${inner} }`)).toBe(counted);
    expect(told(`{ ask: hello, answers: text, not_after: 2026-01-01, else: [ ${inner} ] }`)).toBe(counted);
    expect(told(`{ webhook: "https://example.com", else: [ ${inner} ] }`)).toBe(counted);
    expect(told('{ webhook: "https://example.com" }', `{ ${inner} }`)).toBe(counted);
    expect(
      told(
        '{ set: { locale: en } }',
        '{ task: call }',
        '{ grant: 5 toman, save_as: gift }',
        '{ take_back: gift }',
        `{ ${inner} }`,
      ),
    ).toBe(counted);
    expect(told(`{ emit: ticket.closed, data: { number: "5" } }`, `{ ${inner} }`)).toBe(counted);
  });

  it('does not count it below another wait that has ended meanwhile', () => {
    expect(told('{ wait: 1 hour }', `{ ${inner} }`)).toBeUndefined();
    expect(told(`{ wait_until: 2026-01-01, else: [ ${inner} ] }`)).toBeUndefined();
    expect(told('{ wait_until: 2026-01-01 }', `{ ${inner} }`)).toBeUndefined();
  });
});

describe('waits: a step that begins', () => {
  it('forgets the name under which it saves, and no other', () => {
    const steps = [
      '{ wait_for: [ { after: 1 hour, then: [ { ask: hello, answers: text, within: 30 minutes, save_as: reply } ] }, { event: visit, save_as: seen, stay: true, then: [ { ask: bye, answers: text, within: 30 minutes, save_as: reply } ] }, { event: repair.ready } ] }',
      'choose: [ { when: known(reply), then: [ stop: known ] }, { else: [ stop: unknown ] } ]',
    ];
    const answer = writes('11-21 11:10', 'so');
    expect(happens(steps, answer, ready('11-21 13:00')).at(-1)).toBe('11-21 13:00 exited known');
    expect(happens(steps, answer, on('11-21 12:00', 'visit'), ready('11-21 13:00')).at(-1)).toBe(
      '11-21 13:00 exited unknown',
    );
  });
});

describe('waits: the earliest of several earlier events', () => {
  it('goes by its own time, then arrival, then the order of arms', () => {
    const arms =
      'wait_for: [ { event: repair.estimated, save_as: one, then: [ stop: "{{one.cost}}" ] }, { event: repair.ready, then: [ stop: ready ] } ]';
    const estimated = (cost: number, time: string, arrives: string) =>
      on(time, 'repair.estimated', { cost }, { arrives_at: tehran(arrives) });
    const told = (...events: readonly ReturnType<typeof on>[]) => happens(['wait: 1 day', arms], ...events).at(-1);
    expect(told(estimated(1, '11-21 12:00', '11-21 12:00'), estimated(2, '11-21 11:00', '11-21 13:00'))).toBe(
      '11-22 10:00 exited 2',
    );
    expect(told(estimated(1, '11-21 12:00', '11-21 13:00'), estimated(2, '11-21 12:00', '11-21 12:30'))).toBe(
      '11-22 10:00 exited 2',
    );
  });
});

it('a wait that stands alone prints one line when it begins and one when it ends', () => {
  const { lines } = simulated({ journey: journey('wait: 1 hour'), events: [received] });
  expect(lines.map(({ kind, step }) => [kind, step])).toEqual([
    ['entered', undefined],
    ['waiting', 'wait-1-hour'],
    ['resumed', 'wait-1-hour'],
    ['exited', undefined],
  ]);
});
