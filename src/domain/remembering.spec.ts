import { remembering } from './remembering.js';

describe('a reader that remembers', () => {
  it('reads the same text once', () => {
    const read: string[] = [];
    const reader = remembering((text) => read.push(text));
    expect([reader('a'), reader('b'), reader('a')]).toEqual([1, 2, 1]);
    expect(read).toEqual(['a', 'b']);
  });

  it('keeps so many and no more, and none that are long', () => {
    const read: string[] = [];
    const reader = remembering((text) => read.push(text), 2);
    for (const text of ['a', 'b', 'c', 'a']) reader(text);
    expect(read).toEqual(['a', 'b', 'c', 'a']);
    for (const text of ['x'.repeat(1_000), 'x'.repeat(1_000)]) reader(text);
    expect(read).toHaveLength(6);
  });
});
