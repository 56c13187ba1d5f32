import { dateOfDay, dayOfDate, daysInMonth, isCalendarDate } from './calendar-date.js';
import { gregorianOf, jalaliOf } from './jalali-calendar.js';

describe('a Gregorian month', () => {
  it('has its days', () => {
    const lengths = Array.from({ length: 12 }, (_, month) => daysInMonth(2026, month + 1));
    expect(lengths).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
  });

  it.each([
    [2024, 29],
    [2100, 28],
    [2000, 29],
    [2023, 28],
  ])('February of %d has %d', (year, days) => {
    expect(daysInMonth(year, 2)).toBe(days);
  });
});

describe('a Gregorian day', () => {
  const is = (year: number, month: number, day: number): boolean => isCalendarDate({ year, month, day });

  it('is one of a month that there is', () => {
    expect([is(2026, 1, 1), is(2026, 12, 31), is(2026, 4, 30), is(2024, 2, 29)]).toEqual([true, true, true, true]);
    expect([is(2026, 0, 1), is(2026, 13, 1), is(2026, 1, 0)]).toEqual([false, false, false]);
    expect([is(2026, 1, 32), is(2026, 4, 31), is(2026, 2, 29)]).toEqual([false, false, false]);
  });

  it('is counted from 1970, and back again', () => {
    expect(dayOfDate({ year: 1970, month: 1, day: 1 })).toBe(0);
    expect(dayOfDate({ year: 1970, month: 2, day: 1 })).toBe(31);
    expect(dayOfDate({ year: 50, month: 3, day: 1 })).toBe(-701_206);
    expect(dateOfDay(59)).toEqual({ year: 1970, month: 3, day: 1 });
    expect(dateOfDay(-1)).toEqual({ year: 1969, month: 12, day: 31 });
    expect(dateOfDay(-701_206)).toEqual({ year: 50, month: 3, day: 1 });
  });
});

describe('a Jalali day', () => {
  it('is known between the years 560 and 3798', () => {
    const first = (year: number) => jalaliOf({ year, month: 6, day: 1 })?.year;
    expect([560, 561, 2026, 3797, 3798].map(first)).toEqual([undefined, -60, 1405, 3176, undefined]);
  });

  it('is one of a month that there is, from the year 1 to 3176', () => {
    const there = (year: number, month: number, day: number): boolean =>
      gregorianOf({ year, month, day }) !== undefined;
    expect([there(1, 1, 1), there(3176, 12, 1), there(1403, 12, 30), there(1405, 6, 31)]).toEqual([
      ...[true, true, true, true],
    ]);
    expect([there(0, 1, 1), there(3177, 1, 1), there(1405, 12, 30), there(1405, 7, 31), there(1405, 13, 1)]).toEqual([
      ...[false, false, false, false, false],
    ]);
    expect(gregorianOf({ year: 1405, month: 9, day: 30 })).toEqual({ year: 2026, month: 12, day: 21 });
  });
});
