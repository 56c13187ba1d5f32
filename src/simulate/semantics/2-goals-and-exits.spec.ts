import { KeptCustomer } from '../../../test/given/desk.js';
import { sorted } from '../../../test/given/fraction.js';
import { c1, on, simulated, story, workspaceOf } from '../../../test/given/simulation.js';

const received = on('11-21 10:00', 'repair.received');
const tied = (top: string, steps = 'wait: 9 days') =>
  `about: repair_id\n${top}trigger: { event: repair.received }\nsteps: [ ${steps} ]`;
const told = (journey: string, ...events: readonly ReturnType<typeof on>[]) =>
  story({ journey, events: [received, ...events] }, 'goal', 'exited').map((line) => line.slice(6));

describe('several goals and exits', () => {
  const goals = tied(
    'goal: [ { event: visit, value: 1 }, { event: repair.delivered, when: event.paid > toman(0.5), value: 2 }, { event: repair.delivered, value: 3 } ]\n',
  );

  it('are each reached by an event of their own type, the first that fits counts', () => {
    expect(told(goals, on('11-21 11:00', 'visit'))).toEqual(['11:00 goal 1', '11:00 exited goal']);
    expect(told(goals, on('11-21 11:00', 'repair.delivered', { paid: 9 }))[0]).toBe('11:00 goal 2');
    expect(told(goals, on('11-21 11:00', 'repair.delivered', { paid: 5 }))[0]).toBe('11:00 goal 3');
    expect(told(goals, on('11-21 11:00', 'purchase', { amount: 5 }))).toEqual(['10:00 exited completed']);
  });

  it('leave alone what is not of their type', () => {
    const exits = tied('exit: [ { event: visit, when: event.n == 1 }, { event: repair.cancelled } ]\n');
    expect(told(exits, on('11-21 11:00', 'visit'), on('11-21 12:00', 'visit', { n: 1 }))).toEqual([
      '12:00 exited exit_rule',
    ]);
    expect(told(exits, on('11-21 11:00', 'visit'), on('11-21 12:00', 'repair.cancelled'))).toEqual([
      '12:00 exited exit_rule',
    ]);
  });

  it('are of the same key where about ties the event', () => {
    const other = { repair_id: 'r2' };
    expect(told(goals, on('11-21 11:00', 'repair.delivered', other))).toEqual(['10:00 exited completed']);
    const exit = tied('exit: { event: repair.cancelled }\n');
    expect(told(exit, on('11-21 11:00', 'repair.cancelled', other))).toEqual(['10:00 exited completed']);
  });

  it('without an event are tested at every event', () => {
    const exit = tied('exit: { when: customer.name == "Nika" }\n');
    expect(told(exit, on('11-21 11:00', 'visit'), on('11-21 12:00', 'customer.updated', { name: 'Nika' }))).toEqual([
      '12:00 exited exit_rule',
    ]);
  });
});

describe('a goal', () => {
  it('that continues is counted once, and its end is not one by a goal', () => {
    const journey = tied('goal: { event: visit, continue: true }\n', 'wait: 1 day');
    expect(told(journey, on('11-21 11:00', 'visit'), on('11-23 11:00', 'visit'))).toEqual([
      '11:00 goal',
      '10:00 exited completed',
    ]);
  });

  it('counts for each enrolment that watches for it', () => {
    const journey = 'goal: { event: purchase }\ntrigger: { event: visit }\nsteps: [ stop: done ]';
    const events = [
      on('11-21 10:00', 'visit'),
      on('11-21 11:00', 'visit'),
      on('11-21 12:00', 'purchase', { amount: 1 }),
    ];
    expect(story({ journey, events }, 'goal')).toEqual(['11-21 12:00 goal', '11-21 12:00 goal']);
  });

  it('counts whenever it comes while the steps go on', () => {
    const journey =
      'goal: { event: purchase, within: 1 day }\ntrigger: { event: visit }\nsteps: [ { wait: 9 days }, { send: hello } ]';
    const events = [on('11-21 10:00', 'visit'), on('11-25 10:00', 'purchase', { amount: 1 })];
    expect(story({ journey, events }, 'goal', 'sent', 'exited')).toEqual([
      '11-25 10:00 goal',
      '11-25 10:00 exited goal',
    ]);
  });

  it('counts for each enrolment that a clock started, too', () => {
    const journey =
      'goal: { event: purchase }\ntrigger: { every: day, at: "18:00", audience: everyone }\nsteps: [ stop: done ]';
    const events = [on('11-23 10:00', 'purchase', { amount: 1 })];
    expect(story({ journey, events, from: '11-21 10:00', until: '11-23 12:00' }, 'goal')).toHaveLength(2);
  });

  it('may be within a moment', () => {
    const journey = 'goal: { event: purchase, within: 2026-11-23 }\ntrigger: { event: visit }\nsteps: [ stop: done ]';
    const count = (time: string) =>
      story({ journey, events: [on('11-21 10:00', 'visit'), on(time, 'purchase', { amount: 1 })] }, 'goal').length;
    expect([count('11-23 00:00'), count('11-23 00:00:01')]).toEqual([1, 0]);
  });

  it('does not count after an exit, an expiry or a restart', () => {
    const after = (top: string, steps: string, ...events: readonly ReturnType<typeof on>[]) =>
      story(
        {
          journey: `goal: { event: purchase }\n${top}trigger: { event: visit }\nsteps: [ ${steps} ]`,
          events: [on('11-21 10:00', 'visit'), ...events, on('11-25 12:00', 'purchase', { amount: 1 })],
        },
        'goal',
      ).length;
    expect(after('lasts_at_most: 1 day\n', 'wait: 9 days')).toBe(0);
    expect(after('exit: { event: repair.cancelled }\n', 'wait: 9 days', on('11-22 10:00', 'repair.cancelled'))).toBe(0);
    expect(after('entry: { while_inside: restart }\n', 'wait: 9 days', on('11-22 10:00', 'visit'))).toBe(1);
    expect(after('', 'wait: 1 day')).toBe(1);
  });
});

describe('what is kept', () => {
  const live = (journey: string) => {
    const customer = new KeptCustomer(workspaceOf({ journey }));
    customer.take({ type: 'visit', at: 0 });
    return customer.live.map(({ status }) => status);
  };

  it('is nobody whose steps have ended, but for a goal that is watched for', () => {
    expect(live('trigger: { event: visit }\nsteps: [ stop: done ]')).toEqual([]);
    expect(live('goal: { event: purchase }\ntrigger: { event: visit }\nsteps: [ stop: done ]')).toEqual(['watching']);
    expect(
      live('goal: { event: purchase, within: 2026-11-20 }\ntrigger: { event: visit }\nsteps: [ stop: done ]'),
    ).toEqual([]);
    expect(live('trigger: { event: visit }\nsteps: [ wait: 1 day ]')).toEqual(['active']);
  });

  it('is the control group only where there is a goal', () => {
    // c1 is below this share.
    expect(sorted(2, 0.99, (id) => `test/holdout/${id}`).below).toContain('c1');
    expect(live('holdout: 99%\ntrigger: { event: visit }\nsteps: [ wait: 1 day ]')).toEqual([]);
    expect(live('holdout: 99%\ngoal: { event: purchase }\ntrigger: { event: visit }\nsteps: [ wait: 1 day ]')).toEqual([
      'watching',
    ]);
  });
});

describe('entering by a clock or a launch', () => {
  const files = { 'journeys/audiences.yaml': 'named: known(customer.name)\n' };
  const customers = [c1, { id: 'c2', phone: '09121234568' }];
  const reasons = (top: string, trigger: string) =>
    simulated({
      journey: `${top}trigger: { every: day, at: "18:00", ${trigger} }\nsteps: [ wait: 3 days ]`,
      files,
      customers,
      from: '11-21 10:00',
      until: '11-22 20:00',
    })
      .lines.filter(({ kind }) => kind === 'not_entered')
      .map(({ customer, reason }) => `${customer} ${String(reason)}`);

  it('prints nothing for people outside the audience or the condition', () => {
    expect(reasons('', 'audience: named')).toEqual(['c1 already_active']);
    expect(reasons('', 'audience: everyone, when: known(customer.name)')).toEqual(['c1 already_active']);
  });

  it('prints why people inside of them do not start', () => {
    expect(reasons('draft: true\n', 'audience: named')).toEqual(['c1 draft', 'c1 draft']);
    expect(reasons('draft: true\n', 'audience: everyone, when: known(customer.name)')).toEqual([
      'c1 draft',
      'c1 draft',
    ]);
    expect(reasons('runs: { to: 2026-11-22 }\n', 'audience: named')).toEqual(['c1 not_running']);
  });
});
