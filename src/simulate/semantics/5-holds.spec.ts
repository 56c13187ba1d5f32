import { c1, on, simulated, story } from '../../../test/given/simulation.js';
import { policy } from '../../../test/given/policy.js';

const visit = (time: string, data: object = {}, more: object = {}) => on(time, 'visit', data, more);
const quiet = policy('  night: { consent: not_needed, quiet_hours: "21:00-09:00" }');
const journey = (options = 'send: hello', top = '') =>
  `purpose: night\n${top}trigger: { event: visit }\nsteps: [ { ${options} }, { send: third } ]`;
const happens = (text: string, files: object, ...events: readonly ReturnType<typeof on>[]) =>
  story(
    { journey: text, files: files as Record<string, string>, events },
    'sent',
    'suppressed',
    'deferred',
    'exited',
    'goal',
  );

describe('a held message: until', () => {
  const files = {
    ...policy(
      '  news: { consent: not_needed, quiet_hours: "21:00-09:00", caps: [ 1 per 3 days, 3 per 9 days ], blackout: [mourning] }',
    ),
    'journeys/occasions.yaml': 'mourning: { dates: [2026-11-21, 2026-11-22] }\n',
  };
  const news = (options: string) => journey(options).replace('night', 'news').replace(', { send: third }', '');
  const first = visit('11-20 12:00');
  const told = (options: string) => happens(news(options), files, first, visit('11-21 10:00')).slice(2);

  it('is the end of the one reason alone, and then everything is tested again', () => {
    expect(told('send: hello')).toEqual([
      '11-21 10:00 deferred hello blackout until 11-23 00:00',
      '11-23 00:00 deferred hello quiet_hours until 11-23 09:00',
      '11-23 09:00 deferred hello capped until 11-23 12:00',
      '11-23 12:00 sent hello',
      '11-23 12:00 exited completed',
    ]);
  });

  it('later than not_after suppresses at once, the last instant included', () => {
    expect(told('send: hello, not_after: 2026-11-23')).toEqual([
      '11-21 10:00 deferred hello blackout until 11-23 00:00',
      '11-23 00:00 suppressed hello too_late',
      '11-23 00:00 exited completed',
    ]);
    expect(told('send: hello, not_after: "2026-11-22T23:59:59+03:30"')[0]).toBe(
      '11-21 10:00 suppressed hello too_late',
    );
    expect(told('send: hello, not_after: "2026-11-23T12:00:00+03:30"').at(-2)).toBe('11-23 12:00 sent hello');
  });

  it('is held against a duration from when the send was first tested', () => {
    expect(told('send: hello, not_after: 2 days')).toEqual([
      '11-21 10:00 deferred hello blackout until 11-23 00:00',
      '11-23 00:00 deferred hello quiet_hours until 11-23 09:00',
      '11-23 09:00 suppressed hello too_late',
      '11-23 09:00 exited completed',
    ]);
    expect(told('send: hello, not_after: 50 hours').at(-2)).toBe('11-23 12:00 sent hello');
    expect(told('send: hello, not_after: 49 hours').at(-2)).toBe('11-23 09:00 suppressed hello too_late');
  });

  it('is held against a moment worked out when the send was first tested', () => {
    expect(told(`send: hello, not_after: '=now + duration("49h")'`).at(-2)).toBe(
      '11-23 09:00 suppressed hello too_late',
    );
    expect(told(`send: hello, not_after: '=now + duration("50h")'`).at(-2)).toBe('11-23 12:00 sent hello');
  });

  it('is held against the earliest of what step, journey and purpose say', () => {
    const limited = (purpose: string, policyOf: string, step: string) =>
      happens(
        `purpose: night\n${policyOf}trigger: { event: visit }\nsteps: [ { send: hello${step} } ]`,
        policy(`  night: { consent: not_needed, quiet_hours: "21:00-09:00"${purpose} }`),
        visit('11-21 22:00'),
      )[0];
    const late = '11-21 22:00 suppressed hello too_late';
    const held = '11-21 22:00 deferred hello quiet_hours until 11-22 09:00';
    expect(limited('', '', '')).toBe(held);
    expect(limited(', not_after: 11 hours', 'policy: { not_after: 11 hours }\n', ', not_after: 11 hours')).toBe(held);
    expect(limited(', not_after: 10 hours', '', ', not_after: 20 hours')).toBe(late);
    expect(limited('', 'policy: { not_after: 10 hours }\n', ', not_after: 20 hours')).toBe(late);
    expect(limited(', not_after: 20 hours', 'policy: { not_after: 20 hours }\n', ', not_after: 10 hours')).toBe(late);
  });
});

describe('a held message: meanwhile', () => {
  const late = visit('11-21 22:00');

  it('its enrolment waits at its step, and the steps below wait for it', () => {
    expect(happens(journey(), quiet, late)).toEqual([
      '11-21 22:00 deferred hello quiet_hours until 11-22 09:00',
      '11-22 09:00 sent hello',
      '11-22 09:00 sent third',
      '11-22 09:00 exited completed',
    ]);
    const { lines } = simulated({ journey: journey(), files: quiet, events: [late] });
    expect(lines[1]).toMatchObject({ kind: 'deferred', step: 'send-hello', until: '2026-11-22T05:30:00.000Z' });
  });

  it('an exit ends it, at its step, and nothing is said of the message', () => {
    const exit = journey('send: hello', 'exit: { event: purchase }\n');
    const given = { journey: exit, files: quiet, events: [late, on('11-21 23:00', 'purchase', { amount: 1 })] };
    expect(happens(exit, quiet, ...given.events).slice(1)).toEqual(['11-21 23:00 exited exit_rule']);
    expect(simulated(given).lines.at(-1)).toMatchObject({ step: 'send-hello' });
  });

  it('a goal ends it', () => {
    const goal = journey('send: hello', 'goal: { event: purchase }\n');
    expect(happens(goal, quiet, late, on('11-21 23:00', 'purchase', { amount: 1 })).slice(1)).toEqual([
      '11-21 23:00 goal',
      '11-21 23:00 exited goal',
    ]);
  });

  it('a goal that continues does not', () => {
    const goal = journey('send: hello', 'goal: { event: purchase, continue: true }\n');
    expect(happens(goal, quiet, late, on('11-21 23:00', 'purchase', { amount: 1 }))[2]).toBe('11-22 09:00 sent hello');
  });

  it('a limit of the enrolment ends it', () => {
    const short = journey('send: hello', 'lasts_at_most: 2 hours\n');
    expect(happens(short, quiet, late).slice(1)).toEqual(['11-22 00:00 exited expired']);
  });

  it('what has changed counts when it is tested again', () => {
    const [named, withdrawn] = [
      on('11-21 23:00', 'customer.updated', { name: 'Nika' }),
      on('11-21 23:00', 'consent.withdrawn', { purpose: 'night' }),
    ];
    const { lines } = simulated({ journey: journey(), files: quiet, events: [late, named] });
    expect(lines.find(({ kind }) => kind === 'sent')).toMatchObject({ text: 'hello Nika' });
    expect(happens(journey(), quiet, late, withdrawn)[1]).toBe('11-22 09:00 suppressed hello opted_out');
    const exits = journey('send: hello', 'exit: { when: customer.name == "Nika" }\n').replace(
      '{ event: visit }',
      '{ event: visit }',
    );
    expect(happens(exits, quiet, late, named).slice(1)).toEqual(['11-21 23:00 exited exit_rule']);
  });

  it('an exit without an event is tested when it is tested again', () => {
    const exits = journey('send: hello', `exit: { when: 'now > timestamp("2026-11-22T05:00:00Z")' }\n`);
    expect(happens(exits, quiet, late).slice(1)).toEqual(['11-22 09:00 exited exit_rule']);
  });
});

describe('several held messages', () => {
  const files = policy('  night: { consent: not_needed, quiet_hours: "21:00-09:00", caps: [ 1 per 1 day ] }');
  const capped = (first: string, second: string) => ({
    a: `purpose: night\n${first}trigger: { event: visit }\nsteps: [ send: hello ]`,
    b: `purpose: night\n${second}trigger: { event: purchase }\nsteps: [ send: bye ]`,
  });
  const buys = (time: string) => on(time, 'purchase', { amount: 1 });
  const sent = (first: string, second: string, ...events: readonly ReturnType<typeof on>[]) =>
    story({ journeys: capped(first, second), files, events }, 'sent', 'deferred').slice(2);

  it('go by the priority of their journeys, 1 first', () => {
    expect(sent('', 'priority: 2\n', visit('11-21 22:00'), buys('11-21 23:00'))).toEqual([
      '11-22 09:00 b sent bye',
      '11-22 09:00 a deferred hello capped until 11-23 09:00',
      '11-23 09:00 a sent hello',
    ]);
    expect(sent('', 'priority: 6\n', visit('11-21 22:00'), buys('11-21 22:00'))[0]).toBe('11-22 09:00 a sent hello');
  });

  it('of one priority by age', () => {
    expect(sent('', '', buys('11-21 22:00'), visit('11-21 23:00'))[0]).toBe('11-22 09:00 b sent bye');
    expect(sent('', '', visit('11-21 22:00'), buys('11-21 23:00'))[0]).toBe('11-22 09:00 a sent hello');
  });

  it('are as old as when they were first tested', () => {
    // Both are held by the cap until 11-23 09:00; b was held before a.
    const told = story(
      {
        journeys: {
          ...capped('', ''),
          c: 'purpose: night\npriority: 1\ntrigger: { event: visit }\nsteps: [ send: third ]',
        },
        files,
        events: [buys('11-21 22:00'), visit('11-21 23:00')],
      },
      'sent',
    );
    expect(told).toEqual(['11-22 09:00 c sent third', '11-23 09:00 b sent bye', '11-24 09:00 a sent hello']);
  });

  it('go before other timers of the same instant', () => {
    const journeys = {
      a: 'trigger: { event: visit }\nsteps: [ wait: 11 hours, send: hello ]',
      b: 'purpose: night\ntrigger: { event: visit }\nsteps: [ send: bye ]',
    };
    expect(story({ journeys, files, events: [visit('11-21 22:00')] }, 'sent')).toEqual([
      '11-22 09:00 b sent bye',
      '11-22 09:00 a sent hello',
    ]);
  });
});

describe('a question that is held', () => {
  it('is asked when the reason ends, and its time counts from then', () => {
    const text =
      'purpose: night\ntrigger: { event: visit }\nsteps: [ { ask: hello, answers: 1..5, within: 1 hour, save_as: score, else: [ stop: none ] } ]';
    expect(story({ journey: text, files: quiet, customers: [c1], events: [visit('11-21 22:00')] })).toEqual([
      '11-21 22:00 entered visit',
      '11-21 22:00 deferred hello quiet_hours until 11-22 09:00',
      '11-22 09:00 sent hello',
      '11-22 09:00 asked hello until 11-22 10:00',
      '11-22 10:00 resumed timeout',
      '11-22 10:00 exited none',
    ]);
  });
});
