import { spotsOf } from './spots.js';

/** The characters of the source at the places of the value's characters. */
function seen(value: string, source: string): string {
  const spots = spotsOf(value, source);
  return value
    .split('')
    .map((_, at) => source.charAt(spots[at] ?? -1))
    .join('');
}

describe('the places of a value in its source', () => {
  it('are one to one in a plain value', () => {
    expect(spotsOf('a + b', 'a + b')).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('lie behind the quote of a quoted value', () => {
    expect(spotsOf('a == 1', '"a == 1"')[0]).toBe(1);
    expect(spotsOf('a == 1', "'a == 1'").at(-1)).toBe(7);
  });

  it('step over escapes', () => {
    expect(seen('a"b', String.raw`"a\"b"`)).toBe('a\\b');
    expect(spotsOf("it's x", "'it''s x'")).toEqual([1, 2, 3, 5, 6, 7, 8]);
    expect(spotsOf('ab', String.raw`"\x61b"`)).toEqual([1, 5, 6]);
    expect(spotsOf('ab', String.raw`"\u0061b"`)[1]).toBe(7);
  });

  it('step over folded lines', () => {
    const source = 'known(x)\n      and y';
    const spots = spotsOf('known(x) and y', source);
    expect(source.slice(spots[9])).toBe('and y');
  });

  it('step over the indentation of a block', () => {
    const source = '|\n    known(x)\n    and y\n';
    const spots = spotsOf('known(x)\nand y\n', source);
    expect(source.slice(spots[0], (spots[0] ?? 0) + 5)).toBe('known');
    expect(source.slice(spots[9], (spots[9] ?? 0) + 3)).toBe('and');
  });

  it('end where the source does, in a block without a line end of its own', () => {
    expect(spotsOf('ab\n', '|\n  ab')).toEqual([4, 5, 6, 6]);
  });

  it('step over a folded line that begins with a space of its own', () => {
    expect(spotsOf('a  b', '"a\n  \\ b"')).toEqual([1, 2, 5, 7, 8]);
  });

  it('are found in a folded block', () => {
    const source = '>-\n  a\n  and b';
    const spots = spotsOf('a and b', source);
    expect(source.slice(spots[2])).toBe('and b');
  });
});
