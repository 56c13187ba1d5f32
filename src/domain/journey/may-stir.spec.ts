import { on, story } from '../../../test/given/simulation.js';

const visit = on('11-21 10:00', 'visit');

describe('a reply', () => {
  const writes = on('11-21 11:00', 'message.received', { channel: 'sms', from: 'x', text: 'so' });
  const starts = 'trigger: { event: message.received }\nsteps: [ { stop: started } ]';

  it('starts a journey, whoever is inside another one that does not wait for it', () => {
    const journeys = { a: 'trigger: { event: visit }\nsteps: [ { wait: 9 days } ]', b: starts };
    expect(story({ journeys, events: [visit, writes] }, 'exited')).toEqual([
      '11-21 11:00 b exited started',
      '11-30 10:00 a exited completed',
    ]);
  });

  it('starts a journey, whoever is inside another one that waits for something else', () => {
    const journeys = { a: 'trigger: { event: visit }\nsteps: [ { wait_for: purchase, at_most: 1 day } ]', b: starts };
    expect(story({ journeys, events: [visit, writes] }, 'exited')[0]).toBe('11-21 11:00 b exited started');
  });
});

describe('a task that is done', () => {
  const done = on('11-21 11:00', 'task.done', { task_id: 'task-1', result: 'solved' });
  const told = (steps: string, top = '') =>
    story({ journey: `${top}trigger: { event: visit }\nsteps: [ ${steps} ]`, events: [visit, done] }, 'exited');

  it('reaches a journey that has nothing but the task', () => {
    expect(told('{ task: call, results: [solved], within: 9 days }')).toEqual(['11-21 11:00 exited completed']);
  });

  it('reaches a journey that has other steps before and below it', () => {
    expect(told('{ send: hello }, { task: call, results: [solved], within: 9 days }, { stop: on }')).toEqual([
      '11-21 11:00 exited on',
    ]);
  });

  it('is waited for as any other event is, without a task of its own', () => {
    expect(told('{ wait_for: task.done }, { stop: heard }')).toEqual(['11-21 11:00 exited heard']);
    expect(told('{ wait: 9 days }', 'exit: { event: task.done }\n')).toEqual(['11-21 11:00 exited exit_rule']);
  });
});
