import { dayOfDate } from './calendar-date.js';
import { parseDate, parseTime } from './date.js';
import { dayOfHijri, hijriOfDay } from './hijri.js';
import { gregorianOf, jalaliOf } from './jalali-calendar.js';
import { nextAnniversary } from './recurrence.js';
import { midnight } from './zone.js';

describe('the years of the Jalali calendar', () => {
  it.each([
    [0, undefined],
    [1, 622],
    [3176, 3797],
    [3177, undefined],
  ])('1 Farvardin of %d', (year, gregorian) => {
    expect(gregorianOf({ year, month: 1, day: 1 })?.year).toBe(gregorian);
  });

  it.each([
    [560, undefined],
    [561, -61],
    [3797, 3175],
    [3798, undefined],
  ])('1 January of %d', (year, jalali) => {
    expect(jalaliOf({ year, month: 1, day: 1 })?.year).toBe(jalali);
  });

  it.each([
    [2026, 0, 1],
    [1405, 13, 1],
    [1405, 12, 30],
    [1405, 7, 0],
  ])('have no day %d-%d-%d', (year, month, day) => {
    expect(gregorianOf({ year, month, day })).toBeUndefined();
  });

  it('end before the anniversaries of somebody in the last of them', () => {
    const born = { year: 3790, month: 1, day: 1 };
    const at = (year: number): number => Date.UTC(year, 5, 1);
    const next = (from: number) => nextAnniversary(born, 'jalali', midnight, from, { zone: 'UTC' });
    expect(next(at(3795))?.years).toBe(6);
    expect(next(at(3797))?.years).toBe(8);
    expect(next(at(3798))).toBeUndefined();
  });
});

describe('a date with four digits', () => {
  it('is a Jalali one until 1699', () => {
    expect(parseDate('1700-12-25')).toEqual({ year: 1700, month: 12, day: 25 });
    expect(parseDate('1699-12-25')).toMatchObject({ year: 2321, month: 3 });
    expect(parseDate('0000-01-01')).toBeUndefined();
  });
});

describe('a time with its offset', () => {
  it.each([
    ['+23:59', -(23 * 60 + 59)],
    ['-23:00', 23 * 60],
    ['+00:59', -59],
    ['+24:00', undefined],
    ['+03:60', undefined],
  ])('%s', (offset, minutes) => {
    const expected = minutes === undefined ? undefined : Date.UTC(2026, 11, 21) + minutes * 60_000;
    expect(parseTime(`2026-12-21T00:00:00${offset}`)).toBe(expected);
  });
});

describe('the thirtieth of a lunar month', () => {
  it('is its last day, where it has no thirtieth', () => {
    const lengths = new Set<number>();
    for (let index = 0; index < 48; index += 1) {
      const [year, month] = [1446 + Math.floor(index / 12), (index % 12) + 1];
      const last = dayOfHijri({ year, month, day: 30 });
      expect(hijriOfDay(last).month).toBe(month);
      expect(hijriOfDay(last + 1)).toMatchObject({ month: (month % 12) + 1, day: 1 });
      lengths.add(hijriOfDay(last).day);
    }
    expect([...lengths].sort((a, b) => a - b)).toEqual([29, 30]);
  });

  it('is found from either side of an estimate', () => {
    expect(dayOfHijri({ year: 1448, month: 1, day: 1 })).toBe(dayOfDate({ year: 2026, month: 6, day: 16 }));
    expect(dayOfHijri({ year: 1300, month: 1, day: 1 })).toBe(dayOfDate({ year: 1882, month: 11, day: 12 }));
  });
});
