import { parseDuration } from '../time/duration.js';
import type { Clock } from '../time/instant.js';
import { midnight } from '../time/zone.js';
import { Problems } from '../yaml/problems.js';
import { loadOccasions } from './load.js';
import type { Occasions, OccasionShift } from './occasions.js';

const hours = [{ from: 540, to: 1080 }];
const days = { sat: hours, sun: hours, mon: hours, tue: hours, wed: hours, thu: hours, fri: [] };

function load(text: string): Occasions {
  return loadOccasions('occasions.yaml', text, new Problems());
}

/** Closed on the days of `holidays`. */
function clockOf(occasions: Occasions): Clock {
  return {
    zone: 'Asia/Tehran',
    calendar: 'jalali',
    working: { days, closed: ['holidays'], isClosed: (day) => occasions.coversDay('holidays', day) },
  };
}

function shift(offset: string, sign: 1 | -1): OccasionShift {
  const duration = parseDuration(offset);
  if (duration === undefined) throw new Error(`expected a duration, got ${offset}`);
  return { edge: 'start', offset: { duration, sign }, at: { ...midnight, hour: 10 } };
}

const at = (text: string): number => Date.parse(`${text}:00+03:30`);

describe('an occasion that is moved by working days', () => {
  const school = load('holidays: { jalali: 04-01, days: 93 }\nfair: { jalali: 04-05 }\nopening: { jalali: 06-30 }\n');
  const clock = clockOf(school);

  it('comes this year too where months of holidays lie between', () => {
    // The last of Khordad, 21 June, is a Sunday.
    const found = school.next('fair', shift('1 working day', -1), at('2026-06-01T00:00'), clock);
    expect(found?.at).toBe(at('2026-06-21T10:00'));
    expect(school.next('fair', shift('1 working day', -1), at('2026-06-21T10:00'), clock)).toEqual(found);
  });

  it('comes after them where it is moved forward', () => {
    const found = school.next('fair', shift('1 working day', 1), at('2026-06-26T00:00'), clock);
    expect(found).toMatchObject({ day: { year: 2026, month: 6, day: 26 } });
    expect(found?.at).toBe(at('2026-09-23T10:00'));
  });
});

describe('days that are listed', () => {
  it('come in their order, however they are written', () => {
    const occasions = load('x: { dates: [2026-12-22, 2026-12-05, 2027-01-01, 2026-12-05] }');
    const after = (from: number): number | undefined =>
      occasions.next('x', { edge: 'start' }, from, clockOf(occasions))?.at;
    const days = ['2026-12-05T00:00', '2026-12-22T00:00', '2027-01-01T00:00'].map(at);
    expect([0, ...days].map((day) => after(day + 1))).toEqual([...days, undefined]);
  });
});
