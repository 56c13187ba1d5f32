import { givenWorkspace } from '../../test/given/workspace.js';
import { createEventValidator } from './validate-event.js';

const { workspace } = givenWorkspace();
if (workspace === undefined) throw new Error('the shop has files that are not well');
const validate = createEventValidator({
  validate: (type, data) => workspace.catalogue.validate(type, data),
  whyRefused: (type) => workspace.catalogue.whyRefused(type),
});

describe('an event that merges two customers', () => {
  const told = (subject: string, data: unknown): readonly string[] => {
    const event = { specversion: '1.0', id: '1', source: '/shop', type: 'customer.merged', subject, data };
    const result = validate(event);
    return 'event' in result ? [] : result.refusals.map(({ place, message }) => `${place} ${message}`);
  };

  it('comes in as one of either of them', () => {
    expect([told('a', { from: 'a', into: 'b' }), told('b', { from: 'a', into: 'b' })]).toEqual([[], []]);
  });

  it.each([
    ['a', { from: 'a' }, 'data.into is missing; expected text'],
    ['a', { from: 'a', into: 7 }, 'data.into expected text, got 7'],
    ['a', { from: 'a', into: 'x'.repeat(300) }, "data.into has 300 characters; a customer's id has at most 256"],
    [
      'a',
      { from: 'a', into: 'a' },
      'data.into is the same customer as data.from; name two, the one that stays as data.into',
    ],
    ['c', { from: 'a', into: 'b' }, 'subject is neither of the two; set it to data.into'],
  ])('of %s with %j is refused, with the place and the remedy', (subject, data, why) => {
    expect(told(subject, data)).toEqual([why]);
  });
});
