import { KeptCustomer, minute, type DeskEvent } from '../../../test/given/desk.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import { printTraceJson } from '../../simulate/print-trace.js';
import type { Queue } from './decision.js';

const journeys = {
  stays: `about: repair_id
trigger: { event: repair.received }
entry: { again: after 1 hour, while_inside: update }
exit: { event: repair.cancelled }
goal: { event: repair.delivered, value: event.paid, within: 2 days }
lasts_at_most: 2 days
steps:
  - send: hello
  - wait_for:
      - event: repair.sent_to_workshop
        stay: true
        then:
          - wait: 30 minutes
          - { wait_for: repair.ready, since: last_wait, at_most: 40 minutes }
      - after: 1 hour
        when: count("visit") > 1
        then: [ { wait_for: visit, at_most: 20 minutes, save_as: seen }, { send: bye } ]
      - { event: repair.estimated, when: event.cost > toman(1), save_as: estimate }
      - event: repair.ready
    at_most: 5 hours
    else: [ stop: late ]
  - choose: [ { when: known(estimate), then: [ send: third ] } ]
  - wait_for: repair.ready
  - wait: 10 minutes
`,
  counts: `trigger: [ { event: visit, when: 'count("visit", "3 hours") < 4' }, { event: purchase, as: bought } ]
entry: { while_inside: restart }
goal: { event: purchase, continue: true }
steps: [ { wait_for: [ { event: purchase, stay: true, then: [ send: hello ] }, { event: visit } ], at_most: 90 minutes }, send: bye ]
`,
};
const workspace = workspaceOf({ journeys });
const types = ['received', 'sent_to_workshop', 'estimated', 'ready', 'delivered', 'cancelled'].map(
  (type) => `repair.${type}`,
);

/** Numbers that look like chance and are always the same. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function randomEvents(seed: number): readonly DeskEvent[] {
  const next = numbers(seed * 7919 + 1);
  let at = 0;
  return Array.from({ length: 40 }, () => {
    at += next(4) === 0 ? 0 : next(40);
    const time = next(5) === 0 ? at - next(60) : at;
    const kind = next(9);
    if (kind === 0)
      return { type: 'customer.updated', at, data: { timezone: next(2) === 0 ? 'Europe/Berlin' : 'Asia/Tehran' } };
    if (kind < 3) return { type: 'visit', at, time, data: {} };
    if (kind === 3) return { type: 'purchase', at, time, data: { amount: 1 } };
    const data = { repair_id: `r${String(next(2))}`, cost: next(20), paid: next(9) };
    return { type: next(3) === 0 ? 'repair.received' : (types[next(types.length)] ?? 'visit'), at, time, data };
  });
}

function lines(seed: number, reopens: (decision: number) => boolean): readonly string[] {
  const customer = new KeptCustomer(workspace, { phone: '+989121234567' }, reopens);
  for (const event of randomEvents(seed)) customer.take(event);
  customer.runTimers(minute(100_000));
  expect(customer.live.filter(({ status }) => status === 'active')).toEqual([]);
  return customer.trace.map(printTraceJson);
}

describe('the desk of a customer', () => {
  it.each(Array.from({ length: 25 }, (_, seed) => seed))(
    'decides the same where everything goes through JSON between any two decisions (%i)',
    (seed) => {
      const whole = lines(seed, () => false);
      expect(whole.length).toBeGreaterThan(20);
      expect(lines(seed, () => true)).toEqual(whole);
      const next = numbers(seed + 5);
      expect(lines(seed, () => next(3) === 0)).toEqual(whole);
    },
  );

  it('meets every kind of line in these runs, so that they show something', () => {
    const kinds = Array.from({ length: 25 }, (_, seed) => lines(seed, () => false)).flatMap((told) =>
      told.map((line) => {
        const { kind, by, reason } = JSON.parse(line) as Record<string, string>;
        return [kind, by ?? reason].filter((part) => part !== undefined).join(' ');
      }),
    );
    expect([...new Set(kinds)].sort()).toEqual(
      expect.arrayContaining([
        ...[
          'entered',
          'exited completed',
          'exited exit_rule',
          'exited goal',
          'exited late',
          'exited restarted',
          'goal',
        ],
        ...['not_entered already_active', 'not_entered re_entry', 'resumed event', 'resumed time', 'resumed timeout'],
      ]),
    );
  });

  it('tells what has changed since it was asked last, and nothing where nothing did', () => {
    const customer = new KeptCustomer(workspace);
    customer.take({ type: 'purchase', at: 0, data: { amount: 1 } });
    const { length } = customer.trace;
    customer.take({ type: 'customer.updated', at: 1, data: { name: 'Nika' } });
    expect([length, customer.trace.length]).toEqual([2, 2]);
    expect(customer.live.map(({ journey, step, wakeAt }) => [journey, step, wakeAt])).toEqual([
      ['counts', 'wait-for-any', minute(90)],
    ]);
    expect(customer.nextWake).toBe(minute(90));
  });

  it('hands a message over with what it needs to leave, and takes it back at an exit', () => {
    const customer = new KeptCustomer(workspace);
    customer.take({ type: 'repair.received', at: 0, data: { repair_id: 'r1' } });
    customer.take({ type: 'repair.cancelled', at: 1, data: { repair_id: 'r1' } });
    const queued = customer.effects.filter((effect): effect is Queue => effect.kind === 'queue');
    expect(queued).toMatchObject([
      {
        journey: 'stays',
        key: 'r1',
        enrolment: 1,
        step: 'send-hello',
        template: 'hello',
        purpose: 'transactional',
        notAfter: undefined,
        leaveBy: undefined,
      },
    ]);
    expect(queued[0]?.attempts).toMatchObject([
      { channel: 'sms', to: '+989121234567', content: { text: 'hello you' } },
    ]);
    expect(customer.effects.filter(({ kind }) => kind === 'take_back')).toEqual([
      { kind: 'take_back', of: { journey: 'stays', enrolment: 1 } },
    ]);
  });
});
