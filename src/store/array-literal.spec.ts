import fc from 'fast-check';
import { anyCharacter } from '../../test/given/texts.js';
import { arrayLiteral } from './array-literal.js';

/** Reads a one-dimensional array literal back, by the rules of the PostgreSQL manual (8.15.6). */
function read(literal: string): (string | null)[] {
  const elements: (string | null)[] = [];
  const element = /"((?:[^"\\]|\\[^])*)"|([^,{}]+)/gy;
  element.lastIndex = 1;
  while (element.lastIndex < literal.length - 1) {
    const found = element.exec(literal);
    if (found === null) throw new Error(`cannot be read: ${literal}`);
    elements.push(
      found[1] === undefined ? (found[2] === 'NULL' ? null : (found[2] ?? '')) : found[1].replace(/\\([^])/g, '$1'),
    );
    element.lastIndex += 1;
  }
  return elements;
}

describe('an array literal', () => {
  it('is what PostgreSQL reads', () => {
    expect(arrayLiteral(['a', 'NULL', '', null, undefined])).toBe('{"a","NULL","",NULL,NULL}');
    expect(arrayLiteral([1, -2.5, true])).toBe('{1,-2.5,true}');
    expect(arrayLiteral([])).toBe('{}');
    expect(arrayLiteral(['{"a": "\\n"}'])).toBe('{"{\\"a\\": \\"\\\\n\\"}"}');
  });

  it('comes back as it was, whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string({ unit: anyCharacter }))), (texts) => {
        expect(read(arrayLiteral(texts) ?? '')).toEqual(texts);
      }),
    );
  });

  it('leaves bytes, dates and lists to the driver', () => {
    expect(arrayLiteral([Buffer.from('a')])).toBeUndefined();
    expect(arrayLiteral([new Date(0)])).toBeUndefined();
    expect(arrayLiteral([['a']])).toBeUndefined();
  });
});
