import { dateOfDay, dayOfDate } from './calendar-date.js';
import { dayOfHijri, hijriOfDay } from './hijri.js';
import { daysInJalaliMonth, gregorianOf } from './jalali-calendar.js';

describe('the Jalali calendar', () => {
  it.each([
    [1399, '2020-03-20'],
    [1400, '2021-03-21'],
    [1401, '2022-03-21'],
    [1402, '2023-03-21'],
    [1403, '2024-03-20'],
    [1404, '2025-03-21'],
    [1405, '2026-03-21'],
    [1406, '2027-03-21'],
    [1407, '2028-03-20'],
    [1408, '2029-03-20'],
    [1409, '2030-03-21'],
    [1410, '2031-03-21'],
  ])('begins the year %i on %s', (year, expected) => {
    const { month, day, ...nowruz } = gregorianOf({ year, month: 1, day: 1 })!;
    expect(`${String(nowruz.year)}-0${String(month)}-${String(day)}`).toBe(expected);
  });

  it('has the leap years of the tables', () => {
    const years = Array.from({ length: 12 }, (_, more) => 1399 + more);
    expect(years.filter((year) => daysInJalaliMonth(year, 12) === 30)).toEqual([1399, 1403, 1408]);
    expect(daysInJalaliMonth(1405, 12)).toBe(29);
    expect([1, 6, 7, 11].map((month) => daysInJalaliMonth(1405, month))).toEqual([31, 31, 30, 30]);
  });
});

describe('the lunar calendar', () => {
  // The first days of years as the tables of Umm al-Qura have them.
  it.each([
    [1445, '2023-07-19'],
    [1446, '2024-07-07'],
    [1447, '2025-06-26'],
    [1448, '2026-06-16'],
  ])('begins the year %i on %s', (year, expected) => {
    const date = dateOfDay(dayOfHijri({ year, month: 1, day: 1 }));
    expect(new Date(dayOfDate(date) * 86_400_000).toISOString().slice(0, 10)).toBe(expected);
  });

  it('is found both ways, whatever the day', () => {
    for (let day = dayOfDate({ year: 1950, month: 1, day: 1 }); day < 30_000; day += 17) {
      expect(dayOfHijri(hijriOfDay(day))).toBe(day);
    }
  });

  it('has a 30th that a month lacks on its 29th', () => {
    const months = Array.from({ length: 12 }, (_, month) => ({ year: 1447, month: month + 1, day: 30 }));
    const found = months.map((date) => hijriOfDay(dayOfHijri(date)));
    expect(found.map(({ month }) => month)).toEqual(months.map(({ month }) => month));
    expect(new Set(found.map(({ day }) => day))).toEqual(new Set([29, 30]));
  });
});
