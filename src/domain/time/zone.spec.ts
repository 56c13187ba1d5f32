import fc from 'fast-check';
import { printInstant } from './instant.js';
import { instantAt, isZone, localTime, midnight } from './zone.js';

function wall(instant: string, zone: string): string {
  const { year, month, day, hour, minute } = localTime(Date.parse(instant), zone);
  return `${String(year)}-${String(month)}-${String(day)} ${String(hour)}:${String(minute)}`;
}

function at(text: string, zone: string): string {
  const [date = '', time = ''] = text.split(' ');
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return printInstant(instantAt({ year, month, day }, { ...midnight, hour, minute }, zone));
}

describe('a wall clock', () => {
  it.each([
    ['2026-12-21T14:30:00Z', 'Asia/Tehran', '2026-12-21 18:0'],
    ['2026-07-01T14:30:00Z', 'Asia/Tehran', '2026-7-1 18:0'],
    ['2022-07-01T14:30:00Z', 'Asia/Tehran', '2022-7-1 19:0'],
    ['2022-03-21T20:29:00Z', 'Asia/Tehran', '2022-3-21 23:59'],
    ['2022-03-21T20:30:00Z', 'Asia/Tehran', '2022-3-22 1:0'],
    ['2022-09-21T19:29:00Z', 'Asia/Tehran', '2022-9-21 23:59'],
    ['2022-09-21T19:30:00Z', 'Asia/Tehran', '2022-9-21 23:0'],
    ['2026-07-01T12:00:00Z', 'Europe/Berlin', '2026-7-1 14:0'],
    ['2026-01-01T12:00:00Z', 'Europe/Berlin', '2026-1-1 13:0'],
    ['2026-01-01T12:00:00Z', 'America/St_Johns', '2026-1-1 8:30'],
    ['1969-12-31T23:59:00Z', 'UTC', '1969-12-31 23:59'],
  ])('shows at %s in %s %s', (instant, zone, expected) => {
    expect(wall(instant, zone)).toBe(expected);
  });

  it('knows the weekday and the milliseconds', () => {
    const local = localTime(Date.parse('2026-12-21T23:00:01.250Z'), 'Asia/Tehran');
    expect(local).toMatchObject({ day: 22, weekday: 'tue', second: 1, ms: 250 });
  });

  it('shows what Intl shows, in every zone and at every time', () => {
    const zones = [
      'Asia/Tehran',
      'Europe/Berlin',
      'America/New_York',
      'Africa/Casablanca',
      'Australia/Lord_Howe',
      'UTC',
    ];
    const times = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), times, (zone, instant) => {
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
        const { year, month, day, hour, minute, second } = localTime(instant, zone);
        const two = (value: number): string => String(value).padStart(2, '0');
        expect(`${String(year)}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`).toBe(
          shown.format(instant),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('the instant of a local time', () => {
  it.each([
    ['2026-12-21 18:00', 'Asia/Tehran', '2026-12-21T14:30:00.000Z'],
    ['2022-07-01 18:00', 'Asia/Tehran', '2022-07-01T13:30:00.000Z'],
    ['2026-07-01 18:00', 'Europe/Berlin', '2026-07-01T16:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, expected) => {
    expect(at(text, zone)).toBe(expected);
  });

  it.each([
    ['2022-03-22 00:00', 'Asia/Tehran', '2022-03-21T20:30:00.000Z'],
    ['2022-03-22 00:30', 'Asia/Tehran', '2022-03-21T21:00:00.000Z'],
    ['2026-03-29 02:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-08 02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['2011-12-30 12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
  ])('%s in %s, which a clock change skips, is after the gap by its length', (text, zone, expected) => {
    expect(at(text, zone)).toBe(expected);
  });

  it.each([
    ['2022-09-21 23:30', 'Asia/Tehran', '2022-09-21T19:00:00.000Z'],
    ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-11-01 01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ])('%s in %s, which occurs twice, is the first', (text, zone, expected) => {
    expect(at(text, zone)).toBe(expected);
  });

  it('shows again what it was made from, except in a gap', () => {
    const instants = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom('Asia/Tehran', 'Europe/Berlin', 'America/New_York'), instants, (zone, instant) => {
        const local = localTime(instant, zone);
        const back = instantAt(local, local, zone);
        expect(localTime(back, zone)).toEqual(local);
        expect(back).toBeLessThanOrEqual(instant);
      }),
    );
  });
});

describe('the name of a zone', () => {
  it.each(['Asia/Tehran', 'Europe/Berlin', 'UTC', 'Etc/GMT-3'])('may be %s', (name) => {
    expect(isZone(name)).toBe(true);
  });

  it.each(['', 'Tehran', 'Asia/Teheran', '+03:30', '__proto__', 'constructor'])('may not be "%s"', (name) => {
    expect(isZone(name)).toBe(false);
    expect(() => localTime(0, name)).toThrow(RangeError);
  });
});
