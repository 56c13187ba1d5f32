import { compile, scopeWith, valueOf } from '../../../test/given/expression.js';

const texts = {
  'one letter': 'a'.repeat(10_000),
  'an end that differs': `${'a'.repeat(9_999)}b`,
  'a middle that differs': `${'a'.repeat(5_000)}b${'a'.repeat(4_999)}`,
  punctuation: `${'.'.repeat(9_999)}x`,
  'punctuation inside': `x${' !'.repeat(4_999)}x`,
  Persian: 'سلام‌ كِی ۱۲ '.repeat(770),
  surrogates: '👋'.repeat(5_000),
  digits: '9'.repeat(10_000),
  seconds: `${'1s'.repeat(4_999)}x`,
};

const uses = [
  'device.contains(note)',
  'device.startsWith(note)',
  'device.endsWith(note)',
  'device.matches("(a+)+$")',
  'device.matches("(.*a){10}c")',
  'device.matches("^(a|b)*a(a|b){12}c")',
  'device.matches(note)',
  'size(device)',
  'device.lowerAscii()',
  'device.upperAscii()',
  'device.trim()',
  'device.split(note)',
  'device.split("a")',
  'device.split("")',
  'device.replace(note, device)',
  'device.replace("a", device)',
  'device.replace("a", "")',
  'device.indexOf(note)',
  'device.lastIndexOf(note)',
  'device.substring(5000)',
  'device.charAt(9999)',
  'device + note == note + device',
  'device < note',
  'says(device, note, "سلام")',
  'int(device)',
  'double(device)',
  'bool(device)',
  'duration(device) > duration("1h")',
  'timestamp(device) < now',
  'device.split("a").join(note)',
];

describe('a text of 10,000 characters', () => {
  it.each(uses)('passes through %s without holding the process', (use) => {
    const { expression } = compile(use.replace(/\b(device|note)\b/g, 'trigger.$1'));
    for (const device of Object.values(texts)) {
      for (const note of ['b', device, device.slice(5_000), `${device.slice(2_500, 7_500)}c`]) {
        const scope = scopeWith({ trigger: { device, note } });
        const times = [1, 2, 3, 4].map(() => {
          const start = process.cpuUsage();
          expression?.evaluate(scope);
          const { user, system } = process.cpuUsage(start);
          return (user + system) / 1_000;
        });
        // The least of them: the others pay for compiling the function itself. It takes under 5 ms; what is quadratic in
        // 10,000 characters, or worse, takes far more than this on any machine.
        expect(Math.min(...times)).toBeLessThan(50);
      }
    }
  });
});

describe('an expression that would cost too much', () => {
  const range = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';

  it.each([
    ['loops within loops', `${range}${`.map(a, ${range}`.repeat(8)}${')'.repeat(8)}`],
    ['a text that doubles', `["${'x'.repeat(1_000)}"]${'.map(a, a + a)'.repeat(40)}[0]`],
    ['a list that doubles', `[[1]]${'.map(a, a + a)'.repeat(40)}[0]`],
    ['one tree compared with another', `[[1]]${'.map(a, [a, a])'.repeat(40)} == [[1]]${'.map(a, [a, a])'.repeat(40)}`],
  ])('is unknown, and soon: %s', (_, source) => {
    const start = process.cpuUsage();
    expect(valueOf(source)).toBeUndefined();
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(10_000);
  });

  it('does not make the next evaluation dearer', () => {
    const { expression } = compile('trigger.items.map(i, [1, 2, 3].map(x, x)).size()');
    for (let time = 0; time < 50_000; time++) {
      if (expression?.evaluate(scope) !== 2) throw new Error(`evaluation ${String(time)} gave something else`);
    }
  });

  const scope = scopeWith();
});
