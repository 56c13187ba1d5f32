import fc from 'fast-check';
import { parseDate, parseDateAsMidnight, parseTime } from './date.js';
import { printInstant } from './instant.js';

describe('a time in text', () => {
  it.each([
    ['2026-12-21T18:00:00+03:30', '2026-12-21T14:30:00.000Z'],
    ['2026-12-21T18:00:00Z', '2026-12-21T18:00:00.000Z'],
    ['2026-12-21t18:00:00z', '2026-12-21T18:00:00.000Z'],
    ['2026-12-21T18:00+03:30', '2026-12-21T14:30:00.000Z'],
    ['2026-12-21T18:00:00+0330', '2026-12-21T14:30:00.000Z'],
    ['2026-12-21T00:00:00.5-05:00', '2026-12-21T05:00:00.500Z'],
    ['2026-12-21T00:00:00.123456789Z', '2026-12-21T00:00:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2017-01-01T03:29:60+03:30', '2017-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s', (text, expected) => {
    const instant = parseTime(text);
    expect(instant === undefined ? undefined : printInstant(instant)).toBe(expected);
  });

  it.each([
    '2026-12-21T18:00:00',
    '2026-12-21',
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-12-21T24:00:00Z',
    '2026-12-21T18:60:00Z',
    '2026-12-21T18:00:60Z',
    '2026-12-21T18:00:00+24:00',
    '2026-12-21T18:00:00+03:60',
    '2026-12-21 18:00:00Z',
    '2026-12-21T18:00:00.Z',
    '1405-09-30T18:00:00+03:30',
    'yesterday',
    '',
    '2026-12-21T18:00:00Z\n',
  ])('refuses "%s"', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  it('reads back every instant that is printed', () => {
    const years = { min: Date.UTC(1700, 0, 1), max: Date.UTC(9999, 11, 31) };
    fc.assert(fc.property(fc.integer(years), (instant) => parseTime(printInstant(instant)) === instant));
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => parseTime(text) === undefined && parseDate(text) === undefined));
  });
});

describe('a date in text', () => {
  it.each([
    ['2026-12-21', { year: 2026, month: 12, day: 21 }],
    ['1405-09-30', { year: 2026, month: 12, day: 21 }],
    ['1403-12-30', { year: 2025, month: 3, day: 20 }],
    ['1366-01-01', { year: 1987, month: 3, day: 21 }],
  ])('reads %s', (text, date) => {
    expect(parseDate(text)).toEqual(date);
  });

  it.each(['2026-02-30', '1404-12-30', '1405-13-01', '1405-07-31', '0000-01-01', '2026-1-1', '2026-12-21T00:00:00Z'])(
    'refuses %s',
    (text) => {
      expect(parseDate(text)).toBeUndefined();
      expect(parseDateAsMidnight(text, 'Asia/Tehran')).toBeUndefined();
    },
  );

  it('is midnight on the clock of its zone', () => {
    expect(parseDateAsMidnight('1405-09-30', 'Asia/Tehran')).toBe(Date.parse('2026-12-21T00:00:00+03:30'));
    expect(parseDateAsMidnight('2026-07-01', 'Europe/Berlin')).toBe(Date.parse('2026-07-01T00:00:00+02:00'));
  });

  it('is one o’clock where a clock change skips midnight', () => {
    expect(parseDateAsMidnight('1401-01-02', 'Asia/Tehran')).toBe(Date.parse('2022-03-22T01:00:00+04:30'));
  });
});
