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
