import fc from 'fast-check';
import { addDuration } from './arithmetic.js';
import type { CalendarDate } from './calendar-date.js';
import { parseDuration } from './duration.js';
import type { Clock } from './instant.js';
import { nextWorkingTime, type WorkingHours } from './working-hours.js';

const nine = 9 * 60;
const full = [{ from: nine, to: 18 * 60 }];
const half = [{ from: nine, to: 13 * 60 }];
const days = { sat: full, sun: full, mon: full, tue: full, wed: full, thu: half, fri: [] };

function clockWith(working: Partial<WorkingHours>, zone = 'Asia/Tehran'): Clock {
  return { zone, calendar: 'jalali', working: { days, closed: [], isClosed: () => false, ...working } };
}

const shop = clockWith({});
const at = (text: string): number => Date.parse(`${text}:00+03:30`);

function later(from: string, text: string, clock = shop, sign: 1 | -1 = 1): string {
  const instant = addDuration(at(from), parseDuration(text)!, clock, sign);
  return new Date(instant + 3.5 * 3_600_000).toISOString().slice(0, 16);
}

// 2026-11-21 is a Saturday, the 26th a Thursday, the 27th a Friday.
describe('working hours', () => {
  it.each([
    ['2026-11-21T10:00', '4 working hours', '2026-11-21T14:00'],
    ['2026-11-21T14:00', '4 working hours', '2026-11-21T18:00'],
    ['2026-11-21T16:00', '4 working hours', '2026-11-22T11:00'],
    ['2026-11-21T20:00', '1 working hour', '2026-11-22T10:00'],
    ['2026-11-22T03:00', '1 working hour', '2026-11-22T10:00'],
    ['2026-11-26T12:00', '2 working hours', '2026-11-28T10:00'],
    ['2026-11-27T12:00', '9 working hours', '2026-11-28T18:00'],
  ])('count only while they last: %s and %s is %s', (from, text, expected) => {
    expect(later(from, text)).toBe(expected);
  });

  it('count back, too', () => {
    expect(later('2026-11-28T10:00', '2 working hours', shop, -1)).toBe('2026-11-26T12:00');
    expect(later('2026-11-27T10:00', '4 working hours', shop, -1)).toBe('2026-11-26T09:00');
  });

  it('leave out the hours between two openings', () => {
    const withLunch = clockWith({ days: { ...days, sat: [half[0]!, { from: 14 * 60, to: 18 * 60 }] } });
    expect(later('2026-11-21T12:00', '2 working hours', withLunch)).toBe('2026-11-21T15:00');
    expect(later('2026-11-21T15:00', '2 working hours', withLunch, -1)).toBe('2026-11-21T12:00');
  });

  it('may end at midnight', () => {
    const late = clockWith({ days: { ...days, sat: [{ from: 18 * 60, to: 24 * 60 }] } });
    expect(later('2026-11-21T20:00', '4 working hours', late)).toBe('2026-11-22T00:00');
  });

  it('and days are hours and days like others for who has none', () => {
    const always = { zone: 'Asia/Tehran', calendar: 'jalali' } as const;
    expect(later('2026-11-26T20:00', '5 working hours', always)).toBe('2026-11-27T01:00');
    expect(later('2026-11-26T20:00', '2 working days', always)).toBe('2026-11-28T20:00');
    expect(later('2026-11-26T20:00', '2 working days', always, -1)).toBe('2026-11-24T20:00');
    expect(nextWorkingTime(at('2026-11-27T03:00'), always)).toBe(at('2026-11-27T03:00'));
  });

  it('lose an hour that a clock change skips', () => {
    const night = clockWith({ days: { ...days, sun: [{ from: 60, to: 240 }] } }, 'Europe/Berlin');
    const from = Date.parse('2026-03-29T01:00:00+01:00');
    expect(addDuration(from, { amount: 2, unit: 'working hour' }, night)).toBe(Date.parse('2026-03-29T04:00:00+02:00'));
  });
});

describe('working days', () => {
  it.each([
    ['2026-11-21T10:00', '1 working day', '2026-11-22T10:00'],
    ['2026-11-25T15:00', '1 working day', '2026-11-26T13:00'],
    ['2026-11-26T10:00', '1 working day', '2026-11-28T10:00'],
    ['2026-11-27T10:00', '1 working day', '2026-11-28T10:00'],
    ['2026-11-21T22:00', '1 working day', '2026-11-22T18:00'],
    ['2026-11-21T03:00', '1 working day', '2026-11-22T09:00'],
    ['2026-11-21T10:00', '6 working days', '2026-11-28T10:00'],
  ])('keep the hour or take the nearest edge: %s and %s is %s', (from, text, expected) => {
    expect(later(from, text)).toBe(expected);
  });

  it('take the nearer edge of a break, of two as near the earlier', () => {
    const withLunch = clockWith({ days: { ...days, sun: [half[0]!, { from: 14 * 60, to: 18 * 60 }] } });
    expect(later('2026-11-21T13:20', '1 working day', withLunch)).toBe('2026-11-22T13:00');
    expect(later('2026-11-21T13:30', '1 working day', withLunch)).toBe('2026-11-22T13:00');
    expect(later('2026-11-21T13:40', '1 working day', withLunch)).toBe('2026-11-22T14:00');
  });

  it('go back', () => {
    expect(later('2026-11-28T10:00', '1 working day', shop, -1)).toBe('2026-11-26T10:00');
  });

  it('pass over days on which it is closed', () => {
    const isClosed = ({ month, day }: CalendarDate): boolean => month === 11 && (day === 22 || day === 23);
    expect(later('2026-11-21T10:00', '1 working day', clockWith({ isClosed }))).toBe('2026-11-24T10:00');
    expect(later('2026-11-21T17:00', '2 working hours', clockWith({ isClosed }))).toBe('2026-11-24T10:00');
  });

  it('are days like others where nobody ever works', () => {
    const never = clockWith({ isClosed: () => true });
    expect(later('2026-11-21T10:00', '2 working days', never)).toBe('2026-11-23T10:00');
    expect(later('2026-11-21T10:00', '2 working hours', never)).toBe('2026-11-21T12:00');
    expect(nextWorkingTime(at('2026-11-21T10:00'), never)).toBe(at('2026-11-21T10:00'));
  });
});

describe('the next working time', () => {
  it.each([
    ['2026-11-21T09:00', '2026-11-21T09:00'],
    ['2026-11-21T17:59', '2026-11-21T17:59'],
    ['2026-11-21T18:00', '2026-11-22T09:00'],
    ['2026-11-21T08:59', '2026-11-21T09:00'],
    ['2026-11-26T13:00', '2026-11-28T09:00'],
  ])('after %s is %s', (from, expected) => {
    expect(nextWorkingTime(at(from), shop)).toBe(at(expected));
  });

  it('is not before, and is its own next', () => {
    const instants = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2060, 0, 1) });
    fc.assert(
      fc.property(instants, fc.constantFrom('Asia/Tehran', 'Europe/Berlin'), (instant, zone) => {
        const clock = clockWith({}, zone);
        const next = nextWorkingTime(instant, clock);
        expect(next).toBeGreaterThanOrEqual(instant);
        expect(nextWorkingTime(next, clock)).toBe(next);
      }),
    );
  });

  it('is where counting hours begins, and counting back comes home', () => {
    const instants = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2060, 0, 1) });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 200 }), (instant, amount) => {
        const [hours, start] = [{ amount, unit: 'working hour' } as const, nextWorkingTime(instant, shop)];
        const end = addDuration(instant, hours, shop);
        expect(addDuration(start, hours, shop)).toBe(end);
        expect(addDuration(end, hours, shop, -1)).toBe(start);
      }),
    );
  });
});
