import { loadCatalogue } from '../catalogue/load.js';
import { Problems } from '../yaml/problems.js';
import { loadAudiences } from './load.js';

describe('a score may be unknown', () => {
  const catalogue = loadCatalogue(
    { events: undefined, customers: { name: 'customers.yaml', text: 'points: integer\n' } },
    new Problems(),
  );

  it.each([
    ['of an attribute, which a customer may not have', 'customer.points', true],
    ['not of what everybody is', 'customer.id == "c1" ? 1 : 0', false],
    ['not of the time', 'now.getHours() > 3 ? 1 : 0', false],
    ['not where it says what else', 'default(customer.points, 0)', false],
  ])('%s', (_, value, maybeUnknown) => {
    const problems = new Problems();
    const text = `s: '${value}'\n`;
    const { scores } = loadAudiences(
      { audiences: undefined, scores: { name: 'scores.yaml', text } },
      catalogue,
      problems,
    );
    expect(problems.sorted()).toEqual([]);
    expect(scores.get('s')?.maybeUnknown).toBe(maybeUnknown);
  });
});
