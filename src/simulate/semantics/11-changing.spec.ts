import { KeptCustomer, minute } from '../../../test/given/desk.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import { changeTo } from '../../domain/journey/change.js';
import type { Decision } from '../../domain/journey/decision.js';
import type { Enrolment } from '../../domain/journey/enrolment.js';
import { makeFacts } from '../../domain/journey/facts.js';
import type { Journey } from '../../domain/journey/journey.js';
import { JournalHistory } from '../../domain/expression/journal-history.js';
import type { JsonObject } from '../../domain/json.js';

const hours = (count: number): number => minute(count * 60);
const day = (count: number): number => hours(count * 24);

interface Inside {
  readonly old: Journey;
  readonly enrolment: Enrolment;
}

/** Somebody who entered at minute 0 and has these events behind them. */
function inside(steps: string, ...events: readonly { type: string; at: number; data?: JsonObject }[]): Inside {
  const workspace = workspaceOf({ journey: `on_change: pin\ntrigger: { event: visit }\nsteps: [ ${steps} ]` });
  const customer = new KeptCustomer(workspace);
  customer.take({ type: 'visit', at: 0 });
  for (const event of events) customer.take(event);
  const [old] = workspace.journeys;
  const [enrolment] = customer.live;
  if (old === undefined || enrolment === undefined) throw new Error('nobody is inside');
  return { old, enrolment };
}

/** What the new file makes of them, an hour after they entered unless said otherwise. */
function changed({ old, enrolment }: Inside, top: string, steps: string, now = hours(1)): Decision | undefined {
  const workspace = workspaceOf({ journey: `${top}\ntrigger: { event: visit }\nsteps: [ ${steps} ]` });
  const [current] = workspace.journeys;
  if (current === undefined) throw new Error('there is no journey');
  const customer = { id: 'c1', attributes: { phone: '+989121234567' }, consent: {}, closed: {} };
  return changeTo(current, old, enrolment, makeFacts(workspace, customer, new JournalHistory(), 5), now);
}

const moved = (who: Inside, steps: string, top = '', now?: number): Enrolment | undefined =>
  changed(who, `on_change: move\n${top}`, steps, now)?.enrolment;
const waiting = inside('{ wait: 2 days, id: pause }, { send: hello }');

describe('a live journey that changes', () => {
  it('leaves alone those who are pinned to the version that they entered on', () => {
    expect(changed(waiting, 'on_change: pin', '{ wait: 5 days, id: pause }')).toBeUndefined();
    expect(changed(waiting, '', '{ wait: 5 days, id: pause }')).toBeUndefined();
  });

  it('leaves alone whoever is on it already, or is not inside any more', () => {
    const { old, enrolment } = waiting;
    expect(changed({ old, enrolment: { ...enrolment, status: 'watching' } }, 'on_change: exit', 'stop: x')).toBe(
      undefined,
    );
    expect(changed({ old, enrolment: { ...enrolment, status: 'ended' } }, 'on_change: exit', 'stop: x')).toBe(
      undefined,
    );
    const workspace = workspaceOf({
      journey: 'on_change: exit\ntrigger: { event: visit }\nsteps: [ { wait: 1 day } ]',
    });
    const facts = makeFacts(workspace, { id: 'c1', attributes: {}, consent: {}, closed: {} }, new JournalHistory(), 5);
    const [journey] = workspace.journeys;
    if (journey === undefined) throw new Error('there is no journey');
    const own = { ...enrolment, version: journey.version };
    expect(changeTo(journey, journey, own, facts, hours(1))).toBeUndefined();
  });

  it('may have everybody leave, and says why', () => {
    const left = changed(waiting, 'on_change: exit', '{ wait: 5 days, id: pause }');
    expect(left?.enrolment).toMatchObject({ status: 'ended', reason: 'journey_changed', endedAt: hours(1) });
    expect(left?.trace).toMatchObject([{ kind: 'exited', reason: 'journey_changed', step: 'pause' }]);
  });
});

describe('moving to the new file', () => {
  it('keeps the start of a wait and recomputes its limit', () => {
    const found = moved(waiting, '{ wait: 5 days, id: pause }');
    expect(found).toMatchObject({ status: 'active', step: 'pause', wakeAt: day(5) });
    expect(found?.version).not.toBe(waiting.old.version);
    expect(found?.state.waits['pause']).toMatchObject({ since: minute(0), until: day(5) });
    expect(moved(waiting, '{ wait: 1 hour, id: pause }', '', hours(3))?.wakeAt).toBe(hours(1));
  });

  it('goes by what the step was renamed to', () => {
    const found = moved(waiting, '{ wait: 3 days, id: rest }', 'renamed: { pause: rest }\n');
    expect(found).toMatchObject({ step: 'rest', wakeAt: day(3) });
    expect(Object.keys(found?.state.waits ?? {})).toEqual(['rest']);
  });

  it('does not happen where the step is gone or is of another kind: that person is pinned', () => {
    expect(moved(waiting, '{ wait: 5 days, id: other }')).toBeUndefined();
    expect(moved(waiting, '{ wait_for: purchase, id: pause }')).toBeUndefined();
    const hook = inside('{ webhook: "https://example.com", id: call }');
    expect(moved(hook, '{ webhook: "https://example.com", id: call }, { send: bye }')).toMatchObject({ step: 'call' });
    expect(moved(hook, '{ webhook: "https://example.com", id: ring }', 'renamed: { call: ring }\n')).toBeUndefined();
  });

  it('recomputes a moment and a task, and leaves the best hour', () => {
    const until = inside('{ wait_until: 2026-12-21, id: then }');
    expect(moved(until, '{ wait_until: 2026-12-01T00:00:00Z, id: then }')?.wakeAt).toBe(
      Date.parse('2026-12-01T00:00:00Z'),
    );
    const task = inside('{ task: call, results: [done], within: 1 day, id: call }');
    expect(moved(task, '{ task: call, results: [done], within: 3 days, id: call }')?.wakeAt).toBe(day(3));
    expect(moved(task, '{ task: call, id: call }')?.state.waits['call']?.until).toBe(hours(1));
  });

  it('recomputes how long a question is open, from its sending', () => {
    const asked = inside('{ ask: hello, answers: text, within: 1 day, id: ask }');
    const found = moved(
      asked,
      '{ ask: hello, answers: text, within: 4 days, id: question }',
      'renamed: { ask: question }\n',
    );
    expect(found?.state.ask).toMatchObject({ step: 'question', sentAt: minute(0), until: day(4) });
    expect(found?.wakeAt).toBe(day(4));
  });
});

describe('moving a wait for events', () => {
  const arms = (first: string, second: string, more = '') =>
    `{ wait_for: [ { after: ${first}, then: [ send: hello ] }, { after: ${second}, then: [ send: bye ] }, { event: purchase } ]${more}, id: waits }`;
  const clocksOf = (found: Enrolment | undefined) => {
    const wait = found?.state.waits['waits'];
    return { clocks: wait?.clocks, fired: wait?.fired, until: wait?.until };
  };
  const fresh = inside(arms('1 day', '2 days'));
  const oneFired = inside(arms('1 day', '2 days'), { type: 'visit', at: 25 * 60 });

  it('sets its clocks and its limit anew, from its start', () => {
    expect(clocksOf(moved(fresh, arms('3 days', '5 days', ', at_most: 9 days')))).toEqual({
      ...{ clocks: [day(3), day(5)], fired: [], until: day(9) },
    });
  });

  it('remembers what has fallen due, by its place where there are as many clocks', () => {
    expect(clocksOf(moved(oneFired, arms('3 days', '5 days'), '', hours(26))).fired).toEqual([0]);
  });

  it('and by its length where there are not', () => {
    const three = (first: string) =>
      `{ wait_for: [ { after: ${first}, then: [ send: hello ] }, { after: 1 day, then: [ send: hello ] }, { after: 9 days, then: [ send: bye ] }, { event: purchase } ], id: waits }`;
    expect(clocksOf(moved(oneFired, three('4 hours'), '', hours(26))).fired).toEqual([1]);
    expect(
      clocksOf(moved(oneFired, three('1 week').replace('after: 1 day', 'after: 8 days'), '', hours(26))).fired,
    ).toEqual([]);
  });
});
