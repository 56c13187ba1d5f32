import fc from 'fast-check';
import { parseDuration, parseDurationProblem, printDuration, type DurationUnit } from './duration.js';

const units: DurationUnit[] = [
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'year',
  'working hour',
  'working day',
];

describe('a duration', () => {
  it.each([
    ['2 days', { amount: 2, unit: 'day' }],
    ['1 month', { amount: 1, unit: 'month' }],
    ['1 days', { amount: 1, unit: 'day' }],
    ['90 day', { amount: 90, unit: 'day' }],
    ['10  minutes', { amount: 10, unit: 'minute' }],
    ['1000 years', { amount: 1000, unit: 'year' }],
    ['4 working hours', { amount: 4, unit: 'working hour' }],
    ['1 working day', { amount: 1, unit: 'working day' }],
  ])('is read from "%s"', (text, duration) => {
    expect(parseDuration(text)).toEqual(duration);
    expect(parseDurationProblem(text)).toBeUndefined();
  });

  it.each([
    '',
    '2',
    'days',
    '2days',
    '-2 days',
    '2.5 days',
    '0 days',
    '1001 years',
    '2 fortnights',
    '2 Days',
    ' 2 days',
    '٢ days',
    '2 working weeks',
    '2 workinghours',
    '10001 working days',
  ])('is not read from "%s"', (text) => {
    expect(parseDuration(text)).toBeUndefined();
    expect(parseDurationProblem(text)).toBeDefined();
  });

  it('says what was expected', () => {
    expect(parseDurationProblem('soon')).toMatch(/"soon" is no duration; expected .*"2 days"/);
    expect(parseDurationProblem('0 days')).toMatch(/at least 1/);
    expect(parseDurationProblem('99999999999 seconds')).toMatch(/at most 1000 years/);
    expect(parseDurationProblem('20000 working days')).toMatch(/at most 10000 working days/);
  });

  it.each([
    ['2h', '2 hours'],
    ['2hours', '2 hours'],
    ['1 Day', '1 day'],
    ['۲ ساعت', '2 hours'],
    ['٣٠ دقيقه', '30 minutes'],
    ['10min', '10 minutes'],
    ['۱ هفته', '1 week'],
    ['2 Working Days', '2 working days'],
    ['2 working-days', '2 working days'],
    ['3 business days', '3 working days'],
    ['1workday', '1 working day'],
    ['۴ ساعت کاری', '4 working hours'],
    ['1 dya', '1 day'],
    ['10 minuts', '10 minutes'],
    ['2 mounths', '2 months'],
  ])('says what "%s" was meant to be', (text, meant) => {
    expect(parseDurationProblem(text)).toBe(`"${text}" is no duration; did you mean "${meant}"?`);
  });

  it('is printed as it is read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(...units), (amount, unit) => {
        expect(parseDuration(printDuration({ amount, unit }))).toEqual({ amount, unit });
      }),
    );
    expect(printDuration({ amount: 1, unit: 'week' })).toBe('1 week');
    expect(printDuration({ amount: 2, unit: 'week' })).toBe('2 weeks');
  });
});
