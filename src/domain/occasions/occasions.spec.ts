import fc from 'fast-check';
import { printProblem } from '../problem.js';
import { dayOfDate } from '../time/calendar-date.js';
import { parseDuration } from '../time/duration.js';
import { printInstant, type Clock } from '../time/instant.js';
import { midnight } from '../time/zone.js';
import { Problems } from '../yaml/problems.js';
import { loadOccasions } from './load.js';
import type { Occasions, OccasionShift } from './occasions.js';

const file = `
yalda: { jalali: 09-30 }
nowruz: { jalali: 01-01, days: 4 }
mothers-day: { hijri: 06-20, dates: [2026-11-30] }
ashura: { hijri: 01-10 }
mourning: { dates: [2026-12-05, 1405-10-01] }
spring-sale: { from: 1405-12-10, to: 1405-12-20 }
sales:
  - { from: 2027-05-01, to: 2027-05-03 }
  - { from: 2026-05-01, to: 2026-05-01 }
valentine: { gregorian: 02-14 }
last-day: { jalali: 12-30 }
`;

function load(text: string | undefined): { occasions: Occasions; told: readonly string[] } {
  const problems = new Problems();
  const occasions = loadOccasions('occasions.yaml', text, problems);
  return { occasions, told: problems.sorted().map(printProblem) };
}

const clock: Clock = { zone: 'Asia/Tehran', calendar: 'jalali' };
const { occasions, told } = load(file);
const at = (text: string): number => Date.parse(`${text}:00+03:30`);

function shift(offset?: string, hour?: number, edge: 'start' | 'end' = 'start'): OccasionShift {
  const duration = offset === undefined ? undefined : parseDuration(offset.replace('-', ''));
  return {
    edge,
    ...(duration && { offset: { duration, sign: offset?.startsWith('-') === true ? -1 : 1 } }),
    ...(hour !== undefined && { at: { ...midnight, hour } }),
  };
}

function next(name: string, how: OccasionShift, from: string, on = clock): string | undefined {
  const found = occasions.next(name, how, at(from), on);
  return found && printInstant(found.at + 3.5 * 3_600_000).slice(0, 16);
}

describe('occasions.yaml', () => {
  it('declares occasions', () => {
    expect(told).toEqual([]);
    expect(occasions.names).toContain('yalda');
    expect(occasions.has('yalda')).toBe(true);
    expect(occasions.has('jalda')).toBe(false);
    expect(occasions.names.filter((name) => occasions.lasts(name))).toEqual(['nowruz', 'spring-sale', 'sales']);
  });

  it('says nothing of others', () => {
    expect(occasions.lasts('jalda')).toBe(false);
    expect(occasions.covers('jalda', at('2026-12-21T10:00'), clock)).toBe(false);
    expect(occasions.next('jalda', shift(), at('2026-12-21T10:00'), clock)).toBeUndefined();
    expect(occasions.occurrence('jalda', { year: 2026, month: 12, day: 21 }, shift(), clock)).toBeUndefined();
  });

  it.each([undefined, '', '# nothing yet\n', '{}'])('may declare none: %j', (text) => {
    const { occasions: none, told: problems } = load(text);
    expect([none.names, problems]).toEqual([[], []]);
  });

  it.each([
    ['yalda: 09-30', /1:8: expected an occasion as a mapping .*; write \{ jalali: 09-30 \}$/],
    ['x: 2026-12-05', /write \{ dates: \[2026-12-05\] \}$/],
    ['x: { jalali: 9-30 }', /"9-30" is no month and day; did you mean 09-30\?/],
    ['x: { jalali: 1405-09-30 }', /did you mean 09-30\?/],
    ['x: { jalali: 30-09 }', /"30-09" is no day of the jalali calendar; the month comes first/],
    ['x: { jalali: 07-31 }', /no day of the jalali calendar/],
    ['x: { gregorian: 02-30 }', /no day of the gregorian calendar/],
    ['x: { jalali: 09-30, hijri: 06-20 }', /1:21: expected one calendar, got jalali and hijri/],
    ['x: { jalali: 09-30, dates: [2026-12-05] }', /dates does not go with jalali/],
    ['x: { jalali: 09-30, days: 0 }', /a whole number from 1 to 350, got 0/],
    ['x: { jalali: 09-30, days: 351 }', /a whole number from 1 to 350, got 351/],
    ['x: { jalali: 09-30, days: 1.5 }', /a whole number from 1 to 350, got 1.5/],
    ['x: { jalali: 09-30, days: two }', /a whole number from 1 to 350, got "two"/],
    ['x: { jalalli: 09-30 }', /"jalalli" is no key of an occasion; did you mean "jalali"\?/],
    ['x: { dates: [1404-12-30] }', /"1404-12-30" is no date; expected a day such as/],
    ['x: { dates: [1405/9/30] }', /"1405\/9\/30" is no date; did you mean 1405-09-30\?/],
    ['x: { dates: [] }', /dates names no day/],
    ['x: { from: 1405-12-10 }', /to is missing/],
    ['x: { from: 1405-12-10, to: 1405-12-01 }', /1:28: this range ends before it begins/],
    ['x: []', /this list names no days/],
    ['x: [2026-12-05]', /expected a range of days as a mapping/],
    ['"a b": { jalali: 09-30 }', /"a b" is no name of an occasion/],
    ['[yalda]', /expected occasions, such as yalda/],
  ])('refuses %s', (text, message) => {
    expect(load(text).told.join('\n')).toMatch(message);
  });

  it.each(['1', '350'])('takes one that lasts %s days', (days) => {
    expect(load(`x: { jalali: 09-30, days: ${days} }`).told).toEqual([]);
  });

  it('keeps the name of one that it cannot read', () => {
    expect(load('x: { jalali: 13-01 }').occasions.next('x', shift(), 0, clock)).toBeUndefined();
    expect(load('x: { jalali: 13-01 }').occasions.has('x')).toBe(true);
  });
});

describe('an occasion as a moment', () => {
  it.each([
    ['yalda', shift(undefined, 18), '2026-11-21T00:00', '2026-12-21T18:00'],
    ['yalda', shift(undefined, 18), '2026-12-21T18:00', '2026-12-21T18:00'],
    ['yalda', shift(undefined, 18), '2026-12-21T18:01', '2027-12-21T18:00'],
    ['yalda', shift('-1 day', 18), '2026-12-20T18:01', '2027-12-20T18:00'],
    ['yalda', shift('-1 day', 18), '2026-12-20T17:00', '2026-12-20T18:00'],
    ['yalda', shift('5 days', 23), '2026-12-23T00:00', '2026-12-26T23:00'],
    ['yalda', shift('-2 months', 10), '2026-10-23T00:00', '2027-10-22T10:00'],
    ['yalda', shift('3 years', 10), '2026-10-23T00:00', '2026-12-21T10:00'],
    ['nowruz', shift(undefined, 9), '2026-11-21T00:00', '2027-03-21T09:00'],
    ['nowruz', shift(undefined, 9, 'end'), '2026-11-21T00:00', '2027-03-24T09:00'],
    ['nowruz', shift(undefined, 9, 'end'), '2026-03-22T00:00', '2026-03-24T09:00'],
    ['nowruz', shift('1 day', 9, 'end'), '2026-03-25T08:00', '2026-03-25T09:00'],
    ['mothers-day', shift(undefined, 9), '2026-11-21T00:00', '2026-11-30T09:00'],
    ['spring-sale', shift(undefined, 9), '2026-11-21T00:00', '2027-03-01T09:00'],
    ['spring-sale', shift(undefined, 9, 'end'), '2026-11-21T00:00', '2027-03-11T09:00'],
    ['spring-sale', shift(undefined, 9), '2027-03-01T09:01', undefined],
    ['sales', shift(undefined, 9), '2026-01-01T00:00', '2026-05-01T09:00'],
    ['sales', shift(undefined, 9), '2026-05-01T09:01', '2027-05-01T09:00'],
    ['mourning', shift(undefined, 9), '2026-12-06T00:00', '2026-12-22T09:00'],
    ['valentine', shift(), '2026-11-21T00:00', '2027-02-14T00:00'],
    ['last-day', shift(), '2025-03-20T00:01', '2026-03-20T00:00'],
    ['nobody', shift(), '2026-11-21T00:00', undefined],
  ])('%s, shifted by %j, from %s is %s', (name, how, from, expected) => {
    expect(next(name, how, from)).toBe(expected);
  });

  it('takes a listed day for the computed one near it, and the computed one in other years', () => {
    const days = (from: string) => occasions.next('mothers-day', shift(), at(from), clock)?.day;
    expect(days('2025-11-21T00:00')).toEqual({ year: 2025, month: 12, day: 11 });
    expect(days('2026-11-21T00:00')).toEqual({ year: 2026, month: 11, day: 30 });
    expect(days('2026-12-01T00:00')).toMatchObject({ year: 2027, month: 11 });
    const { occasions: moved } = load(
      'a: { hijri: 06-20, dates: [2026-12-02] }\nb: { hijri: 06-20, dates: [2026-12-20] }',
    );
    expect(moved.next('a', shift(), at('2026-11-21T00:00'), clock)?.day.day).toBe(2);
    expect(moved.next('b', shift(), at('2026-11-21T00:00'), clock)?.day).toEqual({ year: 2026, month: 11, day: 30 });
    expect(moved.next('b', shift(), at('2026-12-01T00:00'), clock)?.day).toEqual({ year: 2026, month: 12, day: 20 });
  });

  it('tells the year of its own day in the policy’s calendar', () => {
    const early = (calendar: Clock['calendar']) =>
      occasions.next('nowruz', shift('-2 days', 9), at('2026-11-21T00:00'), { ...clock, calendar });
    expect(early('jalali')).toMatchObject({ year: 1406, day: { year: 2027, month: 3, day: 21 }, lastDay: { day: 24 } });
    expect(early('gregorian')?.year).toBe(2027);
  });

  it('is on the clock of the customer', () => {
    const there = { ...clock, zone: 'Europe/Berlin' };
    const found = occasions.next('yalda', shift(undefined, 18), at('2026-11-21T00:00'), there);
    expect(found?.at).toBe(Date.parse('2026-12-21T18:00:00+01:00'));
  });

  it('may be moved by working days', () => {
    const isClosed = (day: { year: number; month: number; day: number }) => occasions.coversDay('nowruz', day);
    const hours = [{ from: 540, to: 1080 }];
    const days = { sat: hours, sun: hours, mon: hours, tue: hours, wed: hours, thu: [], fri: [] };
    const working = { ...clock, working: { days, closed: ['nowruz'], isClosed } };
    // 1406 begins on a Sunday.
    expect(next('nowruz', shift('-2 working days', 10), '2026-11-21T00:00', working)).toBe('2027-03-17T10:00');
    expect(next('nowruz', shift('1 working day', 10), '2027-03-25T00:00', working)).toBe('2027-03-27T10:00');
  });

  it('is found again by its day, also when that was moved a little', () => {
    const how = shift('5 days', 23);
    expect(occasions.occurrence('yalda', { year: 2026, month: 12, day: 21 }, how, clock)?.at).toBe(
      at('2026-12-26T23:00'),
    );
    expect(occasions.occurrence('mothers-day', { year: 2026, month: 12, day: 1 }, how, clock)?.at).toBe(
      at('2026-12-05T23:00'),
    );
    expect(occasions.occurrence('yalda', { year: 2026, month: 6, day: 21 }, how, clock)).toBeUndefined();
  });

  it('is the first one not before the instant, and its own next', () => {
    const names = fc.constantFrom('yalda', 'nowruz', 'mothers-day', 'ashura', 'valentine');
    const offsets = fc.constantFrom(undefined, '-1 day', '5 days', '-3 months', '2 years', '-36 hours');
    const instants = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) });
    fc.assert(
      fc.property(names, offsets, instants, fc.constantFrom('start', 'end'), (name, offset, from, edge) => {
        const how = shift(offset, 10, edge);
        const found = occasions.next(name, how, from, clock)!;
        expect(found.at).toBeGreaterThanOrEqual(from);
        expect(found.at - from).toBeLessThan(400 * 86_400_000);
        expect(occasions.next(name, how, found.at, clock)).toEqual(found);
        expect(occasions.occurrence(name, found.day, how, clock)).toEqual(found);
        expect(occasions.next(name, how, found.at + 1, clock)!.at).toBeGreaterThan(found.at);
      }),
    );
  });
});

describe('the days of an occasion', () => {
  it.each([
    ['nowruz', '2026-03-20T23:59', false],
    ['nowruz', '2026-03-21T00:00', true],
    ['nowruz', '2026-03-24T23:59', true],
    ['nowruz', '2026-03-25T00:00', false],
    ['spring-sale', '2027-03-11T23:59', true],
    ['spring-sale', '2027-03-12T00:00', false],
    ['mourning', '2026-12-05T12:00', true],
    ['ashura', '2026-06-25T12:00', true],
    ['nobody', '2026-12-05T12:00', false],
  ])('%s covers %s: %s', (name, instant, expected) => {
    expect(occasions.covers(name, at(instant), clock)).toBe(expected);
    // Asked again it is remembered.
    expect(occasions.covers(name, at(instant), clock)).toBe(expected);
  });

  it('are those of the clock', () => {
    expect(occasions.covers('yalda', at('2026-12-21T01:00'), { zone: 'Europe/Berlin' })).toBe(false);
  });

  it('run over the end of a year', () => {
    const { occasions: over } = load('x: { jalali: 12-28, days: 5 }\ny: { gregorian: 12-31, days: 2 }');
    const covered = ['03-18', '03-19', '03-20', '03-23', '03-24'].map((day) =>
      over.covers('x', at(`2026-${day}T12:00`), clock),
    );
    expect(covered).toEqual([false, true, true, true, false]);
    expect(over.coversDay('y', { year: 2027, month: 1, day: 1 })).toBe(true);
    expect(over.coversDay('y', { year: 2027, month: 1, day: 2 })).toBe(false);
  });

  it('are those of its occurrences', () => {
    const days = fc.integer({
      min: dayOfDate({ year: 2000, month: 1, day: 1 }),
      max: dayOfDate({ year: 2060, month: 1, day: 1 }),
    });
    fc.assert(
      fc.property(days, fc.constantFrom('yalda', 'nowruz', 'ashura'), (day, name) => {
        const found = occasions.next(name, shift(), day * 86_400_000, clock)!;
        expect(occasions.coversDay(name, found.day)).toBe(true);
        expect(occasions.coversDay(name, found.lastDay)).toBe(true);
      }),
    );
  });
});
