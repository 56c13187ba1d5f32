import { mergeUses } from './uses.js';

const none = { audiences: [], scores: [], population: false, credit: false, spent: false };

describe('what several ask for together', () => {
  it('is nothing where there are none, or where none asks', () => {
    expect(mergeUses([])).toEqual(none);
    expect(mergeUses([none, none])).toEqual(none);
  });

  it.each(['population', 'credit', 'spent'] as const)('is %s, if one of them asks for it', (use) => {
    expect(mergeUses([none, { ...none, [use]: true }])).toEqual({ ...none, [use]: true });
  });

  it('is each audience and score once, in the order found', () => {
    const all = [
      { ...none, audiences: ['b', 'a'], scores: ['s'] },
      { ...none, audiences: ['a', 'c'], scores: ['s', 'r'] },
    ];
    expect(mergeUses(all)).toEqual({ ...none, audiences: ['b', 'a', 'c'], scores: ['s', 'r'] });
  });
});
