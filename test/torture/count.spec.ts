import { countOf, surplus, tally } from './count.js';

describe('counting by receiver and text', () => {
  it('finds what is missing, what came twice and what nobody should have got', () => {
    const found = tally(['a', 'b', 'c'], countOf(['a', 'b', 'b', 'b', 'x']));
    expect(found.missing).toEqual(['c']);
    expect([...found.repeated]).toEqual([['b', 3]]);
    expect(found.strange).toEqual(['x']);
    expect(surplus(found)).toBe(3);
  });

  it('finds nothing where each came once', () => {
    const found = tally(['a', 'b'], countOf(['b', 'a']));
    expect(found.missing).toEqual([]);
    expect(surplus(found)).toBe(0);
  });
});
