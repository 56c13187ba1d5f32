import { printProblem } from '../problem.js';
import { Problems } from '../yaml/problems.js';
import { loadOccasions } from './load.js';

function told(text: string): readonly string[] {
  const problems = new Problems();
  loadOccasions('occasions.yaml', text, problems);
  return problems.sorted().map(printProblem);
}

describe('what is wrong with an occasion is told once', () => {
  const noDate = (day: string): string => `"${day}" is no date; expected a day such as 2026-12-21`;
  it.each([
    ['a range whose first day is none', 'x: { from: 1405-13-10, to: 1405-12-20 }', `1:12: ${noDate('1405-13-10')}`],
    ['a range whose last day is none', 'x: { from: 1405-12-10, to: 1405-13-20 }', `1:28: ${noDate('1405-13-20')}`],
    ['a range without its first day', 'x: { to: 1405-12-20 }', '1:4: from is missing; expected { from: 1405-12-10'],
    ['a range without its last day', 'x: { from: 1405-12-10 }', '1:4: to is missing; expected { from: 1405-12-10'],
    ['a day that is none in another spelling either', 'x: { dates: [1405/13/1] }', `1:14: ${noDate('1405/13/1')}`],
    ['a length without a day', 'x: { days: 3 }', '1:4: this says no day; expected { jalali: 09-30 }'],
    ['nothing at all', 'x: {}', '1:4: this says no day; expected { jalali: 09-30 }'],
    [
      'a month and a day that are a word',
      'x: { jalali: yalda }',
      '1:14: "yalda" is no month and day; expected them with',
    ],
    [
      'a month and a day that are a date',
      'x: { hijri: 2026/9/3 }',
      '1:13: "2026/9/3" is no month and day; did you mean 09-03?',
    ],
  ])('%s', (_, text, problem) => {
    expect(told(text)).toEqual([expect.stringContaining(`occasions.yaml:${problem}`)]);
  });

  it('and each of two on its own', () => {
    expect(told('x: { from: 1405-13-10, to: 1405-13-20 }')).toHaveLength(2);
  });
});
