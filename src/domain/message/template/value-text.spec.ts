import fc from 'fast-check';
import { cleanText } from './value-text.js';

describe('a value from outside', () => {
  it.each([
    'سارا',
    'می\u200cخواهم',
    'line\nline\ttab',
    'a\u202bب\u202cc',
    '\u2066a\u2069',
    '\u2067سارا\u2069',
    '\u202ea\u202c',
    '🌹',
    '',
  ])('stays as it is: %j', (text) => {
    expect(cleanText(text)).toBe(text);
  });

  it.each([
    ['sa\u0000ra\u0007', 'sara'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['a\u202c', 'a'],
    ['\u2066\u202ba\u2069\u202c', 'a'],
    ['\u2069a\u2066', 'a'],
    ['x\u009by', 'xy'],
  ])('%j becomes %j', (text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });

  it('cannot turn the text behind it', () => {
    const marks = fc.constantFrom(
      '\u202a',
      '\u202b',
      '\u202c',
      '\u202d',
      '\u202e',
      '\u2066',
      '\u2067',
      '\u2068',
      '\u2069',
      'a',
      '\u0001',
    );
    fc.assert(
      fc.property(fc.string({ unit: marks }), (text) => {
        const clean = cleanText(text);
        const count = (pattern: RegExp): number => clean.match(pattern)?.length ?? 0;
        expect(count(/[\u202a\u202b\u202d\u202e]/g)).toBe(count(/\u202c/g));
        expect(count(/[\u2066-\u2068]/g)).toBe(count(/\u2069/g));
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });
});
