import { on, simulated, story } from '../../../test/given/simulation.js';

const visit = on('11-21 10:00', 'visit');
const done = (time: string, id = 'task-1', result = 'solved') => on(time, 'task.done', { task_id: id, result });
const journey = (steps: string, top = '') => `${top}trigger: { event: visit }\nsteps: [ ${steps} ]`;
const call =
  '{ task: "call {{customer.name}}", assign_to: care, due: 4 hours, results: [solved, no_answer], within: 1 day, save_as: call, else: [ stop: late ] }';
const withResult = `${call}, { stop: "{{call.result}}" }`;

describe('a task', () => {
  it('prints its id, title, whom and until when, and then what it waits for', () => {
    const { lines } = simulated({ journey: journey(withResult), events: [visit] });
    expect(lines.slice(1, 3)).toEqual([
      {
        ...{ at: '2026-11-21T06:30:00.000Z', kind: 'task', customer: 'c1', journey: 'test', step: 'task' },
        ...{ task_id: 'task-1', title: 'call Sara', assign_to: 'care', due: '2026-11-21T10:30:00.000Z' },
      },
      {
        ...{ at: '2026-11-21T06:30:00.000Z', kind: 'waiting', customer: 'c1', journey: 'test', step: 'task' },
        ...{ for: 'task.done', until: '2026-11-22T06:30:00.000Z' },
      },
    ]);
  });

  it('with within waits until it is done, its last instant included', () => {
    expect(story({ journey: journey(withResult), events: [visit, done('11-22 10:00')] }).slice(3)).toEqual([
      '11-22 10:00 resumed event task.done',
      '11-22 10:00 exited solved',
    ]);
    expect(story({ journey: journey(withResult), events: [visit, done('11-22 10:00:01')] }).slice(3)).toEqual([
      '11-22 10:00 resumed timeout',
      '11-22 10:00 exited late',
    ]);
  });

  it('does not take the word on another task', () => {
    expect(story({ journey: journey(withResult), events: [visit, done('11-21 11:00', 'task-2')] }, 'exited')).toEqual([
      '11-22 10:00 exited late',
    ]);
  });

  it('not done in time leads on where there is no else, its name without a result', () => {
    const text = journey(
      '{ task: call, within: 1 day, results: [solved], save_as: call }, { choose: [ { when: call.result == "solved", then: [ stop: solved ] }, { else: [ stop: open ] } ] }',
    );
    expect(story({ journey: text, events: [visit] }, 'exited')).toEqual(['11-22 10:00 exited open']);
    expect(story({ journey: text, events: [visit, done('11-21 11:00')] }, 'exited')).toEqual([
      '11-21 11:00 exited solved',
    ]);
  });

  it('without within is not waited for, and its result is known later', () => {
    const text = journey(
      '{ task: call, results: [solved], save_as: call }, { wait: 1 day }, { choose: [ { when: call.result == "solved", then: [ stop: solved ] }, { else: [ stop: open ] } ] }',
    );
    expect(story({ journey: text, events: [visit, done('11-21 11:00')] }).slice(1)).toEqual([
      '11-21 10:00 task',
      '11-21 10:00 waiting until 11-22 10:00',
      '11-22 10:00 resumed time',
      '11-22 10:00 chosen 1',
      '11-22 10:00 exited solved',
    ]);
  });

  it('has its id known at once, under the name that it is saved as', () => {
    const text = journey('{ task: call, save_as: call }, { stop: "{{call.task_id}}" }');
    expect(story({ journey: text, events: [visit] }, 'exited')).toEqual(['11-21 10:00 exited task-1']);
  });

  it('is numbered from task-1 in the order opened', () => {
    const { lines } = simulated({
      journey: journey('{ task: one }, { task: two }'),
      events: [visit, on('11-21 11:00', 'visit', {}, { subject: 'c2' })],
    });
    expect(
      lines.filter(({ kind }) => kind === 'task').map((line) => [line['task_id'], line['title'], line.customer]),
    ).toEqual([
      ['task-1', 'one', 'c1'],
      ['task-2', 'two', 'c1'],
      ['task-3', 'one', 'c2'],
      ['task-4', 'two', 'c2'],
    ]);
  });

  it('forgets its own name when it begins', () => {
    const arms = `{ wait_for: [ { event: purchase, stay: true, then: [ { task: call, results: [solved], within: 1 hour, save_as: call } ] }, { event: visit } ] }, { choose: [ { when: known(call) and call.result == "solved", then: [ stop: solved ] }, { else: [ stop: open ] } ] }`;
    const buys = (time: string) => on(time, 'purchase', { amount: 1 });
    const told = (...events: readonly ReturnType<typeof on>[]) =>
      story({ journey: journey(arms), events: [visit, ...events] }, 'exited');
    expect(told(buys('11-21 11:00'), done('11-21 11:10'), on('11-21 13:00', 'visit'))).toEqual([
      '11-21 13:00 exited solved',
    ]);
    expect(told(buys('11-21 11:00'), done('11-21 11:10'), buys('11-21 12:00'), on('11-21 14:00', 'visit'))).toEqual([
      '11-21 14:00 exited open',
    ]);
  });

  it('may be waited for elsewhere, by its event', () => {
    const text = journey(
      '{ task: call, results: [solved], save_as: call }, { wait_for: task.done, when: event.task_id == call.task_id, at_most: 1 day, else: [ stop: late ] }, { stop: "{{call.result}}" }',
    );
    expect(story({ journey: text, events: [visit, done('11-21 11:00')] }, 'exited')).toEqual([
      '11-21 11:00 exited solved',
    ]);
    expect(story({ journey: text, events: [visit, done('11-21 11:00', 'task-7')] }, 'exited')).toEqual([
      '11-22 10:00 exited late',
    ]);
  });
});

describe('open tasks', () => {
  const told = (top: string, ...events: readonly ReturnType<typeof on>[]) =>
    story({
      journey: journey(
        '{ task: call, results: [solved], within: 9 days, save_as: call, else: [ stop: late ] }, { stop: "{{call.result}}" }',
        top,
      ),
      events: [visit, ...events],
    }).slice(3);

  it('are withdrawn by an exit and a goal: what is said of them later changes nothing', () => {
    const buys = on('11-21 11:00', 'purchase', { amount: 1 });
    expect(told('exit: { event: purchase }\n', buys, done('11-21 12:00'))).toEqual(['11-21 11:00 exited exit_rule']);
    expect(told('goal: { event: purchase }\n', buys, done('11-21 12:00'))).toEqual([
      '11-21 11:00 goal',
      '11-21 11:00 exited goal',
    ]);
  });

  it('are taken back by name', () => {
    const text = journey('{ task: call, results: [solved], save_as: call }, { wait: 1 day }, { take_back: call }');
    const kinds = (...events: readonly ReturnType<typeof on>[]) =>
      simulated({ journey: text, events: [visit, ...events] }).lines.filter(({ kind }) => kind === 'taken_back');
    expect(kinds()).toEqual([
      { at: '2026-11-22T06:30:00.000Z', kind: 'taken_back', customer: 'c1', journey: 'test', step: 'take-back' },
    ]);
    expect(kinds(done('11-21 11:00'))).toEqual([]);
  });
});
