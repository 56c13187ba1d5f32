import type { CalendarDate } from '../time/calendar-date.js';
import type { Clock } from '../time/instant.js';
import { Problems } from '../yaml/problems.js';
import { loadOccasions } from './load.js';

const clock: Clock = { zone: 'Asia/Tehran', calendar: 'jalali' };
const start = { edge: 'start' } as const;

function load(rule: string) {
  const occasions = loadOccasions('occasions.yaml', `x: ${rule}`, new Problems());
  return {
    after: (day: string) => printed(occasions.next('x', start, Date.parse(`${day}T00:00+03:30`), clock)?.day),
    on: (day: string) => printed(occasions.occurrence('x', dateOf(day), start, clock)?.day),
  };
}

function dateOf(text: string): CalendarDate {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
}

function printed(date: CalendarDate | undefined): string | undefined {
  return date && `${String(date.year)}-${String(date.month)}-${String(date.day)}`;
}

describe('a listed day of the moon', () => {
  // Computed, it is 2026-11-30.
  it('takes the place of the computed one half a month from it, before and behind', () => {
    expect(load('{ hijri: 06-20, dates: [2026-12-15] }').after('2026-11-21')).toBe('2026-12-15');
    expect(load('{ hijri: 06-20, dates: [2026-11-15] }').after('2026-11-16')).toBe('2027-11-19');
  });

  it('stands beside one that is further away', () => {
    const { after } = load('{ hijri: 06-20, dates: [2026-12-16] }');
    expect([after('2026-11-21'), after('2026-12-01')]).toEqual(['2026-11-30', '2026-12-16']);
  });
});

describe('an occasion that was moved since', () => {
  const { on } = load('{ dates: [2026-11-30, 2026-12-08, 2027-06-01] }');

  it('is the one nearest to its day', () => {
    expect(['2026-11-30', '2026-12-02', '2026-12-06', '2026-12-08'].map(on)).toEqual([
      '2026-11-30',
      '2026-11-30',
      '2026-12-8',
      '2026-12-8',
    ]);
  });

  it('is another one from half a month on', () => {
    expect(['2026-11-15', '2026-12-23', '2027-05-17'].map(on)).toEqual(['2026-11-30', '2026-12-8', '2027-6-1']);
    expect(['2026-11-14', '2026-12-24', '2027-05-16'].map(on)).toEqual([undefined, undefined, undefined]);
  });
});
