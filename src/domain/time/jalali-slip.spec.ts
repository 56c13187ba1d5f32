import { jalaliSlip } from './jalali-slip.js';

describe('a time with a Jalali year', () => {
  it.each(['1405-09-30T10:00:00+03:30', '1405-09-30T10:00', '1405-09-30 10:00'])('is told of %s', (text) => {
    expect(jalaliSlip(text)).toBe('; a time has a Gregorian date, and 1405-09-30 is 2026-12-21');
  });

  it.each(['2026-12-21T10:00', '1405-09-30', '1405-13-30T10:00', 'yesterday', ''])('is not told of %j', (text) => {
    expect(jalaliSlip(text)).toBe('');
  });
});
