import { readDocument } from './document.js';
import { parseYaml } from './parse.js';
import { Problems } from './problems.js';

describe('reading a document', () => {
  it('tells all its faults, up to a hundred', () => {
    const faults = (count: number) => readDocument(`a: 1\n${'}\n'.repeat(count)}`).errors.length;
    expect([0, 1, 99, 100, 101, 500].map(faults)).toEqual([0, 1, 99, 100, 100, 100]);
  });

  it('reads to the end what has fewer', () => {
    expect(readDocument(`a: 1\n${'}\n'.repeat(99)}b: @x\n`).errors).toHaveLength(100);
    expect(readDocument(`a: 1\n${'}\n'.repeat(100)}b: @x\n`).errors).toHaveLength(100);
  });

  it('takes one document, and tells of a second one once, where it begins', () => {
    expect(readDocument('a: 1\n').errors).toEqual([]);
    expect(readDocument('a: 1\n---\nb: 2\n---\nc: 3').errors.map(({ code, pos }) => [code, pos[0]])).toEqual([
      ['MULTIPLE_DOCS', 5],
    ]);
  });
});

describe('brackets', () => {
  const isTooDeep = (text: string) => {
    const problems = new Problems();
    parseYaml('f', text, problems);
    return problems.sorted().some(({ message }) => message === 'this is nested too deeply to be a journey file');
  };

  it('are counted as deep as they stand, those that are closed not', () => {
    expect(isTooDeep(`a: ${'['.repeat(600)}[], ${'['.repeat(500)}`)).toBe(true);
    expect(isTooDeep(`a: ${'[], '.repeat(2_000)}`)).toBe(false);
    expect(isTooDeep(`a: ${']'.repeat(500)}${'['.repeat(1_001)}`)).toBe(true);
  });
});
