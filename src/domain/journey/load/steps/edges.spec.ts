import { scopeWith } from '../../../../../test/given/expression.js';
import { givenJourney, journeyText, toldOf } from '../../../../../test/given/workspace.js';
import type { WaitUntilStep } from '../../step.js';

type Parts = Parameters<typeof journeyText>[0];
const told = (parts: Parts, files: Readonly<Record<string, string>> = {}) =>
  toldOf({ 'journeys/test.yaml': journeyText(parts), ...files }).map((line) => line.replace('journeys/test.yaml:', ''));

describe('an arm of a split', () => {
  const id = 'id: s';

  it.each([
    ['[ x ]', /^5:\d+: expected an arm of a split as a mapping \(name, weight, then\), got "x"$/],
    ['[ { name: a, weight: 0% } ]', undefined],
    ['[ { name: a, weight: 100.1% } ]', /expected a share from 0% to 100%/],
    [
      '[ { name: a, weight: 50% }, { name: b, weight: 50.1% } ]',
      /^5:\d+: these weights are 100.1% together; 100% is all there is$/,
    ],
    ['[ { name: a, weight: 50% }, { name: b, weight: 50% } ]', undefined],
    ['[ { name: a, weight: 1% }, { name: b, weight: 1% }, { name: a, weight: 1% } ]', /there is an arm "a" already/],
  ])('%s', (arms, message) => {
    expect(told({ steps: `  - { split: ${arms}, ${id} }` })).toEqual(
      message === undefined ? [] : [expect.stringMatching(message)],
    );
  });

  it('leaves something that goes on, if it is not all', () => {
    const stops = (weight: string) =>
      told({ steps: `  - { split: [ { name: a, weight: ${weight}, then: [ stop: no ] } ], ${id} }\n  - send: hello` });
    expect(stops('99.9%')).toEqual([]);
    expect(stops('100%')).toEqual([expect.stringContaining('never reached')]);
  });
});

describe('an hour within a window', () => {
  const at = (hour: string, from: string, to: string) =>
    told({ steps: `  - wait: { from: "${from}", to: "${to}", at: "${hour}" }` });
  const outside = [expect.stringMatching(/this hour is outside the window/)];

  it('may be its start, and not its end', () => {
    expect([at('10:00', '10:00', '20:00'), at('19:59', '10:00', '20:00')]).toEqual([[], []]);
    expect([at('09:59', '10:00', '20:00'), at('20:00', '10:00', '20:00')]).toEqual([outside, outside]);
  });

  it('may be past midnight, where the window goes on there', () => {
    expect([at('21:00', '21:00', '03:00'), at('02:59', '21:00', '03:00')]).toEqual([[], []]);
    expect([at('20:59', '21:00', '03:00'), at('03:00', '21:00', '03:00')]).toEqual([outside, outside]);
  });

  it('that is no hour is told once, and nothing is made of it', () => {
    expect(at('25:00', '10:00', '20:00')).toEqual([expect.stringMatching(/^5:.*25:00/)]);
    const listed = (keys: string) => told({ steps: `  - wait: { ${keys} }` });
    expect(listed('from: "10:00", to: [20]')).toEqual([expect.stringMatching(/^5:32: expected a time of day/)]);
    expect(listed('from: "10:00", to: "20:00", at: [11]')).toEqual([expect.stringMatching(/^5:45: expected a time/)]);
  });

  it('may be any, where the window is a whole day', () => {
    expect([at('09:00', '10:00', '10:00'), at('10:00', '10:00', '10:00')]).toEqual([[], []]);
  });
});

describe('how long a question waits', () => {
  it('is three days, unless it says', () => {
    const of = (ask: string) =>
      told({ top: 'lasts_at_most: 3 days', steps: `  - ${ask}\n  - { wait_for: visit, at_most: 1 hour }` });
    expect(of('{ ask: hello, answers: text }')).toEqual([
      expect.stringContaining('this may still wait when the enrolment expires'),
    ]);
    expect(of('{ ask: hello, answers: text, within: 1 day }')).toEqual([]);
  });
});

describe('how often a question is asked again', () => {
  it.each(['-1', '1.5', '"1"', 'often', '[1]'])('is not %s', (reask) => {
    expect(told({ steps: `  - { ask: hello, answers: 1..5, reask: ${reask} }` })).toEqual([
      expect.stringMatching(/^5:\d+: expected how often it is asked again, such as 1, got /),
    ]);
  });

  it.each(['0', '1'])('may be %s', (reask) => {
    expect(told({ steps: `  - { ask: hello, answers: 1..5, reask: ${reask} }` })).toEqual([]);
  });
});

describe('a reason to stop', () => {
  it.each(['completed', 'goal', 'exit_rule', 'expired', 'restarted', 'journey_changed', 'erased'])(
    'is not %s, which the engine gives itself',
    (reason) => {
      expect(told({ steps: `  - stop: ${reason}` })).toEqual([
        `5:11: "${reason}" is a reason that the engine gives itself; say it in other words`,
      ]);
    },
  );

  it.each(['stop:', 'stop: "  "'])('is missing in %j', (step) => {
    expect(told({ steps: `  - ${step}` })).toEqual([
      expect.stringContaining('expected a reason, such as "stop: too late"'),
    ]);
  });

  it('is kept as it is written, if it holds nothing to be put in', () => {
    const written = (reason: string) =>
      [...givenJourney({ steps: `  - stop: ${reason}` }).steps.values()].map((step) =>
        'written' in step ? step.written : undefined,
      );
    expect([written('too late'), written('"{{customer.id}} is late"'), written('=started_by')]).toEqual([
      ...[['too late'], [undefined], [undefined]],
    ]);
  });
});

describe('a task', () => {
  it.each([
    ['{ task: call, results: [] }', /there is no result in this list$/],
    ['{ task: call, results: [a, b, a], within: 1 day }', /^5:\d+: "a" stands here twice$/],
    ['{ task: call, else: [ stop: no ] }', /^5:\d+: else is done when the task is not done in time; add within$/],
    ['{ task: }', /expected what is to be done/],
  ])('%s is told', (step, message) => {
    expect(told({ steps: `  - ${step}` })[0]).toEqual(expect.stringMatching(message));
  });

  it('has its result where it was waited for, and not where it was not', () => {
    const result = '\n  - choose: [ { when: call.result == "solved", then: [ send: hello ] } ]';
    const priced = (task: string) =>
      told({ steps: `  - ${task}\n  - { send: priced, with: { price: =call.result } }` });
    const absent = [expect.stringMatching(/this may be absent; say what then/)];
    const task = (more: string) => `{ task: call, results: [solved, no_answer], save_as: call${more} }`;
    expect(told({ steps: `  - ${task(', within: 1 day')}${result}` })).toEqual([]);
    expect(priced(task(', within: 1 day, else: [ stop: no ]')).filter((line) => line.includes('absent'))).toEqual([]);
    expect(priced(task(', within: 1 day')).filter((line) => line.includes('absent'))).toEqual(absent);
    expect(priced(task('')).filter((line) => line.includes('absent'))).toEqual(absent);
    expect(
      told({ steps: `  - ${task(', within: 1 day')}\n  - choose: [ { when: call.result == "slved", then: [] } ]` }),
    ).toEqual([expect.stringContaining('"call.result" is never "slved"; did you mean "solved"?')]);
  });

  it('may have its id asked for as soon as it is opened', () => {
    const steps = '  - { task: call, save_as: call }\n  - { send: hello, with: { x: =call.task_id } }';
    expect(told({ steps }).filter((line) => /absent|task_id/.test(line))).toEqual([]);
  });
});

describe('a name of save_as', () => {
  const saved = (name: string) => told({ steps: `  - { wait_for: repair.estimated, save_as: ${name} }` });

  it.each(['1st', 'a-b', 'a b', '__proto__', '"é"'])('is not %s', (name) => {
    expect(saved(name)).toEqual([expect.stringMatching(/^5:\d+: ".*" cannot be a name; expected letters, digits/)]);
  });

  it.each(['customer', 'event', 'trigger', 'now'])('is not %s, which is taken', (name) => {
    expect(saved(name)).toEqual([expect.stringMatching(/^5:\d+: ".*" is taken; give it another name$/)]);
  });

  it.each(['_a', 'a1', 'Estimate'])('may be %s', (name) => {
    expect(saved(name)).toEqual([]);
  });

  it('holds what all that save under it have in common', () => {
    const both = `  - wait_for:
      - { event: repair.estimated, save_as: it }
      - { event: repair.ready, save_as: it }\n`;
    const of = (field: string) => told({ steps: `${both}  - choose: [ { when: known(it.${field}), then: [] } ]` });
    expect([of('cost'), of('place'), of('repair_id')]).toEqual([[], [], []]);
    expect(of('colour')).toEqual([expect.stringContaining('has no field "colour"')]);
  });
});

describe('a wait_until', () => {
  const until = (moment: string) =>
    told(
      {
        trigger: 'trigger: { event: repair.received, when: known(event.back_at) }',
        steps: `  - { wait_until: ${moment}, then: [ stop: a ], else: [ stop: b ] }\n  - send: hello`,
      },
      { 'journeys/occasions.yaml': 'yalda: { jalali: 09-30 }\n' },
    );
  const never = [expect.stringContaining('never reached')];

  it('goes on without either only where there may be no such time', () => {
    expect([until('=trigger.back_at'), until('{ date: 2026-12-21, at: "10:00" }'), until('2 days')]).toEqual([
      ...[never, never, never],
    ]);
    expect([until('best_hour'), until('{ occasion: yalda, at: "10:00" }')]).toEqual([[], []]);
  });

  it('counts its length against how long an enrolment lives', () => {
    const lasting = (moment: string) => told({ top: 'lasts_at_most: 2 days', steps: `  - wait_until: ${moment}` });
    expect([lasting('3 days').length, lasting('1 day').length]).toEqual([1, 0]);
  });

  it('is at the best hour only by that word', () => {
    const step = [...givenJourney({ steps: '  - wait_until: 1 day' }).steps.values()][0] as WaitUntilStep;
    expect(step.moment === 'best_hour' ? undefined : step.moment.until(scopeWith({}), 0)).toBe(86_400_000);
  });
});

describe('what an arm of a wait saves', () => {
  const asks = '      - { event: visit, when: known(estimate), then: [ send: hello ] }';
  const wait = (arm: string) => told({ steps: `  - wait_for:\n      - ${arm}\n${asks}` });

  it('may be there in the others, if it goes on waiting afterwards', () => {
    expect(wait('{ after: 1 hour, then: [ { wait_for: repair.estimated, save_as: estimate } ] }')).toEqual([]);
    expect(wait('{ event: repair.estimated, save_as: estimate, stay: true, then: [ send: bye ] }')).toEqual([]);
  });

  it('is never there in the others, if it leaves', () => {
    expect(wait('{ event: repair.estimated, save_as: estimate }')).toEqual([
      expect.stringContaining('unknown name "estimate"'),
    ]);
  });
});
