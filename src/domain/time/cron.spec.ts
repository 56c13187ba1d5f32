import fc from 'fast-check';
import { nextCron, parseCron, type Cron } from './cron.js';
import { printInstant } from './instant.js';
import { localTime } from './zone.js';

function cronOf(text: string): Cron {
  const cron = parseCron(text);
  if (typeof cron === 'string') throw new Error(cron);
  return cron;
}

/** The next times, as UTC or with the zone's own clock written out by the caller. */
function times(text: string, after: string, count: number, zone = 'UTC'): readonly string[] {
  const cron = cronOf(text);
  const found: string[] = [];
  let at = Date.parse(after);
  for (let one = 0; one < count; one++) {
    at = nextCron(cron, at, zone) ?? NaN;
    found.push(printInstant(at).slice(0, 16));
  }
  return found;
}

describe('a cron', () => {
  it.each([
    ['0 18 1,15 * *', '2026-11-21T00:00Z', ['2026-12-01T18:00', '2026-12-15T18:00', '2027-01-01T18:00']],
    ['*/20 9-10 * * *', '2026-11-21T09:30Z', ['2026-11-21T09:40', '2026-11-21T10:00', '2026-11-21T10:20']],
    ['0 9 * * mon-fri', '2026-11-20T10:00Z', ['2026-11-23T09:00', '2026-11-24T09:00']],
    ['0 9 * * 0', '2026-11-21T00:00Z', ['2026-11-22T09:00', '2026-11-29T09:00']],
    ['0 9 * * 7', '2026-11-21T00:00Z', ['2026-11-22T09:00', '2026-11-29T09:00']],
    ['0 9 * * fri-sun', '2026-11-20T10:00Z', ['2026-11-21T09:00', '2026-11-22T09:00', '2026-11-27T09:00']],
    ['0 0 29 feb *', '2026-01-01T00:00Z', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['0 0 29 2 *', '2097-01-01T00:00Z', ['2104-02-29T00:00']],
    ['5-59/25 0 * JAN Sun', '2026-11-21T00:00Z', ['2027-01-03T00:05', '2027-01-03T00:30', '2027-01-03T00:55']],
    // Both kinds of days restricted: either will do.
    ['0 0 13 * 5', '2026-11-01T00:00Z', ['2026-11-06T00:00', '2026-11-13T00:00', '2026-11-20T00:00']],
    ['0 0 1 * mon', '2026-11-30T12:00Z', ['2026-12-01T00:00', '2026-12-07T00:00']],
    // A step through all days restricts nothing by itself.
    ['0 0 */2 * mon', '2026-11-21T00:00Z', ['2026-11-23T00:00', '2026-12-07T00:00']],
  ])('%s, after %s, comes at %j', (text, after, expected) => {
    expect(times(text, after, expected.length)).toEqual(expected);
  });

  it('goes by the clock of its zone', () => {
    expect(times('0 18 * * *', '2026-11-21T00:00Z', 2, 'Asia/Tehran')).toEqual([
      '2026-11-21T14:30',
      '2026-11-22T14:30',
    ]);
    expect(times('0 0 * * *', '2022-03-21T12:00Z', 2, 'Asia/Tehran')).toEqual(['2022-03-21T20:30', '2022-03-22T19:30']);
  });

  it('comes after the gap where a clock change skips its time', () => {
    expect(times('30 2 * * *', '2026-03-28T12:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ]);
    expect(times('*/30 2,3 * * *', '2026-03-28T12:00Z', 3, 'Europe/Berlin')).toEqual([
      '2026-03-29T01:00',
      '2026-03-29T01:30',
      '2026-03-30T00:00',
    ]);
  });

  it('comes once where a clock change doubles its time', () => {
    expect(times('30 2 * * *', '2026-10-24T12:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    expect(times('30 * * * *', '2026-10-25T00:00Z', 3, 'Europe/Berlin')).toEqual([
      '2026-10-25T00:30',
      '2026-10-25T02:30',
      '2026-10-25T03:30',
    ]);
  });

  it('comes later than it is asked after, at one of its minutes, with none of them between', () => {
    const crons = fc.constantFrom('*/15 * * * *', '7 3 * * *', '0 12 * * 1-5', '59 23 1,31 * *', '30 2 * 3,10 sun');
    const zones = fc.constantFrom('UTC', 'Asia/Tehran', 'Europe/Berlin', 'America/New_York');
    const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(crons, zones, instants, (text, zone, after) => {
        const cron = cronOf(text);
        const next = nextCron(cron, after, zone)!;
        expect(next).toBeGreaterThan(after);
        expect(nextCron(cron, next - 1, zone)).toBe(next);
        expect(cron.minutes.map((one) => one % 60)).toContain(localTime(next, zone).minute);
        expect(nextCron(cron, after + (next - after) / 2, zone)).toBe(next);
      }),
    );
  });

  it.each([
    ['0 18 * *', /is no cron; expected five fields \(minute, hour, day of the month, month, day of the week\)/],
    ['@daily', /expected five fields/],
    ['60 18 * * *', /"60" is no minute; expected a number from 0 to 59/],
    ['0 24 * * *', /"24" is no hour/],
    ['0 0 0 * *', /"0" is no day of the month/],
    ['0 0 * foo *', /"foo" is no month; .* or a name such as feb/],
    ['0 0 * * 8', /"8" is no day of the week/],
    ['0 0 * * wed-mon', /"wed-mon" goes back; .* write wed-7,0-mon/],
    ['0 22-2 * * *', /"22-2" goes back; .* write 22-23,0-2/],
    ['*/0 * * * *', /"\*\/0" is no step of the minute/],
    ['5/15 * * * *', /"5\/15" steps from one number; write 5-59\/15/],
    ['1,,2 * * * *', /"" is no minute/],
    ['*/5/2 * * * *', /"\*\/5\/2" is no step of the minute/],
    ['*/05 * * * *', /"\*\/05" is no step of the minute/],
    ['1-2-3 * * * *', /"1-2-3" is no minute/],
    ['1-x * * * *', /"1-x" is no minute/],
    ['x-1 * * * *', /"x-1" is no minute/],
    ['001 * * * *', /"001" is no minute/],
    ['0 1-0 * * *', /"1-0" goes back/],
    ['0 0 * * 0-0/2x', /is no step of the day of the week/],
    ['0 0 31 feb *', /never comes/],
    ['0 0 30,31 2 *', /never comes/],
  ])('is not %s', (text, message) => {
    expect(parseCron(text)).toMatch(message);
  });

  it('takes the first and the last of each field, and a week that ends with its Sunday', () => {
    expect(cronOf('0,59 0,23 1,31 1,12 0,7').minutes).toEqual([0, 59, 1_380, 1_439]);
    expect([...cronOf('0 0 * * fri-0').daysOfWeek].sort()).toEqual([0, 5, 6]);
    expect([...cronOf('0 0 * * 0-0').daysOfWeek]).toEqual([0]);
    expect(cronOf('3-3 0 * * *').minutes).toEqual([3]);
    expect(cronOf('0-10/5 0 * * *').minutes).toEqual([0, 5, 10]);
  });

  it('follows the remedies that it is told', () => {
    expect([...cronOf('0 0 * * wed-7,0-mon').daysOfWeek].sort()).toEqual([0, 1, 3, 4, 5, 6]);
    expect(cronOf('5-59/15 0 * * *').minutes).toEqual([5, 20, 35, 50]);
  });

  it('never throws', () => {
    const odd = fc.stringMatching(/^[0-9*,/a-z-]{1,6}( [0-9*,/a-z-]{1,6}){4}$/);
    fc.assert(fc.property(fc.oneof(fc.string(), odd), (text) => ['string', 'object'].includes(typeof parseCron(text))));
  });
});
