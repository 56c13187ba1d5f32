import { workspaceOf } from '../../../test/given/simulation.js';
import type { Journey } from './journey.js';
import { lookbackTypes, tieOf } from './lookback.js';

function journeyOf(top: string, steps: string): Journey {
  const [journey] = workspaceOf({ journey: `${top}trigger: { event: repair.received }\nsteps: [ ${steps} ]` }).journeys;
  if (journey === undefined) throw new Error('there is no journey');
  return journey;
}

const types = (top: string, steps: string): readonly string[] => [...lookbackTypes(journeyOf(top, steps))].sort();

describe('event types of which earlier events are looked at', () => {
  it('are those of waits since entry, and no others', () => {
    expect(types('', '{ wait_for: visit, since: entry }')).toEqual(['visit']);
    expect(types('', '{ wait_for: visit }')).toEqual([]);
    expect(types('', '{ send: hello }, { wait: 1 day }')).toEqual([]);
    expect(types('', '{ wait_for: [ { event: visit, since: entry }, { event: purchase } ] }')).toEqual(['visit']);
  });

  it('are those that about ties, of exits, goals and waits', () => {
    const tied = 'about: repair_id\nexit: { event: repair.cancelled }\ngoal: { event: repair.delivered }\n';
    expect(types(tied, '{ wait_for: repair.ready }, { wait_for: visit }')).toEqual([
      ...['repair.cancelled', 'repair.delivered', 'repair.ready'],
    ]);
    expect(types('about: repair_id\nexit: { event: visit }\n', '{ wait: 1 day }')).toEqual([]);
  });
});

describe('what ties an event to an enrolment', () => {
  const journey = journeyOf('about: repair_id\n', '{ wait_for: repair.ready }, { wait_for: visit }');

  it('is the field that about names, where the event has it and the enrolment a key', () => {
    expect(tieOf(journey, 'repair.ready', 'r1')).toEqual({ path: ['repair_id'], value: 'r1' });
    expect(tieOf(journey, 'visit', 'r1')).toBeUndefined();
    expect(tieOf(journey, 'repair.ready', undefined)).toBeUndefined();
  });

  it('is nothing without about, or where that is worked out', () => {
    expect(tieOf(journeyOf('', '{ wait_for: repair.ready }'), 'repair.ready', 'r1')).toBeUndefined();
    const worked = journeyOf('about: =trigger.repair_id\n', '{ wait_for: repair.ready }');
    expect(tieOf(worked, 'repair.ready', 'r1')).toBeUndefined();
  });
});
