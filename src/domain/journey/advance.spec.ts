import { minute } from '../../../test/given/desk.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import { JournalHistory } from '../expression/journal-history.js';
import { advance } from './advance.js';
import { CustomerDesk } from './customer-desk.js';
import type { HistoryEvent } from '../expression/scope.js';
import { makeFacts } from './facts.js';
import { JourneySet } from './journey-set.js';
import type { Journey } from './journey.js';

const trigger = 'trigger: { event: visit }\n';
const customer = { id: 'c1', attributes: {}, consent: {}, closed: {} };
const facts = makeFacts(workspaceOf({ journey: `${trigger}steps: [ stop: x ]` }), customer, new JournalHistory(), 0);

const journeyOf = (text: string): Journey => {
  const [journey] = workspaceOf({ journey: `${trigger}${text}` }).journeys;
  if (journey === undefined) throw new Error('there is no journey');
  return journey;
};
const visit = (seq: number): HistoryEvent => ({
  ...{ id: `e${String(seq)}`, source: '/', type: 'visit', time: minute(seq), arrival: minute(seq), seq, data: {} },
});

it('makes nothing of a stimulus that concerns nobody', () => {
  const journey = journeyOf('goal: { event: visit }\nsteps: [ { wait: 1 day } ]');
  const nothing = { enrolment: undefined, effects: [], trace: [] };
  expect(advance(journey, undefined, { kind: 'timer' }, facts, minute(0))).toEqual(nothing);
  expect(advance(journey, undefined, { kind: 'goals', event: visit(1) }, facts, minute(0))).toEqual(nothing);
});

describe('a desk whose files have changed', () => {
  const own = { customerPatch: () => ({}) };

  /** Who entered by the old file, and stands at this desk with the new one. */
  function changed(now: string): CustomerDesk {
    const old = journeyOf('steps: [ { wait: 1 day, id: rest } ]');
    const first = new CustomerDesk(new JourneySet([old]), own, facts, [], () => undefined);
    first.decideEvent(visit(1), minute(1));
    const { enrolments } = first.take();
    const journeys = new JourneySet([journeyOf(now)], [old]);
    const desk = new CustomerDesk(journeys, own, first.facts, enrolments, () => undefined);
    desk.changeFiles(minute(2));
    return desk;
  }

  it('moves those whom the new file moves', () => {
    const desk = changed('on_change: move\nsteps: [ { wait: 3 days, id: rest } ]');
    expect(desk.take().enrolments).toMatchObject([{ step: 'rest', wakeAt: minute(1 + 3 * 24 * 60) }]);
    expect(desk.nextWake()).toBe(minute(1 + 3 * 24 * 60));
  });

  it('lets those leave whom it lets leave', () => {
    const { enrolments, trace } = changed('on_change: exit\nsteps: [ { wait: 3 days, id: rest } ]').take();
    expect(enrolments).toMatchObject([{ status: 'ended', reason: 'journey_changed' }]);
    expect(trace).toMatchObject([{ kind: 'exited', reason: 'journey_changed', step: 'rest' }]);
  });

  it('leaves the others alone', () => {
    const desk = changed('on_change: pin\nsteps: [ { wait: 3 days, id: rest } ]');
    expect(desk.take()).toEqual({ effects: [], trace: [], enrolments: [] });
    expect(desk.nextWake()).toBe(minute(1 + 24 * 60));
  });
});

describe('a desk whose customer is merged with another', () => {
  it('ends those that are named, and no others', () => {
    const [a, b] = [
      { ...journeyOf('steps: [ { task: call }, { wait: 1 day } ]'), name: 'a' },
      { ...journeyOf('steps: [ { wait: 1 day } ]'), name: 'b' },
    ];
    const desk = new CustomerDesk(new JourneySet([a, b]), { customerPatch: () => ({}) }, facts, [], () => undefined);
    desk.decideEvent(visit(1), minute(1));
    const [inA] = desk.take().enrolments;
    if (inA === undefined) throw new Error('nobody is inside');
    desk.leaveMerged([inA, { ...inA, seq: 7 }], minute(2));
    const { enrolments, effects, trace } = desk.take();
    expect(enrolments).toMatchObject([{ journey: 'a', status: 'ended', reason: 'merged', wakeAt: undefined }]);
    expect(trace).toMatchObject([{ journey: 'a', kind: 'exited', reason: 'merged' }]);
    expect(effects.map(({ kind }) => kind)).toEqual(['task_closed', 'take_back']);
    expect(desk.nextWake()).toBe(minute(1 + 24 * 60));
  });
});
