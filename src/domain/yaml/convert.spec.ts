import type { MapNode, Node, ScalarNode } from './node.js';
import { printProblem } from '../problem.js';
import { parseYaml } from './parse.js';
import { Problems } from './problems.js';

function read(text: string): { readonly node: Node | undefined; readonly told: readonly string[] } {
  const problems = new Problems();
  const node = parseYaml('f', text, problems);
  return { node, told: problems.sorted().map((problem) => printProblem(problem).slice(2)) };
}

/** The keys of what stands below the first key. */
function keysIn(text: string): readonly string[] {
  const inner = (read(text).node as MapNode).entries[0]?.value;
  return inner?.kind === 'map' ? inner.entries.map(({ key }) => key) : [];
}

function scalarIn(text: string): ScalarNode {
  const value = (read(text).node as MapNode).entries[0]?.value;
  if (value?.kind !== 'scalar') throw new Error(`no scalar in ${text}`);
  return value;
}

describe('what YAML has taken from an expression in braces', () => {
  it.each([
    ['t: { when: f(a, b) > 1, max: 1 }', ['when', 'max']],
    ['t: { value: f(a, b), max: 1 }', ['value', 'max']],
    ['t: { x: =f(a, b), max: 1 }', ['x', 'max']],
    ['t: { when: f(a, g(b, c), d), max: 1 }', ['when', 'max']],
    ['t: { when: f(a, b), c }', ['when', 'c']],
    ['t: { when: f(a, max: 1 }', ['when', 'max']],
  ])('is no key of its own: %s', (text, keys) => {
    expect(keysIn(text)).toEqual(keys);
  });

  it.each([
    ['t: { x: f(a, b }', ['x', 'b']],
    ['t: { when: "f(a", b }', ['when', 'b']],
    ['t: { when: f(a), b }', ['when', 'b']],
    ['t: { x: 1, b, c: 2 }', ['x', 'b', 'c']],
    ['t: { b, c }', ['b', 'c']],
    ['t: { when: f(a, "b": "" }', ['when', 'b']],
    ['t: { when: [f(a], b }', ['when', 'b']],
  ])('is nothing where nothing was taken: %s', (text, keys) => {
    expect(keysIn(text)).toEqual(keys);
  });

  it('is told only of braces', () => {
    expect(keysIn('t:\n  when: f(a\n  b:\n')).toEqual(['when', 'b']);
  });
});

describe('a scalar', () => {
  it('knows where each of its letters stands, and none behind them', () => {
    const scalar = scalarIn('a: known(x)');
    expect([0, 6, 8, 99].map((offset) => scalar.spot(offset).column)).toEqual([4, 10, 12, 12]);
    expect(scalarIn('a: "known(x)"').spot(6)).toEqual({ file: 'f', line: 1, column: 11 });
  });

  it.each([
    ['a: x # y', '#'],
    ['a: x', undefined],
    ['a: "x" # y', undefined],
    ['a: x#y', undefined],
  ])('may be cut short: %s', (text, cutAt) => {
    expect(scalarIn(text).cutAt).toBe(cutAt);
  });

  it('is what YAML says and as it is written', () => {
    expect(['a: 0x10', 'a: 1.50', 'a: true', 'a: ~', 'a: "5"'].map(scalarIn)).toMatchObject([
      { value: 16, text: '0x10', plain: true },
      { value: 1.5, text: '1.50', plain: true },
      { value: true, text: 'true', plain: true },
      { value: null, text: '~', plain: true },
      { value: '5', text: '5', plain: false },
    ]);
  });

  it('is nothing, behind a key alone, at the end of the key', () => {
    expect(scalarIn('abc:\n')).toMatchObject({ value: null, text: '', plain: true, at: { line: 1, column: 5 } });
  });
});

describe('marks of YAML that are no part of the language', () => {
  it.each([
    ['a: [!!str 1, 2]', '1:11: a tag (!) is not part of the language'],
    ['a: !!map\n  b: 1\n', '2:3: a tag (!) is not part of the language'],
    ['a: !!seq # of one\n  - 1\n', '2:3: a tag (!) is not part of the language'],
    ['!!str a: 1\n', '1:7: a tag (!) is not part of the language'],
    ['a: 1\n&x b: 2\n', '2:4: an anchor (&) is not part of the language'],
    ['a: &x { b: 1 }', '1:7: an anchor (&) is not part of the language'],
    ['a: [1, *x]', '1:8: an alias (*) is not part of the language'],
  ])('are told of in %j', (text, message) => {
    expect(read(text).told[0]).toEqual(expect.stringContaining(message));
  });

  it('are none inside a text', () => {
    expect(read('a: "b !" \nc: well! \nd: 1\n').told).toEqual([]);
    expect(read('what!: 5\n').told).toEqual([]);
  });
});

describe('a key', () => {
  it('may be a number or a quoted word, as it is written', () => {
    const { node, told } = read('1.50: a\n"b c": d\n');
    expect(told).toEqual([]);
    expect((node as MapNode).entries.map(({ key }) => key)).toEqual(['1.50', 'b c']);
  });

  it('may stand once in each mapping', () => {
    expect(read('a: { b: 1 }\nb: { b: 2 }\n').told).toEqual([]);
    expect(read('a: { b: 1, c: 2, b: 3 }\n').told).toEqual(['1:18: "b" stands here twice; a key may be given once']);
  });

  it('is one with brackets, in quotes', () => {
    expect(read('a:\n  "b { x": 1\n').told).toEqual([]);
  });

  it('of a mapping in braces is told without its colon, with what is wrong in them', () => {
    expect(read('a:\n  b { x: 1, x: 2 }: 3\n').told[0]).toBe('2:3: a colon is missing after "b"; write "b:"');
  });
});
