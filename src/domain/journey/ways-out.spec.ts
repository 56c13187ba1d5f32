import { givenJourney } from '../../../test/given/workspace.js';
import { alternativesOf, waysOutOf } from './ways-out.js';

const firstOf = (step: string) => {
  const [first] = givenJourney({ steps: `  - ${step}\n  - { send: bye, id: last }` }).steps.values();
  if (first === undefined) throw new Error(`no step in ${step}`);
  return first;
};
const waysOf = (step: string) =>
  alternativesOf(firstOf(step)).map(({ name, to }) => `${name}: ${to.kind === 'step' ? to.id : to.kind}`);

describe('where a step may lead', () => {
  it.each<[string, readonly string[]]>([
    ['send: hello', []],
    ['{ send: hello, else: [ { send: bye, id: other } ] }', ['else: other']],
    ['{ ask: hello, answers: text, else: [ { send: bye, id: other } ] }', ['else: other']],
    ['{ webhook: "https://example.com", else: [ { send: bye, id: other } ] }', ['else: other']],
    ['{ task: call, within: 1 day, else: [ { send: bye, id: other } ] }', ['else: other']],
    ['wait_for: visit', ['visit: last']],
    ['{ wait_for: visit, at_most: 1 day }', ['visit: last', 'time-out: last']],
    ['{ wait_for: visit, at_most: 1 day, else: [ { send: bye, id: other } ] }', ['visit: last', 'time-out: other']],
    [
      '{ wait_for: [ { event: visit }, { after: 1 day, then: [ { send: bye, id: other } ] } ] }',
      ['visit: last', 'after: other'],
    ],
    [
      '{ wait_until: 1 day, then: [ { send: hello, id: a } ], else: [ { send: hello, id: b } ] }',
      ['then: a', 'else: b'],
    ],
    [
      'choose: [ { when: known(trigger.device), then: [ { send: hello, id: a } ] }, { else: [ { send: hello, id: b } ] } ]',
      ['known(trigger.device): a', 'else: b'],
    ],
    ['choose: [ { when: known(trigger.device), then: [] } ]', ['known(trigger.device): last']],
    ['{ split: [ { name: half, weight: 50%, then: [ { send: hello, id: a } ] } ], id: s }', ['half: a']],
    ['wait: 1 day', []],
  ])('besides on: %s', (step, ways) => {
    expect(waysOf(step)).toEqual(ways);
  });

  it('is on, before all', () => {
    const step = firstOf('{ send: hello, else: [ { send: bye, id: other } ] }');
    expect(waysOutOf(step)).toEqual([
      { kind: 'step', id: 'last' },
      { kind: 'step', id: 'other' },
    ]);
  });
});
