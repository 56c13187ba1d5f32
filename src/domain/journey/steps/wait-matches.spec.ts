import { start, minute } from '../../../../test/given/desk.js';
import { workspaceOf } from '../../../../test/given/simulation.js';
import { JournalHistory } from '../../expression/journal-history.js';
import { printInstant } from '../../time/instant.js';
import { CustomerDesk } from '../customer-desk.js';
import { makeFacts } from '../facts.js';
import { JourneySet } from '../journey-set.js';
import type { Asked, Tested, Witness } from '../witness.js';

const nothing = (): void => undefined;

interface Told {
  readonly tested: readonly Tested[];
  readonly asked: readonly Asked[];
}

/** What is told to somebody who wants to know why, of a wait that is reached after an hour. */
function allToldOf(wait: string, ...types: readonly string[]): Told {
  const journey = `about: repair_id\ntrigger: { event: repair.received }\nsteps: [ { wait: 1 hour }, { wait_for: ${wait} } ]`;
  const workspace = workspaceOf({ journey });
  const [tested, asked]: [Tested[], Asked[]] = [[], []];
  const witness: Witness = {
    ...{ turns: nothing, said: nothing, stands: nothing },
    tested: (one) => tested.push(one),
    asked: (one) => asked.push(one),
  };
  const customer = { id: 'c1', attributes: {}, consent: {}, closed: {} };
  const facts = makeFacts(workspace, customer, new JournalHistory(), 0, { witness });
  const own = { customerPatch: () => ({}) };
  const desk = new CustomerDesk(new JourneySet(workspace.journeys), own, facts, [], () => undefined);
  for (const [number, type] of ['repair.received', ...types].entries()) {
    const time = minute(10 * number);
    const data = { repair_id: 'r1' };
    desk.decideEvent({ id: type, source: '/', type, time, arrival: time, seq: number + 1, data }, time);
  }
  desk.decideTimers(minute(61), (due) => due);
  return { tested, asked };
}

/** Of the events that came before. */
const toldOf = (...parts: Parameters<typeof allToldOf>): readonly Tested[] =>
  allToldOf(...parts).tested.filter(({ rule }) => rule === 'since');

describe('what is told of the events before a wait', () => {
  it('is what each arm looks at, from when, and what it finds', () => {
    expect(toldOf('[ { event: repair.ready }, { event: visit } ]', 'repair.ready', 'visit', 'repair.ready')).toEqual([
      {
        ...{ at: minute(60), step: 'wait-for-any', rule: 'since', passed: true },
        seen: {
          ...{ event: 'repair.ready', since: 'entry', from: printInstant(start) },
          found: [printInstant(minute(10)), printInstant(minute(30))],
        },
      },
      {
        ...{ at: minute(60), step: 'wait-for-any', rule: 'since', passed: false },
        seen: { event: 'visit', since: 'last_wait', from: undefined, found: [] },
      },
    ]);
  });

  it('is that nothing was found, where nothing came or it was of another type', () => {
    const found = (...types: readonly string[]) =>
      toldOf('repair.ready', ...types).map(({ passed, seen }) => [passed, seen['found']]);
    expect(found()).toEqual([[false, []]]);
    expect(found('repair.estimated')).toEqual([[false, []]]);
  });
});

describe('what is told of a condition', () => {
  it('names the event under test where there is one', () => {
    const [arm] = allToldOf('[ { event: repair.ready, when: event.repair_id == "r1" } ]', 'repair.ready').asked;
    expect(arm).toMatchObject({
      question: {
        ...{ of: 'arm', step: 'wait-for-any', number: 1, name: 'repair.ready' },
        event: { type: 'repair.ready', id: 'repair.ready', time: minute(10) },
      },
      ...{ source: 'event.repair_id == "r1"', result: true },
    });
  });

  it('says that there is none', () => {
    const { asked } = allToldOf('[ { event: repair.ready } ]', 'repair.ready');
    expect(asked).toMatchObject([
      { source: undefined, result: true, question: { of: 'arm', event: { time: minute(10) } } },
    ]);
    const [clock] = allToldOf('[ { after: 1 second, when: 1 == 1, then: [ stop: x ] }, { event: visit } ]').asked;
    expect(clock?.question).toEqual({ of: 'clock', step: 'wait-for-any', number: 1 });
  });
});
