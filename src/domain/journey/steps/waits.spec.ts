import { KeptCustomer, minute } from '../../../../test/given/desk.js';
import { on, story, workspaceOf } from '../../../../test/given/simulation.js';
import { policy } from '../../../../test/given/policy.js';

const received = on('11-21 10:00', 'repair.received');
const told = (steps: string, events: readonly ReturnType<typeof on>[], given: object = {}) =>
  story(
    { journey: `trigger: { event: repair.received }\nsteps: [ ${steps} ]`, events: [received, ...events], ...given },
    'sent',
    'exited',
  );
const visit = (time: string) => on(time, 'visit');

describe('a wait that is over at once', () => {
  const files = policy('  news: { consent: not_needed, quiet_hours: "09:00-11:00" }');
  const given = { files };
  const held = '{ send: hello, purpose: news }';
  const below = '{ wait_for: visit, at_most: 1 hour, else: [ stop: late ] }, { stop: met }';

  it('has ended all the same: what came while a message was held counts no more', () => {
    const events = [visit('11-21 10:30')];
    expect(told(`${held}, ${below}`, events, given).at(-1)).toBe('11-21 11:00 exited met');
    const window = '{ wait: { from: "08:00", to: "20:00" } }';
    expect(told(`${held}, ${window}, ${below}`, events, given).at(-1)).toBe('11-21 12:00 exited late');
  });
});

describe('the event that leads to a wait', () => {
  it('is no earlier one, inside an arm that stays either', () => {
    const inner = '{ wait_for: visit, at_most: 1 hour, else: [ send: bye ] }';
    const steps = `{ wait_for: [ { event: visit, stay: true, then: [ ${inner} ] }, { event: purchase } ], at_most: 1 day }`;
    expect(told(steps, [visit('11-21 11:00')])[0]).toBe('11-21 12:00 sent bye');
    expect(told(steps, [visit('11-21 11:00'), visit('11-21 11:30')])).toEqual([
      '11-21 12:30 sent bye',
      '11-22 10:00 exited completed',
    ]);
  });
});

describe('a clock around an arm that stays', () => {
  const clock = (more: string) =>
    `{ wait_for: [ { event: visit, stay: true, then: [ { wait: 1 hour }, { wait: 1 hour }, { wait: 1 hour }, { send: bye } ] }, { after: 2 hours, ${more}then: [ send: third ] } ], at_most: 1 day }`;
  const buys = (time: string) => on(time, 'purchase', { amount: 1 });

  it('is asked when it falls due, and neither earlier nor later', () => {
    const when = 'when: count("purchase") == 1, ';
    expect(told(clock(when), [visit('11-21 10:30'), buys('11-21 11:50')])).toEqual([
      '11-21 13:30 sent bye',
      '11-21 13:30 sent third',
      '11-22 10:00 exited completed',
    ]);
    expect(told(clock(when), [visit('11-21 10:30'), buys('11-21 12:10')])).toEqual([
      '11-21 13:30 sent bye',
      '11-22 10:00 exited completed',
    ]);
    expect(told(clock(when), [visit('11-21 10:30'), buys('11-21 10:40'), buys('11-21 12:10')])).toContain(
      '11-21 13:30 sent third',
    );
  });

  it('without a condition is taken when the arm is done, once', () => {
    expect(told(clock(''), [visit('11-21 10:30')])).toEqual([
      '11-21 13:30 sent bye',
      '11-21 13:30 sent third',
      '11-22 10:00 exited completed',
    ]);
  });
});

describe('a clock around a step that waits for its answer', () => {
  it.each(['{ webhook: "https://example.com", else: [ send: bye ] }', '{ send: hello, else: [ send: bye ] }'])(
    'is noted when it falls due, and %s goes on waiting',
    (inner) => {
      const clock = '{ after: 1 hour, when: count("visit") == 1, then: [ send: third ] }';
      const steps = `{ wait_for: [ { event: visit, stay: true, then: [ ${inner} ] }, ${clock}, { event: purchase } ], id: around }`;
      const customer = new KeptCustomer(
        workspaceOf({ journey: `trigger: { event: repair.received }\nsteps: [ ${steps} ]` }),
      );
      customer.take({ type: 'repair.received', at: 0, data: { repair_id: 'r1' } });
      customer.take({ type: 'visit', at: 10 });
      const [before] = customer.live;
      customer.runTimers(minute(61));
      const [after] = customer.live;
      expect(after?.step).toBe(before?.step);
      expect(after?.state.awaits).toBe(before?.state.awaits);
      expect(after?.state.waits['around']).toMatchObject({ held: [0], fired: [] });
    },
  );
});
