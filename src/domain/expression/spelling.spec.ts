import fc from 'fast-check';
import { toCelSpelling } from './spelling.js';

describe('the other spellings of the operators', () => {
  it.each([
    ['a and b', 'a &&  b'],
    ['a or b', 'a || b'],
    ['not a', '!   a'],
    ['not(a)and(b)', '!  (a)&& (b)'],
    ['a and\nb', 'a && \nb'],
  ])('reads %j as %j', (written, cel) => {
    expect(toCelSpelling(written)).toBe(cel);
  });

  it.each([
    '"this and that"',
    "'or'",
    '"say \\" and go"',
    '"""one\nand "two" or"""',
    "r'not'",
    'event.and',
    'event . or == 1',
    'android',
    'nor',
    'not_now',
    'a // this and that',
  ])('leaves %j as it is', (written) => {
    expect(toCelSpelling(written)).toBe(written);
  });

  it('goes on after a text', () => {
    expect(toCelSpelling('a == "x and y" and b')).toBe('a == "x and y" &&  b');
  });

  it('keeps every position', () => {
    const part = fc.constantFrom('and', 'or', 'not', ' ', '"', "'", '\\', 'a', '.', '(', '\n', '//', '"""');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const written = parts.join('');
        expect(toCelSpelling(written)).toHaveLength(written.length);
      }),
    );
  });
});
