import { countOf, either, surplus, tally } from './count.js';

describe('counting by receiver and text', () => {
  it('finds what is missing, what came twice and what nobody should have got', () => {
    const found = tally(['a', 'b', 'c'], countOf(['a', 'b', 'b', 'b', 'x']));
    expect(found.missing).toEqual(['c']);
    expect([...found.repeated]).toEqual([['b', 3]]);
    expect(found.strange).toEqual(['x']);
    expect(surplus(found)).toBe(3);
  });

  it('takes one of two for the other, and both for one too many', () => {
    const counts = either(countOf(['late', 'brief', 'b', 'b-late']), [
      ['brief', 'late'],
      ['b', 'b-late'],
      ['c', 'c-late'],
    ]);
    expect([...counts]).toEqual([
      ['brief', 2],
      ['b', 2],
    ]);
    expect(either(countOf(['late']), [['brief', 'late']])).toEqual(new Map([['brief', 1]]));
  });

  it('finds nothing where each came once', () => {
    const found = tally(['a', 'b'], countOf(['b', 'a']));
    expect(found.missing).toEqual([]);
    expect(surplus(found)).toBe(0);
  });
});
