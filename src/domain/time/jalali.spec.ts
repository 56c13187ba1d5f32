import fc from 'fast-check';
import { toAsciiDigits, toPersianDigits } from './digits.js';
import {
  datePatternProblem,
  daysInJalaliMonth,
  gregorianOf,
  jalaliDate,
  jalaliOf,
  printDate,
  printTimeOfDay,
} from './jalali.js';

const tehran = { zone: 'Asia/Tehran' };
const yalda = Date.parse('2026-12-21T18:00:00+03:30');

describe('the Jalali calendar', () => {
  it.each([
    [1405, '2026-3-21'],
    [1406, '2027-3-21'],
    [1407, '2028-3-20'],
    [1408, '2029-3-20'],
    [1409, '2030-3-21'],
  ])('has Nowruz of %i on %s', (year, expected) => {
    const date = gregorianOf({ year, month: 1, day: 1 })!;
    expect(`${String(date.year)}-${String(date.month)}-${String(date.day)}`).toBe(expected);
    expect(jalaliOf(date)).toEqual({ year, month: 1, day: 1 });
  });

  it('has leap years 1399, 1403 and 1408 and none between', () => {
    const leap = [1399, 1400, 1401, 1402, 1403, 1404, 1405, 1406, 1407, 1408].filter(
      (y) => daysInJalaliMonth(y, 12) === 30,
    );
    expect(leap).toEqual([1399, 1403, 1408]);
  });

  it('is the one that Intl knows, for two hundred years', () => {
    const persian = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { timeZone: 'UTC', dateStyle: 'short' });
    const [first, days] = [Date.UTC(1921, 2, 21), 73_000];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: days }), (offset) => {
        const instant = first + offset * 86_400_000;
        const { year, month, day } = jalaliDate(instant, { zone: 'UTC' })!;
        expect(persian.format(instant)).toContain(`${String(month)}/${String(day)}/${String(year)}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has no date far outside the years it is known for', () => {
    expect(jalaliOf({ year: 500, month: 1, day: 1 })).toBeUndefined();
    expect(jalaliOf({ year: 9999, month: 1, day: 1 })).toBeUndefined();
    expect(gregorianOf({ year: 0, month: 1, day: 1 })).toBeUndefined();
    expect(printDate(Date.UTC(9999, 0, 1), tehran)).toBeUndefined();
  });
});

describe('a printed date', () => {
  it.each([
    [undefined, '۳۰ آذر ۱۴۰۵'],
    ['yyyy/MM/dd', '۱۴۰۵/۰۹/۳۰'],
    ['EEEE d MMMM', 'دوشنبه ۳۰ آذر'],
    ['yy/M/d', '۰۵/۹/۳۰'],
    ['d MMMM، ساعت HH:mm', '۳۰ آذر، ساعت ۱۸:۰۰'],
  ])('by %s is %s', (pattern, expected) => {
    expect(printDate(yalda, tehran, pattern)).toBe(expected);
  });

  it('goes by the clock of its zone', () => {
    expect(printDate(Date.parse('2026-03-20T20:30:00Z'), tehran)).toBe('۱ فروردین ۱۴۰۵');
    expect(printDate(Date.parse('2026-03-20T20:29:59Z'), tehran)).toBe('۲۹ اسفند ۱۴۰۴');
    expect(printTimeOfDay(yalda, tehran)).toBe('۱۸:۰۰');
    expect(printTimeOfDay(yalda, { zone: 'UTC' })).toBe('۱۴:۳۰');
  });

  it('is refused for a pattern that is none', () => {
    expect(datePatternProblem('yyyy-mm-DD')).toMatch(/"DD" is no part of a date pattern; expected yyyy/);
    expect(datePatternProblem('constructor')).toBeDefined();
    expect(printDate(yalda, tehran, 'DD')).toBeUndefined();
    expect(datePatternProblem('yyyy/MM/dd')).toBeUndefined();
  });
});

describe('digits', () => {
  it('are turned to Persian ones and back', () => {
    expect(toPersianDigits('a1b20')).toBe('a۱b۲۰');
    expect(toAsciiDigits('۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩')).toBe('0123456789 0123456789');
  });
});
