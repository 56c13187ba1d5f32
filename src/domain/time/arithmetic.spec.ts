import fc from 'fast-check';
import { addDuration } from './arithmetic.js';
import { parseDuration, type DurationUnit } from './duration.js';
import type { Calendar } from './instant.js';
import { jalaliDate } from './jalali.js';
import { localTime } from './zone.js';

function later(from: string, text: string, zone: string, calendar: Calendar = 'jalali', sign: 1 | -1 = 1): number {
  return addDuration(Date.parse(from), parseDuration(text)!, { zone, calendar }, sign);
}

describe('adding a duration', () => {
  it.each([
    ['2026-11-21T10:00:00+03:30', '2 days', '2026-11-23T10:00:00+03:30'],
    ['2026-11-21T10:00:00+03:30', '3 weeks', '2026-12-12T10:00:00+03:30'],
    ['2026-11-21T10:00:00+03:30', '36 hours', '2026-11-22T22:00:00+03:30'],
    ['2026-11-21T10:00:00.123+03:30', '1 day', '2026-11-22T10:00:00.123+03:30'],
    // 31 Khordad and 31 Shahrivar to months of 30 and, in a year that is no leap year, 29 days
    ['2026-08-22T10:00:00+03:30', '1 month', '2026-09-22T10:00:00+03:30'],
    ['2026-09-22T10:00:00+03:30', '1 month', '2026-10-22T10:00:00+03:30'],
    ['2026-12-21T10:00:00+03:30', '3 months', '2027-03-20T10:00:00+03:30'],
    ['2025-03-20T10:00:00+03:30', '1 year', '2026-03-20T10:00:00+03:30'],
    ['2025-03-20T10:00:00+03:30', '5 years', '2030-03-20T10:00:00+03:30'],
  ])('in Tehran: %s and %s is %s', (from, text, expected) => {
    expect(later(from, text, 'Asia/Tehran')).toBe(Date.parse(expected));
  });

  it.each([
    ['2026-01-31T10:00:00+01:00', '1 month', '2026-02-28T10:00:00+01:00'],
    ['2024-02-29T10:00:00+01:00', '1 year', '2025-02-28T10:00:00+01:00'],
    ['2026-11-30T10:00:00+01:00', '3 months', '2027-02-28T10:00:00+01:00'],
    ['2026-03-28T02:30:00+01:00', '1 day', '2026-03-29T03:30:00+02:00'],
    ['2026-03-28T10:00:00+01:00', '1 day', '2026-03-29T10:00:00+02:00'],
    ['2026-03-28T10:00:00+01:00', '24 hours', '2026-03-29T11:00:00+02:00'],
    ['2026-10-24T02:30:00+02:00', '1 day', '2026-10-25T02:30:00+02:00'],
  ])('in Berlin: %s and %s is %s', (from, text, expected) => {
    expect(later(from, text, 'Europe/Berlin', 'gregorian')).toBe(Date.parse(expected));
  });

  it('keeps the wall clock over Tehran’s last clock changes', () => {
    expect(later('2022-03-20T00:30:00+03:30', '2 days', 'Asia/Tehran')).toBe(Date.parse('2022-03-22T01:30:00+04:30'));
    expect(later('2022-09-20T10:00:00+04:30', '2 days', 'Asia/Tehran')).toBe(Date.parse('2022-09-22T10:00:00+03:30'));
  });

  it('goes back with the sign', () => {
    expect(later('2026-03-31T10:00:00+02:00', '1 month', 'Europe/Berlin', 'gregorian', -1)).toBe(
      Date.parse('2026-02-28T10:00:00+01:00'),
    );
    expect(later('2026-11-21T10:00:00+03:30', '90 days', 'Asia/Tehran', 'jalali', -1)).toBe(
      Date.parse('2026-08-23T10:00:00+03:30'),
    );
    expect(later('2026-03-21T10:00:00+03:30', '1 month', 'Asia/Tehran', 'jalali', -1)).toBe(
      Date.parse('2026-02-20T10:00:00+03:30'),
    );
  });

  it('keeps hour and day of the month, or takes its last day, whatever the date', () => {
    const clock = { zone: 'Asia/Tehran', calendar: 'jalali' } as const;
    const instants = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2060, 0, 1) });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 60 }), (from, amount) => {
        const to = addDuration(from, { amount, unit: 'month' }, clock);
        const [before, after] = [jalaliDate(from, clock)!, jalaliDate(to, clock)!];
        expect(after.year * 12 + after.month).toBe(before.year * 12 + before.month + amount);
        expect(after.day === before.day || (after.day < before.day && after.day >= 29)).toBe(true);
        expect(localTime(to, clock.zone).hour).toBe(localTime(from, clock.zone).hour);
      }),
    );
  });

  it('answers with an instant, however far away', () => {
    const units = fc.constantFrom<DurationUnit>('second', 'day', 'month', 'year');
    const years = { min: Date.UTC(1700, 0, 1), max: Date.UTC(9999, 11, 31) };
    fc.assert(
      fc.property(fc.integer(years), units, fc.constantFrom<1 | -1>(1, -1), (from, unit, sign) => {
        const to = addDuration(from, { amount: 1000, unit }, { zone: 'Asia/Tehran', calendar: 'jalali' }, sign);
        expect(Math.sign(to - from)).toBe(sign);
      }),
    );
  });
});
