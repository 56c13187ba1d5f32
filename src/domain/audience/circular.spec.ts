import { loadCatalogue } from '../catalogue/load.js';
import { Problems } from '../yaml/problems.js';
import { scopeWith } from '../../../test/given/expression.js';
import { loadAudiences } from './load.js';

const catalogue = loadCatalogue({ events: undefined, customers: undefined }, new Problems());

describe('who stands in a circle of questions', () => {
  const { audiences } = loadAudiences(
    {
      audiences: {
        name: 'audiences.yaml',
        text: 'before: in_audience("a") or true\na: in_audience("b") or true\nb: in_audience("a") or true\nbehind: in_audience("before") or true\nfree: true\n',
      },
      scores: { name: 'scores.yaml', text: 's: \'score("s") + 1\'\nt: \'score("s") > 1 ? 1 : 2\'\n' },
    },
    catalogue,
    new Problems(),
  );
  const scope = { ...scopeWith({ past: [] }), names: { customer: { id: 'c1' } } };

  it.each(['a', 'b', 'before', 'behind'])('is known of nobody, and asks for nothing: %s', (name) => {
    const condition = audiences.get(name)?.condition;
    expect(condition).toMatchObject({ kind: { kind: 'any' }, uses: { audiences: [] } });
    expect(condition?.evaluate(scope)).toBeUndefined();
  });

  it('leaves the others as they are', () => {
    expect(audiences.get('free')?.condition.evaluate(scope)).toBe(true);
  });
});
