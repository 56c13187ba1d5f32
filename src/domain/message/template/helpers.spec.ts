import { HelperError, helpers, urlProblem, type HelperScope } from './helpers.js';

const scope: HelperScope = {
  clock: { zone: 'Asia/Tehran', calendar: 'jalali' },
  links: { link: (target) => `short:${target}`, unsubscribe: () => 'https://example.com/u' },
};

function run(name: string, ...args: unknown[]): unknown {
  const helper = helpers.get(name);
  if (helper === undefined) throw new Error(`no helper ${name}`);
  return helper.run(args, scope);
}

describe('a helper', () => {
  it.each([
    ['toman', [1_234_567_890], '۱۲۳٬۴۵۶٬۷۸۹ تومان'],
    ['toman', [10.9], '۱ تومان'],
    ['rial', [1_000], '۱٬۰۰۰ ریال'],
    ['rial', [999.9], '۹۹۹ ریال'],
    ['fa_digits', ['Order 42'], 'Order ۴۲'],
    ['jalali', ['2026-03-20T20:30:00Z'], '۱ فروردین ۱۴۰۵'],
    ['jalali', ['2026-03-20T20:29:59Z', 'EEEE d MMMM'], 'جمعه ۲۹ اسفند'],
    ['jalali', ['1366-01-01', 'd MMMM'], '۱ فروردین'],
    ['time', ['2022-07-01T12:00:00Z'], '۱۶:۳۰'],
    ['link', ['https://example.com/a'], 'short:https://example.com/a'],
    ['unsubscribe', [], 'https://example.com/u'],
    ['default', [undefined, 'x'], 'x'],
    ['default', [null, 'x'], 'x'],
    ['default', [0, 'x'], 0],
    ['default', ['', 'x'], ''],
  ])('%s of %j gives %s', (name, args, expected) => {
    expect(run(name, ...args)).toBe(expected);
  });

  it.each([
    ['toman', ['5'], /amount in rials, got a text/],
    ['toman', [Number.NaN], /amount in rials, got a number/],
    ['rial', [true], /got true or false/],
    ['fa_digits', [['a']], /expected a text or a number, got a list/],
    ['jalali', [5], /expected a time .* got a number/],
    ['jalali', ['2026-02-30'], /got "2026-02-30"/],
    ['jalali', ['2026-01-01', 5], /a pattern is a text, not a number/],
    ['time', ['18:00'], /got "18:00"/],
    ['time', [{}], /got a record/],
    ['link', ['ftp://example.com'], /is no web address/],
    ['link', [5], /expected a web address, got a number/],
  ])('%s of %j says what it expected', (name, args, message) => {
    expect(() => run(name, ...args)).toThrow(HelperError);
    expect(() => run(name, ...args)).toThrow(message);
  });

  it('takes web addresses only for links', () => {
    expect(urlProblem('https://example.com/a?b=1#c')).toBeUndefined();
    expect(urlProblem('HTTP://example.com')).toBeUndefined();
    for (const text of [
      '',
      'example.com',
      '//example.com',
      'javascript:alert(1)',
      'data:text/html,x',
      'https://',
      'https://a b',
    ]) {
      expect(urlProblem(text)).toMatch(/is no web address/);
    }
  });
});
