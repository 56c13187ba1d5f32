import fc from 'fast-check';
import { localTime, midnight } from './zone.js';
import { everyDay } from './week.js';
import { atTime, endOf, nextMidnight, nextOpening, nextTimeOfDay, openAt, type Window } from './windows.js';

const tehran = { zone: 'Asia/Tehran' };
const berlin = { zone: 'Europe/Berlin' };
const at = (text: string): number => Date.parse(`${text}:00+03:30`);
const quiet: Window = { days: everyDay, from: 21 * 60, to: 9 * 60 };
const office: Window = { days: new Set(['sat', 'sun', 'mon', 'tue', 'wed']), from: 600, to: 1200 };

const instants = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) });
const clocks = fc.constantFrom(tehran, berlin, { zone: 'Pacific/Apia' }, { zone: 'America/Sao_Paulo' });
const minutes = fc.integer({ min: 0, max: 1439 });

describe('a window', () => {
  it.each([
    ['2026-11-21T20:59', undefined],
    ['2026-11-21T21:00', '2026-11-22T09:00'],
    ['2026-11-22T00:00', '2026-11-22T09:00'],
    ['2026-11-22T08:59', '2026-11-22T09:00'],
    ['2026-11-22T09:00', undefined],
  ])('past midnight includes its start and excludes its end: at %s it ends %s', (instant, end) => {
    expect(endOf(at(instant), quiet, tehran)).toBe(end === undefined ? undefined : at(end));
    expect(openAt(at(instant), quiet, tehran)).toBe(end !== undefined);
  });

  it.each([
    ['2026-11-21T09:59', '2026-11-21T10:00'],
    ['2026-11-21T10:00', '2026-11-21T10:00'],
    ['2026-11-21T19:59', '2026-11-21T19:59'],
    ['2026-11-21T20:00', '2026-11-22T10:00'],
    ['2026-11-25T20:00', '2026-11-28T10:00'],
  ])('opens next, after %s, at %s', (instant, next) => {
    expect(nextOpening(at(instant), office, tehran)).toBe(at(next));
  });

  it('belongs to the day on which it opens', () => {
    const thursdayNight: Window = { days: new Set(['thu']), from: 22 * 60, to: 6 * 60 };
    expect(openAt(at('2026-11-27T05:59'), thursdayNight, tehran)).toBe(true);
    expect(openAt(at('2026-11-26T05:59'), thursdayNight, tehran)).toBe(false);
    expect(nextOpening(at('2026-11-27T06:00'), thursdayNight, tehran)).toBe(at('2026-12-03T22:00'));
  });

  it('whose end is its start is a whole day', () => {
    const fridays: Window = { days: new Set(['fri']), from: 0, to: 0 };
    expect(endOf(at('2026-11-27T12:00'), fridays, tehran)).toBe(at('2026-11-28T00:00'));
    expect(openAt(at('2026-11-28T00:00'), fridays, tehran)).toBe(false);
  });

  it('that a clock change skips does not open', () => {
    const skipped: Window = { days: everyDay, from: 120, to: 180 };
    const night = Date.parse('2026-03-29T00:00:00+01:00');
    expect(nextOpening(night, skipped, berlin)).toBe(Date.parse('2026-03-30T02:00:00+02:00'));
  });

  it('goes by the first of an hour that comes twice', () => {
    const early: Window = { days: everyDay, from: 60, to: 150 };
    expect(endOf(Date.parse('2026-10-25T02:15:00+02:00'), early, berlin)).toBe(Date.parse('2026-10-25T02:30:00+02:00'));
    expect(openAt(Date.parse('2026-10-25T02:15:00+01:00'), early, berlin)).toBe(false);
  });

  it('and the hours that it leaves out make up the day', () => {
    fc.assert(
      fc.property(instants, clocks, minutes, minutes, (instant, clock, from, to) => {
        fc.pre(from !== to);
        const one = openAt(instant, { days: everyDay, from, to }, clock);
        expect(openAt(instant, { days: everyDay, from: to, to: from }, clock)).toBe(!one);
      }),
    );
  });

  it('opens not before the instant, and is open then; at its end it is closed', () => {
    const days = fc.uniqueArray(fc.constantFrom(...everyDay), { minLength: 1 });
    fc.assert(
      fc.property(instants, clocks, days, minutes, minutes, (instant, clock, some, from, to) => {
        fc.pre(from !== to);
        const window = { days: new Set(some), from, to };
        const opening = nextOpening(instant, window, clock);
        expect(opening).toBeGreaterThanOrEqual(instant);
        expect(nextOpening(opening, window, clock)).toBe(opening);
        const end = endOf(opening, window, clock);
        expect(end).toBeGreaterThan(opening);
        expect(openAt(end!, window, clock)).toBe(false);
      }),
    );
  });
});

describe('a time of day', () => {
  const eleven = { ...midnight, hour: 11 };

  it('is of this day or the next', () => {
    expect(nextTimeOfDay(at('2026-11-21T11:00'), eleven, tehran)).toBe(at('2026-11-21T11:00'));
    expect(nextTimeOfDay(at('2026-11-21T11:00') + 1, eleven, tehran)).toBe(at('2026-11-22T11:00'));
    expect(atTime(at('2026-11-21T23:00'), eleven, tehran)).toBe(at('2026-11-21T11:00'));
  });

  it('that a clock change skips is after the gap', () => {
    const halfPastTwo = { ...midnight, hour: 2, minute: 30 };
    const after = (text: string): number => nextTimeOfDay(Date.parse(text), halfPastTwo, berlin);
    expect(after('2026-03-29T00:00:00+01:00')).toBe(Date.parse('2026-03-29T03:30:00+02:00'));
    expect(after('2026-10-25T00:00:00+02:00')).toBe(Date.parse('2026-10-25T02:30:00+02:00'));
    expect(after('2026-10-25T02:31:00+02:00')).toBe(Date.parse('2026-10-26T02:30:00+01:00'));
  });

  it('is not before, and is its own next', () => {
    fc.assert(
      fc.property(instants, clocks, minutes, (instant, clock, minute) => {
        const time = { ...midnight, hour: Math.floor(minute / 60), minute: minute % 60 };
        const next = nextTimeOfDay(instant, time, clock);
        expect(next).toBeGreaterThanOrEqual(instant);
        expect(nextTimeOfDay(next, time, clock)).toBe(next);
      }),
    );
  });
});

describe('the next midnight', () => {
  it('is a later day’s first instant', () => {
    expect(nextMidnight(at('2026-11-21T00:00'), tehran)).toBe(at('2026-11-22T00:00'));
    expect(nextMidnight(at('2026-11-21T23:59'), tehran)).toBe(at('2026-11-22T00:00'));
    // Skipped in Tehran in spring, and come to twice in autumn.
    expect(nextMidnight(at('2022-03-21T12:00'), tehran)).toBe(at('2022-03-22T00:00'));
    expect(nextMidnight(Date.parse('2022-09-21T23:30:00+04:30'), tehran)).toBe(at('2022-09-22T00:00'));
    expect(nextMidnight(at('2022-09-21T23:30'), tehran)).toBe(at('2022-09-22T00:00'));
  });

  it('is after the instant, within two days, on another day', () => {
    fc.assert(
      fc.property(instants, clocks, (instant, clock) => {
        const next = nextMidnight(instant, clock);
        expect(next).toBeGreaterThan(instant);
        expect(next - instant).toBeLessThanOrEqual(48 * 3_600_000);
        expect(localTime(next, clock.zone).day).not.toBe(localTime(instant, clock.zone).day);
      }),
    );
  });
});
