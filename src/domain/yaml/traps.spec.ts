import { expressionBefore, isCutShort } from './traps.js';

describe('a text that was cut short', () => {
  it.each(['f(a', 'a == "x', "a == 'x", 'a in [1', 'a)', '{a: 1'])('%s is one', (text) => {
    expect(isCutShort(text)).toBe(true);
  });

  it.each(['f(a)', 'a == "x(y"', "a == 'it(s'", 'a', ''])('%s is none', (text) => {
    expect(isCutShort(text)).toBe(false);
  });
});

describe('the expression before a place', () => {
  it('is the value of when on that line', () => {
    const source = 'a: 1\nwhen: x ? y : z\n';
    expect(expressionBefore(source, source.indexOf(' : z'))).toBe(source.indexOf('x ?'));
  });

  it('may stand in braces', () => {
    const source = 'goal: { event: e, value: "a" + 1 }';
    expect(expressionBefore(source, source.indexOf('+'))).toBe(source.indexOf('"a"'));
  });

  it('may be an =expression', () => {
    const source = 'with: { x: =f("a", "b") }';
    expect(expressionBefore(source, source.indexOf('"b"'))).toBe(source.indexOf('=f'));
  });

  it('is none where no expression is expected', () => {
    expect(expressionBefore('title: a: b', 8)).toBeUndefined();
  });
});
