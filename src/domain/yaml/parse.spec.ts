import { printProblem } from '../problem.js';
import type { Node } from './node.js';
import { parseYaml } from './parse.js';
import { Problems } from './problems.js';

function read(text: string): { node: Node | undefined; told: readonly string[] } {
  const problems = new Problems();
  const node = parseYaml('f.yaml', text, problems);
  return { node, told: problems.sorted().map(printProblem) };
}

describe('reading YAML', () => {
  it('gives mappings, lists and scalars with their places', () => {
    const { node, told } = read('a: 1\nb:\n  - x\n  - "y"\n');
    expect(told).toEqual([]);
    expect(node).toMatchObject({
      kind: 'map',
      entries: [
        { key: 'a', at: { line: 1, column: 1 }, value: { kind: 'scalar', value: 1, text: '1' } },
        {
          key: 'b',
          value: {
            kind: 'list',
            items: [
              { text: 'x', at: { line: 3, column: 5 } },
              { text: 'y', plain: false },
            ],
          },
        },
      ],
    });
  });

  it('keeps numbers and booleans as they are written', () => {
    const { node } = read('a: 1.50\nb: 09\nc: true\n');
    expect(node).toMatchObject({
      entries: [{ value: { text: '1.50' } }, { value: { text: '09' } }, { value: { text: 'true', value: true } }],
    });
  });

  it('gives nothing for an empty file, without a problem', () => {
    expect(read('# nothing\n')).toEqual({ node: undefined, told: [] });
  });

  it('names the line of what is nested too deeply', () => {
    expect(read(`a: 1\nb: ${'['.repeat(2_000)}\n`).told).toEqual([
      'f.yaml:2:1004: this is nested too deeply to be a journey file',
    ]);
  });

  it('names the line of a fault below a value that goes on in a second line', () => {
    const { told } = read("a:\n  - b: 'x'\n     y: 1\n  - c\n\n  - d: [e, f\n  - g\n");
    expect(told).toEqual([
      'f.yaml:3:6: this line begins with 5 spaces; expected 4, like the lines that it belongs with',
      'f.yaml:6:8: this "[" is not closed; write "]" where it ends',
    ]);
  });

  it('gives up a text with a fault at each letter', () => {
    const { told } = read(`a: 1\n- choose:\n${'  - choose:\n'.repeat(20_000)}`);
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(110);
  });

  it.each([
    ['a: 1\na: 2\n', 'f.yaml:2:1: "a" stands here twice; a key may be given once'],
    [
      'a: b: c\n',
      'f.yaml:1:4: this value holds ": ", with which a key begins; put a text in quotes, keys in { } and a list in [ ]',
    ],
    [
      'a: "x" y\n',
      'f.yaml:1:8: the text in quotes ends before "y"; put all of it in quotes, and take the other sort where it holds one itself',
    ],
    ['a: 1\n---\nb: 2\n', /^f.yaml:2:1: this is no YAML: .*; a file holds one document$/],
    ['a: &x 1\n', 'f.yaml:1:7: an anchor (&) is not part of the language; write it out where it is needed'],
    ['a: *x\n', /^f.yaml:1:4: .*alias/],
    ['a: !!str 1\n', /^f.yaml:1:10: a tag \(!\) is not part of the language/],
    ['a: !foo 1\n', /^f.yaml:1:4: this is no YAML: unresolved tag: !foo; quote a value that begins with "!"$/],
    ['a:\n\tb: 1\n', 'f.yaml:2:1: this line begins with a tab; indent it with spaces'],
    ['? [a]\n: b\n', 'f.yaml:1:3: a key must be a plain word'],
    ['a: [1, 2\n', 'f.yaml:1:4: this "[" is not closed; write "]" where it ends'],
  ])('tells what is wrong with %j', (text, message) => {
    const [first] = read(text).told;
    expect(first).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it.each([
    ['when: known(x) ? a : b\n', 'f.yaml:1:7'],
    ['when: "a" == b\n', 'f.yaml:1:7'],
    ['when: !known(x)\n', 'f.yaml:1:7'],
    ['when: [1] == x\n', 'f.yaml:1:7'],
    ['goal: { event: x, when: count("a", "b") > 0 }\n', 'f.yaml:1:25'],
    ['goal: { event: x, when: a == "q: r" }\n', 'f.yaml:1:25'],
  ])('asks to quote the expression in %j', (text, place) => {
    const { told } = read(text);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(new RegExp(`^${place}: quote this expression`));
  });

  it('leaves what was taken from an expression in braces to the message about it', () => {
    const { node, told } = read('t: { event: x, when: f(a, b, c) > 3, max_age: 1 day }\n');
    expect(told).toEqual([]);
    expect(node).toMatchObject({
      entries: [
        {
          value: {
            entries: [{ key: 'event' }, { key: 'when', value: { text: 'f(a', cutAt: ',' } }, { key: 'max_age' }],
          },
        },
      ],
    });
  });

  it('refuses what is nested without end', () => {
    expect(read(`a: ${'['.repeat(200)}${']'.repeat(200)}\n`).told[0]).toMatch(/nested too deeply/);
    expect(read(`a: ${'['.repeat(50_000)}\n`).told[0]).toMatch(/nested too deeply/);
    expect(read(`a:\n  ${'- '.repeat(50_000)}\n`).told[0]).toMatch(/nested too deeply/);
  });
});

describe('nesting', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  const tooDeep = 'this is nested too deeply; a journey stays far below that';

  it('may go far beyond what anybody writes', () => {
    expect(read(nested(101)).told).toEqual([]);
  });

  it('ends before it exhausts anything, where it goes too deep', () => {
    expect(read(nested(102)).told).toEqual([`f.yaml:1:102: ${tooDeep}`]);
    expect(read(nested(5_000)).told).toEqual(['f.yaml:1:1001: this is nested too deeply to be a journey file']);
    expect(read(`${'- '.repeat(1_500)}a`).told).toEqual(['f.yaml:1:1: this is nested too deeply to be a journey file']);
  });
});
