import { printProblem } from '../problem.js';
import { parseYaml } from './parse.js';
import { Problems } from './problems.js';
import type { Values } from './traps.js';

function told(text: string, values?: Values): readonly string[] {
  const problems = new Problems();
  parseYaml('f', text, problems, values);
  return problems.sorted().map((problem) => printProblem(problem).slice(2));
}

const unresolved = (tag: string) => `this is no YAML: unresolved tag: !${tag}; quote a value that begins with "!"`;
const spaceMissing = (meant: string) => `a space is missing after the colon; write "${meant}"`;
const notAsItIs = 'no value begins with "@" as it is; put it in quotes';

describe('what is no YAML', () => {
  it('is told once a line', () => {
    expect(told('a: [!x 1, !y 2]\nb: !z 1\n')).toEqual([`1:5: ${unresolved('x')}`, `2:4: ${unresolved('z')}`]);
  });

  it('is told beside a slip that means one thing, in other lines', () => {
    expect(told('a:1\nb: !x 1\n')).toEqual([`1:2: ${spaceMissing('a: 1')}`, `2:4: ${unresolved('x')}`]);
    expect(told('a:1 !x\n- b: 1\n')[0]).toBe(`1:2: ${spaceMissing('a: 1 !x')}`);
  });

  it('is not told behind a slip that may mean another, but a slip that means one thing is', () => {
    expect(told('a: @x\nb: !x 1\n')).toEqual([`1:4: ${notAsItIs}`]);
    expect(told('a: @x\nb: @y\nc:2\n')).toEqual([`1:4: ${notAsItIs}`]);
    expect(told('a: @x\nb:2\nc: 3\n')).toEqual([`1:4: ${notAsItIs}`, `2:2: ${spaceMissing('b: 2')}`]);
  });

  it('is told of ten slips at a time', () => {
    const lines = (count: number) =>
      told(`a: 1\n${'b:2\nc: 3\n'.repeat(count)}`).filter((line) => line.includes('space'));
    expect([9, 10, 11].map((count) => lines(count).length)).toEqual([9, 10, 10]);
  });

  it('is an expression to be quoted, where a whole file has them', () => {
    expect(told('vip: a: b\nnew: "x" == y\n', 'expressions')).toEqual([
      '1:6: quote this expression: YAML takes it apart (nested mappings are not allowed in compact mappings)',
      '2:6: quote this expression: YAML takes it apart (unexpected scalar at node end)',
    ]);
  });

  it('is a word alone, where a key has to stand', () => {
    expect(told('journey welcome\n')).toEqual(['1:1: a colon is missing after "journey"; write "journey:"']);
    expect(told('"journey welcome"\n')).toEqual([]);
    expect(told('journey\n')).toEqual([]);
    expect(told('۱ welcome\n')).toEqual([]);
  });

  it('is left as it is in a text too long for anybody to have written', () => {
    const long = (length: number) => told(`a:1\nb: 2\n#${'x'.repeat(length - 11)}\n`);
    expect(long(49_999)).toEqual([`1:2: ${spaceMissing('a: 1')}`]);
    expect(long(50_000)).toEqual([expect.stringContaining('this is no YAML')]);
  });
});
