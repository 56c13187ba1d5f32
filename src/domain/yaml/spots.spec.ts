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

  it.each([
    // A line that goes on behind a backslash.
    ['ab', '"a\\\n  b"', [1, 6, 7]],
    ['ab', '"a\\\r\n b"', [1, 6, 7]],
    ['ab', String.raw`"\U00000061b"`, [1, 11, 12]],
    ['\\', String.raw`"\\"`, [1, 3]],
    ['\tb', String.raw`"\tb"`, [1, 3, 4]],
    // Backslashes and quotes of the other sort are letters like any other.
    ['\\x', "'\\x'", [1, 2, 3]],
    ["''", `"''"`, [1, 2, 3]],
    ['""', `'""'`, [1, 2, 3]],
    ["it''s", "it''s", [0, 1, 2, 3, 4, 5]],
    ['a\\x', 'a\\x', [0, 1, 2, 3]],
    // Of blank lines between two that are folded all but the first remain.
    ['a\nb', 'a\n\nb', [0, 1, 3, 4]],
    ['a b', 'a  \n  b', [0, 1, 6, 7]],
    // Blocks: what stands behind the sign, and a first line that begins with such a sign itself.
    ['ab\n', '|-  # why\n ab\n', [11, 12, 13, 14]],
    ['ab\n', '>2\r\n  ab\r\n', [6, 7, 8, 10]],
    ['| a', '|-\n  | a', [5, 6, 7, 8]],
    ['> a', '>-\n  > a', [5, 6, 7, 8]],
    ['|a', '|a', [0, 1, 2]],
    ['', '""', [1]],
    ['', '', [0]],
  ])('of %j in %j', (value, source, spots) => {
    expect(spotsOf(value, source)).toEqual(spots);
  });
});
