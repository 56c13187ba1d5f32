import * as fc from 'fast-check';
import { parseInstant, parseInt8, typeParser } from './type-parsers.js';

describe('an instant from the database', () => {
  it('is milliseconds, however many digits Postgres printed', () => {
    expect(parseInstant('1970-01-01 00:00:00+00')).toBe(0);
    expect(parseInstant('2026-03-21 08:30:00.1+00')).toBe(Date.parse('2026-03-21T08:30:00.100Z'));
    expect(parseInstant('2026-03-21 08:30:00.12+00')).toBe(Date.parse('2026-03-21T08:30:00.120Z'));
    expect(parseInstant('2026-03-21 08:30:00.123+00')).toBe(Date.parse('2026-03-21T08:30:00.123Z'));
    expect(parseInstant('2026-03-21 08:30:00.123999+00')).toBe(Date.parse('2026-03-21T08:30:00.123Z'));
  });

  it('is right for every millisecond of the years 1900 to 9999', () => {
    const instants = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(9999, 11, 31) });
    fc.assert(
      fc.property(instants, (instant) => {
        // As Postgres prints it: without the zeros at the end of a fraction.
        const text = new Date(instant)
          .toISOString()
          .replace('T', ' ')
          .replace(/(\.\d*?)0*Z$/, '$1')
          .replace(/\.$/, '');
        expect(parseInstant(`${text}+00`)).toBe(instant);
      }),
    );
  });

  it('is right in another zone, far from now, and for ever', () => {
    expect(parseInstant('2026-03-21 12:00:00.5+03:30')).toBe(Date.parse('2026-03-21T08:30:00.500Z'));
    expect(parseInstant('10000-01-01 00:00:00+00')).toBe(Date.UTC(10000, 0));
    expect(parseInstant('infinity')).toBe(Number.POSITIVE_INFINITY);
    expect(parseInstant('-infinity')).toBe(Number.NEGATIVE_INFINITY);
    expect(parseInstant('0044-03-15 00:00:00+00 BC')).toBeLessThan(Date.UTC(-40, 0));
  });

  it('is refused when it is none', () => {
    expect(() => parseInstant('nonsense')).toThrow('not an instant: nonsense');
  });
});

describe('a bigint from the database', () => {
  it('is a number while that is exact, and refused beyond', () => {
    expect(parseInt8('-9007199254740991')).toBe(Number.MIN_SAFE_INTEGER);
    expect(() => parseInt8('9007199254740992')).toThrow('not safe as a number');
  });
});

describe('another type', () => {
  const parse = (oid: number, text: string): unknown => typeParser(oid)(text);

  it('is parsed as pg does', () => {
    expect(parse(23, '7')).toBe(7);
    expect(parse(16, 't')).toBe(true);
    expect(parse(25, 'سلام')).toBe('سلام');
  });
});
