import { KeptCustomer, minute } from '../../../test/given/desk.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import type { Enrolment } from './enrolment.js';

const day = (count: number): number => minute(count * 24 * 60);

/** Somebody who entered at minute 0, and these events an hour later. */
function customerOf(top: string, steps: string, ...types: readonly string[]): KeptCustomer {
  const customer = new KeptCustomer(workspaceOf({ journey: `${top}trigger: { event: visit }\nsteps: [ ${steps} ]` }));
  customer.take({ type: 'visit', at: 0 });
  for (const type of types) customer.take({ type, at: 60, data: type === 'purchase' ? { amount: 1 } : {} });
  return customer;
}

describe('open tasks at the end', () => {
  const closed = (top: string, steps: string, ...types: readonly string[]): number => {
    const customer = customerOf(top, steps, ...types);
    customer.runTimers(day(9));
    return customer.effects.filter(({ kind }) => kind === 'task_closed').length;
  };
  const waits = '{ task: call }, { task: ring }, { wait: 1 day }';

  it('are withdrawn by an exit and a goal, each of them', () => {
    expect(closed('exit: { event: purchase }\n', waits, 'purchase')).toBe(2);
    expect(closed('goal: { event: purchase }\n', waits, 'purchase')).toBe(2);
  });

  it('stay open after completion, a stop, expiry and a restart: somebody is still to be called', () => {
    expect(closed('', waits)).toBe(0);
    expect(closed('', '{ task: call }, { stop: enough }')).toBe(0);
    expect(closed('lasts_at_most: 2 hours\n', waits)).toBe(0);
    expect(closed('entry: { while_inside: restart }\n', waits, 'visit')).toBe(0);
    expect(closed('goal: { event: purchase, continue: true }\n', waits, 'purchase')).toBe(0);
  });

  it('of at_end are opened and not withdrawn', () => {
    const customer = customerOf('exit: { event: purchase }\nat_end: [ { task: ask why } ]\n', waits, 'purchase');
    expect(customer.effects.filter(({ kind }) => kind === 'task_opened')).toHaveLength(3);
    expect(customer.effects.filter(({ kind }) => kind === 'task_closed')).toHaveLength(2);
  });
});

describe('how long a goal is watched for', () => {
  const watched = (goal: string): readonly Pick<Enrolment, 'status' | 'wakeAt'>[] =>
    customerOf(`goal: ${goal}\n`, '{ stop: done }').live.map(({ status, wakeAt }) => ({ status, wakeAt }));

  it('is the longest of several', () => {
    const [two, five] = ['{ event: purchase, within: 2 days }', '{ event: repair.ready, within: 5 days }'];
    expect(watched(`[ ${two}, ${five} ]`)).toEqual([{ status: 'watching', wakeAt: day(5) }]);
    expect(watched(`[ ${five}, ${two} ]`)).toEqual([{ status: 'watching', wakeAt: day(5) }]);
  });

  it('is that of the others where one is not known', () => {
    const unknown = `{ event: repair.ready, within: '=timestamp(string(1 / count("purchase")))' }`;
    expect(watched(`[ ${unknown}, { event: purchase, within: 2 days } ]`)).toEqual([
      { status: 'watching', wakeAt: day(2) },
    ]);
    expect(watched(`[ { event: purchase, within: 2 days }, ${unknown} ]`)).toEqual([
      { status: 'watching', wakeAt: day(2) },
    ]);
  });

  it('is over with the steps where its time has passed by then, its last instant excluded', () => {
    const live = (within: string) => {
      const goal = `goal: { event: purchase, within: ${within} }\n`;
      const customer = customerOf(goal, '{ wait: 2 hours }, { stop: done }');
      customer.runTimers(minute(121));
      return customer.live.map(({ status }) => status);
    };
    expect(live('1 hour')).toEqual([]);
    expect(live('2 hours')).toEqual([]);
    expect(live('3 hours')).toEqual(['watching']);
  });
});
