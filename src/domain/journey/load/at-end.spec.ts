import { story, on } from '../../../../test/given/simulation.js';
import { journeyText, toldOf } from '../../../../test/given/workspace.js';

const last = (steps: string) => toldOf({ 'journeys/test.yaml': `${journeyText({})}at_end: [ ${steps} ]\n` });

describe('steps at the end', () => {
  it('know what those before them save', () => {
    expect(last('{ task: call, save_as: call }, { emit: visit, data: { shop: =call.task_id } }')).toEqual([]);
    expect(last('{ task: call, save_as: call }, { take_back: call }')).toEqual([]);
    expect(last('{ emit: visit, data: { shop: =call.task_id } }, { task: call, save_as: call }')).toHaveLength(1);
  });

  it('are done one after the other', () => {
    const journeys = {
      a: 'trigger: { event: repair.ready }\nsteps: [ stop: over ]\nat_end: [ { task: call, save_as: call }, { emit: visit, data: { shop: =call.task_id } } ]',
      b: 'trigger: { event: visit }\nsteps: [ { stop: "{{trigger.shop}}" } ]',
    };
    expect(story({ journeys, events: [on('11-21 10:00', 'repair.ready')] }, 'exited')).toEqual([
      '11-21 10:00 a exited over',
      '11-21 10:00 b exited task-1',
    ]);
  });
});
