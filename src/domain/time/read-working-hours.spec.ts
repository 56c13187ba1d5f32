import { printProblem } from '../problem.js';
import { parseYaml } from '../yaml/parse.js';
import { Problems } from '../yaml/problems.js';
import { readDays } from './read-times.js';
import { parseDays, parseDaysProblem } from './week.js';
import { closeOn, readWorkingHours, type WrittenWorkingHours } from './read-working-hours.js';

function read(text: string): { hours: WrittenWorkingHours | undefined; told: readonly string[] } {
  const problems = new Problems();
  const hours = readWorkingHours(parseYaml('policy.yaml', text, problems), problems);
  return { hours, told: problems.sorted().map(printProblem) };
}

describe('working hours in policy.yaml', () => {
  it('name days and ranges of days', () => {
    const { hours, told } = read('{ sat-wed: "09:00-18:00", thu: "09:00-13:00", closed: [nowruz] }');
    expect(told).toEqual([]);
    expect(hours?.days.sat).toEqual([{ from: 540, to: 1080 }]);
    expect(hours?.days.wed).toEqual([{ from: 540, to: 1080 }]);
    expect(hours?.days.thu).toEqual([{ from: 540, to: 780 }]);
    expect(hours?.days.fri).toEqual([]);
    expect(hours?.closed).toMatchObject([{ name: 'nowruz', at: { column: 56 } }]);
  });

  it('may have a break, and end at midnight', () => {
    const { hours, told } = read('{ sat: ["16:00-00:00", "09:00-13:00"], sun: "09:00-24:00" }');
    expect(told).toEqual([]);
    expect(hours?.days.sat).toEqual([
      { from: 540, to: 780 },
      { from: 960, to: 1440 },
    ]);
    expect(hours?.days.sun).toEqual([{ from: 540, to: 1440 }]);
  });

  it.each([
    [
      '{ sat: "18:00-02:00" }',
      /1:8: working hours end on the day they begin, got "18:00-02:00"; for hours past midnight/,
    ],
    ['{ sat: "09:00-09:00" }', /end on the day they begin/],
    ['{ saturday: "09:00-18:00" }', /1:3: "saturday" is no day of the week; did you mean "sat"\?$/],
    [
      '{ sat-wed: "09:00-18:00", mon: "10:00-12:00" }',
      /1:27: mon has its hours already, from "sat-wed"; write a day once/,
    ],
    ['{ sat: ["09:00-13:00", "12:00-15:00"] }', /these hours overlap/],
    ['{ sat: 9-18 }', /"9-18" are no hours; did you mean "09:00-18:00"\?/],
    ['{ closed: [nowruz] }', /working_hours names no day/],
    ['{ sat: "09:00-18:00", holidays: [nowruz] }', /the days on which nobody works are "closed"/],
    ['09:00-18:00', /expected working hours as a mapping, such as .*, got "09:00-18:00"/],
  ])('refuse %s', (text, message) => {
    expect(read(text).told).toEqual([expect.stringMatching(message)]);
  });

  it('find their occasions', () => {
    const { hours } = read('{ sat: "09:00-18:00", closed: [nowruz, nowrouz] }');
    const problems = new Problems();
    const occasions = { names: ['nowruz'], coversDay: (_: string, { day }: { day: number }) => day === 21 };
    const working = closeOn(hours!, occasions, problems);
    expect(problems.sorted().map(printProblem)).toEqual([
      'policy.yaml:1:40: there is no occasion "nowrouz"; did you mean "nowruz"?',
    ]);
    expect(working.closed).toEqual(['nowruz']);
    expect(working.isClosed({ year: 2026, month: 3, day: 21 })).toBe(true);
    expect(working.isClosed({ year: 2026, month: 3, day: 25 })).toBe(false);
  });
});

describe('days', () => {
  it.each([
    ['[sat, sun]', ['sat', 'sun']],
    ['fri', ['fri']],
    ['[sat-mon, fri]', ['sat', 'sun', 'mon', 'fri']],
  ])('are read from %s', (text, expected) => {
    const problems = new Problems();
    expect([...(readDays(parseYaml('f', text, problems), problems) ?? [])]).toEqual(expected);
    expect(problems.count).toBe(0);
  });

  it.each([
    ['satur', 'sat'],
    ['Mon', 'mon'],
    ['sat to wed', 'sat-wed'],
    ['thursday – friday', 'thu-fri'],
  ])('may be %s, which is told to be %s', (text, meant) => {
    expect(parseDaysProblem(text)).toBe(`"${text}" is no day of the week; did you mean "${meant}"?`);
  });

  it.each(['sa', 's', 'sat-sun-mon', 'nowruz', 'sat-'])('are nothing like %s', (text) => {
    expect(parseDaysProblem(text)).toBe(
      `"${text}" is no day of the week; expected sat, sun, mon, tue, wed, thu, fri, or from one to another, such as sat-wed`,
    );
  });

  it('go over the end of the week', () => {
    expect(parseDays('thu-sat')).toEqual(['thu', 'fri', 'sat']);
    expect(parseDays('sat-fri')).toEqual(['sat', 'sun', 'mon', 'tue', 'wed', 'thu', 'fri']);
    expect(parseDays('sun-sat')).toEqual(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']);
    expect(parseDaysProblem('sat-wed')).toBeUndefined();
  });

  it.each(['[]', '[satur]', '[sat, {}]'])('are not read from %s', (text) => {
    const problems = new Problems();
    expect(readDays(parseYaml('f', text, problems), problems)).toBeUndefined();
    expect(problems.count).toBe(1);
  });
});
