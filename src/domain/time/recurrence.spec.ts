import fc from 'fast-check';
import { bestHour } from './best-hour.js';
import type { Clock } from './instant.js';
import { dateAt, everyWords, nextAnniversary, nextEvery, parseEvery } from './recurrence.js';
import { gregorianOf, jalaliDate } from './jalali.js';
import { localTime, midnight } from './zone.js';

const clock: Clock = { zone: 'Asia/Tehran', calendar: 'jalali' };
const berlin: Clock = { zone: 'Europe/Berlin', calendar: 'gregorian' };
const at = (text: string): number => Date.parse(`${text}:00+03:30`);
const six = { ...midnight, hour: 18 };
const ten = { ...midnight, hour: 10 };

describe('every', () => {
  it('is a day, a month or a day of the week', () => {
    expect(everyWords.map(parseEvery)).toEqual(['day', 'month', 'sat', 'sun', 'mon', 'tue', 'wed', 'thu', 'fri']);
    expect(['thu', 'week', 'Thursday', ''].map(parseEvery)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each([
    ['thu', '2026-11-21T00:00', '2026-11-26T18:00'],
    ['thu', '2026-11-26T17:59', '2026-11-26T18:00'],
    ['thu', '2026-11-26T18:00', '2026-12-03T18:00'],
    ['day', '2026-11-21T18:00', '2026-11-22T18:00'],
    ['day', '2026-11-21T10:00', '2026-11-21T18:00'],
    // 1 Dey, 1 Farvardin
    ['month', '2026-11-22T18:00', '2026-12-22T18:00'],
    ['month', '2027-02-20T18:00', '2027-03-21T18:00'],
  ] as const)('%s, after %s, comes at %s', (every, after, expected) => {
    expect(nextEvery(every, six, at(after), clock)).toBe(at(expected));
  });

  it('month is of the policy’s calendar', () => {
    const after = Date.parse('2026-11-21T00:00:00+01:00');
    expect(nextEvery('month', six, after, berlin)).toBe(Date.parse('2026-12-01T18:00:00+01:00'));
  });

  it('day keeps its hour over a clock change, or comes after the gap', () => {
    const halfPastTwo = { ...midnight, hour: 2, minute: 30 };
    const after = Date.parse('2026-03-28T02:30:00+01:00');
    const skipped = nextEvery('day', halfPastTwo, after, berlin);
    expect(skipped).toBe(Date.parse('2026-03-29T03:30:00+02:00'));
    expect(nextEvery('day', halfPastTwo, skipped, berlin)).toBe(Date.parse('2026-03-30T02:30:00+02:00'));
  });

  it('comes on the first of each Jalali month, none left out', () => {
    let now = at('2020-03-19T00:00');
    const seen = Array.from({ length: 60 }, () => {
      now = nextEvery('month', six, now, clock);
      return jalaliDate(now, clock)!;
    });
    expect(seen.every(({ day }) => day === 1)).toBe(true);
    expect(seen.map(({ year, month }) => (year - 1399) * 12 + month)).toEqual(
      Array.from({ length: 60 }, (_, n) => n + 1),
    );
  });
});

describe('an anniversary', () => {
  const born = (year: number, month: number, day: number) => gregorianOf({ year, month, day })!;

  it.each([
    [born(1366, 5, 10), '2026-07-31T00:00', '2026-08-01T10:00', 39],
    [born(1366, 5, 10), '2026-08-01T10:00', '2026-08-01T10:00', 39],
    [born(1366, 5, 10), '2026-08-01T10:01', '2027-08-01T10:00', 40],
    // The 30th of Esfand, in years without one
    [born(1399, 12, 30), '2021-03-21T00:00', '2022-03-20T10:00', 1],
    [born(1399, 12, 30), '2024-03-21T00:00', '2025-03-20T10:00', 4],
    [born(1399, 12, 30), '2025-03-21T00:00', '2026-03-20T10:00', 5],
    // Not on the day itself, nor before it
    [born(1405, 8, 30), '2026-11-21T00:00', '2027-11-21T10:00', 1],
    [born(1407, 8, 30), '2026-11-21T00:00', '2029-11-20T10:00', 1],
  ])('of %j, from %s, is %s', (date, from, expected, years) => {
    expect(nextAnniversary(date, 'jalali', ten, at(from), clock)).toEqual({ at: at(expected), years });
  });

  it('may go by the Gregorian calendar, with a 29 February', () => {
    const leap = { year: 2000, month: 2, day: 29 };
    const next = (from: string) => nextAnniversary(leap, 'gregorian', ten, at(from), clock);
    expect(next('2026-01-01T00:00')).toEqual({ at: at('2026-02-28T10:00'), years: 26 });
    expect(next('2028-01-01T00:00')).toEqual({ at: at('2028-02-29T10:00'), years: 28 });
  });

  it('is none of a day that the calendar does not know', () => {
    expect(
      nextAnniversary({ year: 1, month: 1, day: 1 }, 'jalali', ten, at('2026-01-01T00:00'), clock),
    ).toBeUndefined();
  });

  it('comes once a year, on the day that the birth was', () => {
    const days = fc.integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2020, 0, 1) });
    const calendars = fc.constantFrom('jalali' as const, 'gregorian' as const);
    fc.assert(
      fc.property(
        days,
        calendars,
        fc.integer({ min: Date.UTC(2020, 5, 1), max: Date.UTC(2060, 0, 1) }),
        (birth, calendar, from) => {
          const date = dateAt(birth, clock);
          const next = nextAnniversary(date, calendar, ten, from, clock)!;
          expect(next.at).toBeGreaterThanOrEqual(from);
          expect(next.at - from).toBeLessThanOrEqual(367 * 86_400_000);
          const after = nextAnniversary(date, calendar, ten, next.at + 1, clock)!;
          expect(after.years).toBe(next.years + 1);
          const dayOf = (instant: number) =>
            calendar === 'jalali' ? jalaliDate(instant, clock)! : localTime(instant, clock.zone);
          const [is, was] = [dayOf(next.at), dayOf(birth)];
          expect(is.month).toBe(was.month);
          expect(is.day === was.day || (is.day < was.day && is.day >= 28)).toBe(true);
        },
      ),
    );
  });
});

describe('the best hour', () => {
  const now = at('2026-11-21T12:30');
  const clicks = (...hours: string[]) => hours.map((hour) => at(`2026-11-01T${hour}`));

  it('is the one in which most came', () => {
    expect(bestHour(clicks('19:05', '19:50', '08:00'), now, clock)).toBe(at('2026-11-21T19:00'));
    expect(bestHour(clicks('08:05', '08:50', '19:00'), now, clock)).toBe(at('2026-11-22T08:00'));
  });

  it('is the earlier of equals', () => {
    expect(bestHour(clicks('19:05', '08:50', '20:00'), now, clock)).toBe(at('2026-11-22T08:00'));
  });

  it('starts anew where it is running', () => {
    expect(bestHour(clicks('12:05', '12:50', '12:00'), now, clock)).toBe(at('2026-11-22T12:00'));
    expect(bestHour(clicks('12:05', '12:50', '12:00'), at('2026-11-21T12:00'), clock)).toBe(at('2026-11-21T12:00'));
  });

  it('is not known from fewer than three', () => {
    expect(bestHour(clicks('12:05', '12:50'), now, clock)).toBeUndefined();
  });
});
