import { valueOf } from '../../../test/given/expression.js';

const x = (length: number) => 'x'.repeat(length);

describe('the longest text', () => {
  const joined = (length: number) => valueOf('trigger.device + "y"', { trigger: { device: x(length) } });
  const anyJoined = (length: number) =>
    valueOf('trigger.extra.a + trigger.extra.b', { trigger: { extra: { a: x(length), b: 'y' } } });
  const listed = (length: number) => valueOf('trigger.tags.join("-")', { trigger: { tags: [x(length), 'y'] } });

  it('has 100,000 characters, and a longer one is unknown', () => {
    expect([joined(99_999), anyJoined(99_999)]).toEqual([`${x(99_999)}y`, `${x(99_999)}y`]);
    expect([joined(100_000), anyJoined(100_000)]).toEqual([undefined, undefined]);
    expect(listed(99_998)).toBe(`${x(99_998)}-y`);
    expect(listed(99_999)).toBeUndefined();
  });

  it('counts what stands between the pieces', () => {
    const replaced = (length: number) =>
      valueOf('trigger.device.replace("a", "bb")', { trigger: { device: `a${x(length)}` } });
    expect(replaced(99_998)).toBe(`bb${x(99_998)}`);
    expect(replaced(99_999)).toBeUndefined();
  });
});

describe('the longest list', () => {
  const tags = (length: number) => ({ trigger: { tags: Array<string>(length).fill('a') } });

  it('has 10,000 items, and a longer one is unknown', () => {
    const size = (length: number) => valueOf('size(trigger.tags + ["b"])', tags(length));
    expect([size(9_999), size(10_000)]).toEqual([10_000, undefined]);
    const mapped = (length: number) => valueOf('size(trigger.tags.map(t, t + "!"))', tags(length));
    expect([mapped(10_000), mapped(10_001)]).toEqual([10_000, undefined]);
    const split = (pieces: number) =>
      valueOf('size(trigger.device.split(","))', { trigger: { device: Array(pieces).fill('a').join(',') } });
    expect([split(10_000), split(10_001)]).toEqual([10_000, undefined]);
    const few = { trigger: { device: Array(10_001).fill('a').join(',') } };
    expect(valueOf('size(trigger.device.split(",", 10000))', few)).toBe(10_000);
    expect(valueOf('size(trigger.device.split(",", 20000))', few)).toBeUndefined();
  });
});

describe('the longest number in a text', () => {
  it('has 40 characters', () => {
    const number = (zeros: number) => `${'0'.repeat(zeros)}7`;
    expect([valueOf(`int("${number(39)}")`), valueOf(`double("${number(39)}")`)]).toEqual([7, 7]);
    expect([valueOf(`int("${number(40)}")`), valueOf(`double("${number(40)}")`)]).toEqual([undefined, undefined]);
  });
});

describe('a long text', () => {
  const range = '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]';
  const asked = (use: string, device: string) =>
    valueOf(`${range}.map(a, ${range}.map(b, ${use})).size()`, { trigger: { device } });

  it.each([
    'size(trigger.device)',
    'trigger.device.contains("b")',
    'trigger.device.startsWith("b")',
    'trigger.device.lowerAscii()',
    'trigger.device.trim()',
    'trigger.device.indexOf("b")',
    'trigger.device.lastIndexOf("b")',
    'trigger.device.substring(0, 1)',
    'trigger.device.split("b", 1)',
    'trigger.device.replace("b", "c")',
    'says(trigger.device, "b")',
    'trigger.device.matches("^b")',
  ])('is read a hundred times by no expression: %s', (use) => {
    expect(asked(use, x(100_000))).toBeUndefined();
    expect(asked(use, x(100))).toBe(10);
  });
});

describe('a length of time in a text', () => {
  it('has 100 characters at most', () => {
    const length = (zeros: number) =>
      valueOf('duration(trigger.device) == duration("1s")', { trigger: { device: `${'0'.repeat(zeros)}1s` } });
    expect([length(98), length(99)]).toEqual([true, undefined]);
  });
});
