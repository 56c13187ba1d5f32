import { unequal } from './differences.js';

describe('two values', () => {
  it('are equal whatever the order of their names, and whether what is absent is named', () => {
    expect(unequal('it', { a: 1, b: [{ c: 2, d: 3 }], e: undefined }, { b: [{ d: 3, c: 2 }], a: 1 })).toEqual([]);
  });

  it('are told apart at the very place', () => {
    expect(unequal('it', { a: { b: [1, 2] }, c: 'x' }, { a: { b: [1, 3] }, c: 'x' })).toEqual([
      { what: 'it.a.b[1]', expected: 2, found: 3 },
    ]);
  });

  it('are told apart where one lacks what the other has, be it null', () => {
    expect(unequal('it', { a: null }, { b: 1 })).toEqual([
      { what: 'it.a', expected: null, found: undefined },
      { what: 'it.b', expected: undefined, found: 1 },
    ]);
    expect(unequal('it', undefined, { a: 1 })).toEqual([{ what: 'it', expected: undefined, found: { a: 1 } }]);
  });

  it('are told apart in the order and length of lists, and a number from its text', () => {
    expect(unequal('it', [1, 2], [2, 1])).toHaveLength(2);
    expect(unequal('it', [1], [1, 1])).toEqual([{ what: 'it', expected: [1], found: [1, 1] }]);
    expect(unequal('it', 1, '1')).toHaveLength(1);
  });

  it('do not meet names that every object has', () => {
    expect(unequal('it', JSON.parse('{"toString": 1}'), {})).toHaveLength(1);
  });
});
