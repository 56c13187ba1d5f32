import { KeptCustomer, minute, type DeskEvent } from '../../../test/given/desk.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import { JournalHistory } from '../expression/journal-history.js';
import { changeTo } from './change.js';
import type { Decision } from './decision.js';
import type { Enrolment } from './enrolment.js';
import type { JsonObject } from '../json.js';
import { makeFacts } from './facts.js';

const visit = { type: 'visit', at: 10 };
const buys = { type: 'purchase', at: 20, data: { amount: 1 } };
const head = 'trigger: { event: repair.received }\n';

/** Who entered at minute 0 by the old steps, had these events, and is moved to the new ones a minute after the last. */
function changed(
  old: string,
  events: readonly DeskEvent[],
  now: string,
  top = 'on_change: move\n',
  attributes?: JsonObject,
): Decision | undefined {
  const before = workspaceOf({ journey: `${head}steps: [ ${old} ]` });
  const customer = new KeptCustomer(before, attributes);
  customer.take({ type: 'repair.received', at: 0, data: { repair_id: 'r1', cost: 5 } });
  for (const event of events) customer.take(event);
  const workspace = workspaceOf({ journey: `${top}${head}steps: [ ${now} ]` });
  const [[was], [is], [enrolment]] = [before.journeys, workspace.journeys, customer.live];
  if (was === undefined || is === undefined || enrolment === undefined) throw new Error('nobody is inside');
  const person = { id: 'c1', attributes: {}, consent: {}, closed: {} };
  const last = events.at(-1)?.at ?? 0;
  return changeTo(is, was, enrolment, makeFacts(workspace, person, new JournalHistory(), 9), minute(last + 1));
}

const moved = (old: string, events: readonly DeskEvent[], now: string, renamed = ''): Enrolment | undefined =>
  changed(old, events, now, `on_change: move\n${renamed}`)?.enrolment;

describe('moving within an arm that stays', () => {
  const inner = '{ wait: 1 day, id: inner }';
  const staying = (then: string) => `{ event: visit, stay: true, then: [ ${then} ] }`;
  const outer = (...arms: readonly string[]) => `{ wait_for: [ ${arms.join(', ')} ], id: outer }`;
  const leaves = '{ event: purchase, then: [ stop: bought ] }';
  const old = outer(staying(inner), leaves);

  it('goes on with both waits, if both are there', () => {
    const found = moved(old, [visit], outer(staying('{ wait: 3 days, id: inner }'), leaves));
    expect(found).toMatchObject({ step: 'inner', wakeAt: minute(10 + 3 * 24 * 60) });
    expect(Object.keys(found?.state.waits ?? {}).sort()).toEqual(['inner', 'outer']);
  });

  it('does not happen where the one around it is gone or of another kind', () => {
    expect(moved(old, [visit], inner)).toBeUndefined();
    expect(moved(old, [visit], `{ wait: 2 days, id: outer }, ${inner}`)).toBeUndefined();
    expect(moved(old, [visit], `${outer(leaves)}, { wait_for: visit, id: inner }`)).toBeUndefined();
  });

  it('takes what came meanwhile to the arm that listens to it now', () => {
    const pending = (...arms: readonly string[]) =>
      moved(old, [visit, buys], outer(...arms))?.state.waits['outer']?.pending.map(({ arm, event }) => [
        arm,
        event.type,
      ]);
    expect(pending(staying(inner), leaves)).toEqual([[1, 'purchase']]);
    expect(pending(leaves, staying(inner))).toEqual([[0, 'purchase']]);
    expect(pending(staying(inner), '{ event: repair.ready }', leaves)).toEqual([[2, 'purchase']]);
    expect(pending(staying(inner), '{ event: repair.ready }')).toEqual([]);
  });

  it('leaves it at its place where that listens to the same, though an earlier one does too', () => {
    const picky = '{ event: purchase, when: event.amount > toman(9), then: [ stop: dear ] }';
    const found = moved(
      outer(picky, leaves, staying(inner)),
      [visit, buys],
      outer(picky, leaves, staying(inner), picky),
    );
    expect(found?.state.waits['outer']?.pending.map(({ arm }) => arm)).toEqual([1]);
  });

  it('remembers the condition of a clock that held when it fell due', () => {
    const clock = '{ after: 15 minutes, when: count("visit") > 0, then: [ send: hello ] }';
    const steps = (...clocks: readonly string[]) => outer(staying(inner), leaves, ...clocks);
    const found = (...clocks: readonly string[]) => {
      const later = { type: 'repair.ready', at: 30, data: { repair_id: 'r1' } };
      const { held, fired } = moved(steps(clock), [visit, later], steps(...clocks))?.state.waits['outer'] ?? {};
      return { held, fired };
    };
    const other = '{ after: 2 hours, then: [ send: bye ] }';
    expect(found(clock.replace('15', '20'))).toEqual({ held: [0], fired: [] });
    expect(found(other, clock)).toEqual({ held: [1], fired: [] });
    expect(found(other, other.replace('2', '3'))).toEqual({ held: [], fired: [] });
  });

  it('goes by what both were renamed to', () => {
    const found = moved(
      old,
      [visit],
      outer(staying('{ wait: 1 day, id: rest }'), leaves).replace('outer', 'around'),
      'renamed: { inner: rest, outer: around }\n',
    );
    expect(found?.step).toBe('rest');
    expect(Object.keys(found?.state.waits ?? {}).sort()).toEqual(['around', 'rest']);
  });
});

describe('moving to an end that is not known', () => {
  const unknown = '=timestamp(string(1 / count("purchase")))';

  it('is over at once, for a wait until a moment', () => {
    const found = moved('{ wait_until: 2026-12-21, id: then }', [visit], `{ wait_until: '${unknown}', id: then }`);
    expect(found?.wakeAt).toBe(minute(11));
  });

  it('has none, for a wait for an event without a limit', () => {
    const found = moved('{ wait_for: visit, at_most: 1 day, id: w }', [], '{ wait_for: visit, id: w }');
    expect(found?.state.waits['w']).toMatchObject({ since: minute(0), until: undefined });
  });
});

describe('an end that the new file does not change', () => {
  /** They lived in New York when they began to wait, where clocks go forward in March, and live in Tehran when they are moved. */
  const emigrant = (old: string, now: string) =>
    changed(old, [], now, 'on_change: move\n', { phone: '+989121234567', timezone: 'America/New_York' })?.enrolment
      ?.state;
  const days = 120 * 24 * 60;
  const [inNewYork, inTehran] = [minute(days - 60), minute(days)];

  it.each([
    ['wait', '{ wait: 120 days, id: w }'],
    ['wait for an event', '{ wait_for: visit, at_most: 120 days, id: w }'],
    ['wait for a task', '{ task: call, within: 120 days, id: w }'],
    ['wait until a moment', '{ wait_until: { date: =trigger_event.time, offset: 120 days }, id: w }'],
  ])('stays where it was set for a %s, though the clock is another one', (_, step) => {
    expect(emigrant(step, step)?.waits['w']).toMatchObject({ since: minute(0), until: inNewYork });
    expect(emigrant(step.replace('120', '119'), step)?.waits['w']).toMatchObject({ since: minute(0), until: inTehran });
  });

  it('stays for each clock of a wait, whichever place it has', () => {
    const clocks = (...lengths: readonly number[]) =>
      `{ wait_for: [ { event: visit }, ${lengths.map((one) => `{ after: ${String(one)} days, then: [ send: hello ] }`).join(', ')} ], at_most: 150 days, id: w }`;
    const found = emigrant(clocks(120), clocks(121, 120))?.waits['w']?.clocks;
    expect(found).toEqual([minute(days + 24 * 60), inNewYork]);
  });

  it('stays for a question', () => {
    const step = '{ ask: hello, answers: text, within: 120 days, id: w }';
    expect(emigrant(step, step)?.ask?.until).toBe(inNewYork);
    expect(emigrant(step.replace('120', '119'), step)?.ask?.until).toBe(inTehran);
  });
});

describe('somebody who is moved', () => {
  it('has nothing done to them by that, and nothing printed', () => {
    const decision = changed('{ wait: 1 day, id: w }', [visit], '{ wait: 2 days, id: w }');
    expect(decision).toMatchObject({ effects: [], trace: [] });
    expect(decision?.enrolment).toMatchObject({ status: 'active', key: undefined, endedAt: undefined });
  });

  it('keeps what was saved, the data that started them, and when they expire', () => {
    const found = moved('{ task: call, save_as: call }, { wait: 1 day, id: w }', [], '{ wait: 2 days, id: w }');
    expect(found?.state.saved).toHaveProperty('call');
    expect(found?.state.trigger).toMatchObject({ repair_id: 'r1' });
  });

  it('who leaves instead has their tasks withdrawn and their messages taken back', () => {
    const left = changed('{ task: call }, { wait: 1 day, id: w }', [], '{ wait: 2 days, id: w }', 'on_change: exit\n');
    expect(left?.effects.map(({ kind }) => kind)).toEqual(['task_closed', 'take_back']);
    expect(left?.enrolment).toMatchObject({ status: 'ended', wakeAt: undefined });
  });
});
