import { parseHours, parseHoursProblem, parseTimeOfDay, parseTimeOfDayProblem } from './hours.js';
import { parseDays, parseDaysProblem, weekdayOfDay } from './week.js';

describe('a time of day', () => {
  it('is read', () => {
    expect(parseTimeOfDay('18:00')).toEqual({ hour: 18, minute: 0, second: 0, ms: 0 });
    expect(parseTimeOfDay('00:05')).toMatchObject({ hour: 0, minute: 5 });
    expect(parseTimeOfDayProblem('23:59')).toBeUndefined();
  });

  it.each([
    ['9:00', '09:00'],
    ['9', '09:00'],
    ['18.30', '18:30'],
    ['۱۸:۳۰', '18:30'],
    ['6 pm', '18:00'],
    ['12am', '00:00'],
    ['24:00', '00:00'],
    ['18:00:00', '18:00'],
  ])('says what "%s" was meant to be', (text, meant) => {
    expect(parseTimeOfDay(text)).toBeUndefined();
    expect(parseTimeOfDayProblem(text)).toBe(`"${text}" is no time of day; did you mean "${meant}"?`);
  });

  it.each(['', 'noon', '25:00', '18:60', '-1:00', '13 pm'])('is not "%s"', (text) => {
    expect(parseTimeOfDayProblem(text)).toBe(
      `"${text}" is no time of day; expected one from "00:00" to "23:59", such as "18:00"`,
    );
  });
});

describe('hours', () => {
  it('are read, in minutes', () => {
    expect(parseHours('21:00-09:00')).toEqual({ from: 1260, to: 540 });
    expect(parseHours('09:30-24:00')).toEqual({ from: 570, to: 1440 });
    expect(parseHoursProblem('21:00-09:00')).toBeUndefined();
  });

  it.each([
    ['21-9', '21:00-09:00'],
    ['21:00 - 09:00', '21:00-09:00'],
    ['۲۱:۰۰ تا ۹', '21:00-09:00'],
    ['9:00–24:00', '09:00-24:00'],
  ])('says what "%s" was meant to be', (text, meant) => {
    expect(parseHours(text)).toBeUndefined();
    expect(parseHoursProblem(text)).toBe(`"${text}" are no hours; did you mean "${meant}"?`);
  });

  it.each(['21:00', '21:00-', '24:00-09:00x', '21:00-09:00-10:00', 'night'])('are not "%s"', (text) => {
    expect(parseHours(text)).toBeUndefined();
    expect(parseHoursProblem(text)).toMatch(/such as "21:00-09:00"$/);
  });
});

describe('days of the week', () => {
  it.each([
    ['fri', ['fri']],
    ['sat-wed', ['sat', 'sun', 'mon', 'tue', 'wed']],
    ['thu-sat', ['thu', 'fri', 'sat']],
    ['sat-fri', ['sat', 'sun', 'mon', 'tue', 'wed', 'thu', 'fri']],
  ])('are read from %s', (text, days) => {
    expect(parseDays(text)).toEqual(days);
    expect(parseDaysProblem(text)).toBeUndefined();
  });

  it('says what was meant', () => {
    expect(parseDaysProblem('Saturday')).toBe('"Saturday" is no day of the week; did you mean "sat"?');
    expect(parseDaysProblem('sat - wednesday')).toBe(
      '"sat - wednesday" is no day of the week; did you mean "sat-wed"?',
    );
    expect(parseDaysProblem('weekend')).toMatch(/expected sat, sun, mon, .* such as sat-wed$/);
    expect(parseDaysProblem('sat-sun-mon')).toMatch(/such as sat-wed$/);
  });

  it('go on before and after 1970', () => {
    expect([-2, -1, 0, 1, 2, 7].map(weekdayOfDay)).toEqual(['tue', 'wed', 'thu', 'fri', 'sat', 'thu']);
  });
});
