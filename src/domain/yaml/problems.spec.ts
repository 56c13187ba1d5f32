import { compareText, Problems } from './problems.js';

const at = (file: string, line: number, column: number) => ({ file, line, column });

describe('problems', () => {
  it('come sorted by file, line and column, each once', () => {
    const problems = new Problems();
    problems.error(at('b', 1, 1), 'four');
    problems.error(at('a', 10, 1), 'three');
    problems.warning(at('a', 9, 2), 'two');
    problems.error(at('a', 9, 1), 'one');
    problems.error(at('a', 9, 1), 'one');
    expect(problems.sorted().map(({ message }) => message)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('are failures only where there is an error', () => {
    const problems = new Problems();
    problems.warning(at('a', 1, 1), 'hm');
    expect(problems.failed).toBe(false);
    problems.error(at('a', 1, 1), 'no');
    expect(problems.failed).toBe(true);
  });
});

describe('order of names', () => {
  it('goes by code point, not by UTF-16 unit', () => {
    expect(compareText('\u{1F600}', '\uFF5E')).toBeGreaterThan(0);
    expect(compareText('a', 'ab')).toBeLessThan(0);
    expect(compareText('ab', 'a')).toBeGreaterThan(0);
    expect(compareText('a', 'a')).toBe(0);
  });
});

describe('problems of one file', () => {
  it('are failures of that file alone, and only where there is an error', () => {
    const problems = new Problems();
    problems.error(at('a', 1, 1), 'no');
    problems.warning(at('b', 1, 1), 'hm');
    expect(['a', 'b', 'c'].map((file) => problems.failedIn(file))).toEqual([true, false, false]);
  });

  it('are added with others, and counted', () => {
    const problems = new Problems();
    problems.add([{ severity: 'warning', position: at('a', 1, 1), message: 'hm' }]);
    expect(problems.count).toBe(1);
    expect(problems.error(at('a', 2, 1), 'no')).toBeUndefined();
    expect(problems.count).toBe(2);
  });

  it('come in the order of their words where they have one place', () => {
    const problems = new Problems();
    for (const word of ['b', 'a', 'b']) problems.error(at('a', 1, 1), word);
    expect(problems.sorted().map(({ message }) => message)).toEqual(['a', 'b']);
  });

  it('stay two at two places, with the same words', () => {
    const problems = new Problems();
    problems.error(at('a', 2, 1), 'no');
    problems.error(at('a', 1, 1), 'no');
    problems.error(at('a', 1, 2), 'no');
    expect(problems.sorted().map(({ position: { line, column } }) => [line, column])).toEqual([
      ...[
        [1, 1],
        [1, 2],
        [2, 1],
      ],
    ]);
  });
});
