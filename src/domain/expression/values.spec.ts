import { valueOf } from '../../../test/given/expression.js';

describe('operators', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['7 / 2', 3.5],
    ['7 % 4', 3],
    ['-(2 - 5)', 3],
    ['trigger.count + trigger.number', 5.5],
    ['trigger.count == 3.0', true],
    ['0x10 + 1', 17],
    ['"a" + "b"', 'ab'],
    ['[1] + [2]', [1, 2]],
    ['"a" < "b"', true],
    ['trigger.tags[1]', 'vip'],
    ['trigger["count"]', 3],
    ['{"a": {"b": 4}}.a.b', 4],
    ['{"a": 1}["a"]', 1],
    ['{"a" + "b": 1}["ab"]', 1],
    ['[[1, 2], [3]][0][1]', 2],
    ['"vip" in trigger.tags', true],
    ['3 in [1, trigger.count]', true],
    ['4 in [1, 2]', false],
    ['"size" in trigger.extra', true],
    ['"price" in trigger.items[0]', true],
    ['[1, 2] == [1, 2.0]', true],
    ['trigger.items[0] == trigger.items[0]', true],
    ['{"a": null} == {}', true],
    ['trigger.tags != ["new"]', true],
    ['trigger.paid ? "yes" : "no"', 'yes'],
    ['trigger.count > 5 ? 1 : trigger.number', 2.5],
    ['trigger.paid and not (trigger.count == 4)', true],
    ['started_by == "repair.received" // how it began', true],
    ['trigger.count > 1 &&\n  trigger.count < 5', true],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toEqual(value);
  });
});

describe('an order', () => {
  /** Is 3 below, at, and above these. */
  const rows = [
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
    ['>', [false, false, true]],
    ['>=', [false, true, true]],
  ] as const;

  it.each(rows)('%s has its edge with a constant', (operator, expected) => {
    expect([4, 3, 2].map((other) => valueOf(`trigger.count ${operator} ${String(other)}`))).toEqual(expected);
  });

  it.each(rows)('%s has its edge with another value', (operator, expected) => {
    const others = ['trigger.count + 1', 'trigger.count', 'trigger.count - 1'];
    expect(others.map((other) => valueOf(`trigger.count ${operator} ${other}`))).toEqual(expected);
    expect(['"c"', '"b"', '"a"'].map((text) => valueOf(`"b" ${operator} ${text}`))).toEqual(expected);
  });

  it.each(rows)('%s has its edge with what has a kind only then', (operator, expected) => {
    expect([6, 5, 4].map((other) => valueOf(`trigger.extra.size ${operator} ${String(other)}`))).toEqual(expected);
    expect(valueOf(`trigger.extra.size ${operator} trigger.extra.colour`)).toBeUndefined();
    expect(valueOf(`trigger.extra.list ${operator} trigger.extra.list`)).toBeUndefined();
  });
});

describe('macros', () => {
  it.each([
    ['trigger.items.exists(i, i.price > toman(50000))', true],
    ['trigger.items.all(i, i.price > toman(50000))', false],
    ['trigger.items.exists_one(i, i.name == "screen")', true],
    ['trigger.items.filter(i, i.price < toman(50000)).map(i, i.name)', ['cable']],
    ['trigger.items.map(i, i.price > toman(50000), i.name)', ['screen']],
    ['trigger.items.map(i, i.price)', [900_000, 100_000]],
    ['trigger.tags.map(t, t + "!").join(" ")', 'new! vip!'],
    ['[1, 2, 3].filter(x, x != 2).map(x, x * x)', [1, 9]],
    [
      '[1, 2].map(x, [3, 4].map(y, x * y))',
      [
        [3, 4],
        [6, 8],
      ],
    ],
    ['[1, 2].all(x, trigger.items.exists(i, i.price > toman(x)))', true],
    ['{"a": 1, "b": 2}.map(key, key)', ['a', 'b']],
    ['trigger.extra.list.exists(x, x == 3)', true],
    ['trigger.items.exists(now, now.name == "cable")', true],
    ['[].all(x, x > 1)', true],
    ['[].exists(x, x > 1)', false],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toEqual(value);
  });

  it('decides by one item though another is unknown', () => {
    expect(valueOf('trigger.items.exists(i, i.sold_at < now)')).toBe(true);
    expect(valueOf('trigger.items.all(i, i.sold_at > now)')).toBe(false);
    expect(valueOf('trigger.items.all(i, i.sold_at < now)')).toBeUndefined();
    expect(valueOf('trigger.items.exists_one(i, i.sold_at < now)')).toBeUndefined();
    expect(valueOf('trigger.items.filter(i, i.sold_at < now).size()')).toBe(1);
  });

  it('keeps the name of an item to itself', () => {
    expect(() => valueOf('trigger.tags.exists(tag, tag == "a") or tag == "b"')).toThrow('unknown name "tag"');
  });
});

describe('what has a kind only when it is there', () => {
  it.each([
    ['trigger.extra.size + 1', 6],
    ['trigger.extra.size + trigger.extra.size', 10],
    ['trigger.extra.size * trigger.extra.size', 25],
    ['trigger.extra.colour + "!"', 'red!'],
    ['trigger.extra.colour + trigger.extra.colour', 'redred'],
    ['trigger.extra.list + trigger.extra.list', [1, null, 3, 1, null, 3]],
    ['trigger.extra.list[0]', 1],
    ['trigger.extra.list[trigger.count - 1]', 3],
    ['trigger.extra["si" + "ze"]', 5],
    ['trigger.items[0]["na" + "me"]', 'screen'],
    ['trigger.extra.size == 5', true],
    ['trigger.extra.colour == "red"', true],
    ['trigger.extra.colour != trigger.extra.size', true],
    ['trigger.extra.list == trigger.extra.list', true],
    ['trigger.extra.list == [1, 3]', false],
    ['trigger.extra.size in [4, 5]', true],
    ['"deep" in trigger.extra', true],
    ['"shallow" in trigger.extra', false],
    ['3 in trigger.extra.list', true],
    ['-trigger.extra.size', -5],
    ['max(trigger.extra.size, 4)', 5],
    ['trigger.extra.paid ? 1 : 2', undefined],
    ['trigger.extra.size - trigger.extra.colour', undefined],
    ['trigger.extra.colour + trigger.extra.size', undefined],
    ['trigger.extra.colour - trigger.extra.colour', undefined],
    ['trigger.extra.deep + trigger.extra.list', undefined],
    ['trigger.extra.list[trigger.device]', undefined],
    ['trigger.extra.list[3]', undefined],
    ['trigger.extra[trigger.count]', undefined],
    ['trigger.extra.colour[0]', undefined],
    ['2 in trigger.extra.list', undefined],
    ['"size" in trigger.extra.size', undefined],
    ['5 in trigger.extra', undefined],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toEqual(value);
  });
});

describe('the last instant that there is', () => {
  it('can be reached, and not passed', () => {
    const source = (seconds: string) => `timestamp("1970-01-01T00:00:00Z") + duration("${seconds}s")`;
    expect(valueOf(source('8640000000000'))).toBe(8.64e15);
    expect(valueOf(source('8640000000001'))).toBeUndefined();
  });
});

describe('text functions', () => {
  it.each([
    ['"iPhone 13".contains("Phone")', true],
    ['"iPhone 13".startsWith("iP")', true],
    ['"iPhone 13".endsWith("3")', true],
    ['"iPhone 13".matches("^iPhone [0-9]+$")', true],
    ['matches("0912", "^09")', true],
    ['"سلام خوبی".matches("خوب")', true],
    ['"a".matches("a" + "$")', true],
    ['size("سلام")', 4],
    ['"👋 hi".size()', 4],
    ['size(trigger.tags)', 2],
    ['size({"a": 1, "b": null})', 1],
    ['"ÀB".lowerAscii()', 'Àb'],
    ['"àb".upperAscii()', 'àB'],
    ['"  x ".trim()', 'x'],
    ['"a,b,c".split(",")', ['a', 'b', 'c']],
    ['"a,b,c".split(",", 2)', ['a', 'b,c']],
    ['"ab".split("")', ['a', 'b']],
    ['["a", "b"].join("-")', 'a-b'],
    ['"banana".replace("an", "x")', 'bxxa'],
    ['"banana".indexOf("an")', 1],
    ['"banana".indexOf("an", 2)', 3],
    ['"banana".indexOf("x")', -1],
    ['"banana".lastIndexOf("an")', 3],
    ['"👋👋x".indexOf("x")', 2],
    ['"👋ab".substring(1)', 'ab'],
    ['"banana".substring(1, 3)', 'an'],
    ['"banana".substring(3, 3)', ''],
    ['"banana".substring(6)', ''],
    ['"👋👋x".substring(0, 2)', '👋👋'],
    ['"👋👋x".charAt(2)', 'x'],
    ['"👋👋x".lastIndexOf("👋")', 1],
    ['"👋👋x".indexOf("👋", 1)', 1],
    ['"👋👋x".indexOf("👋")', 0],
    ['"a,b,c".split(",", 0)', []],
    ['"a,b,c".split(",", 1)', ['a,b,c']],
    ['"a,b,c".split(",", -1)', ['a', 'b', 'c']],
    ['["a"].join(", ") + [].join(", ")', 'a'],
    ['"ab".startsWith("b") or "ab".endsWith("a")', false],
    ['"banana".charAt(0)', 'b'],
    ['string(5) + string(2.5) + string(true)', '52.5true'],
    ['int("42") + int(3.9) + int("-1")', 44],
    ['double("2.50")', 2.5],
    ['bool("true")', true],
    ['bool("false")', false],
    ['bool(trigger.paid)', true],
    ['int(trigger.extra.size)', 5],
    ['double(trigger.extra.size) + 0.5', 5.5],
    ['string(trigger.extra.size) + string(trigger.extra.colour)', '5red'],
    ['string(timestamp("2026-12-21T18:00:00+03:30"))', '2026-12-21T14:30:00.000Z'],
    ['int(timestamp("1970-01-01T00:01:00.999Z"))', 60],
    ['string(duration("90m"))', '5400s'],
    ['int("+9007199254740991")', 9_007_199_254_740_991],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toEqual(value);
  });

  it.each([
    '"abc".substring(2, 1)',
    '"abc".substring(0, 9)',
    '"abc".substring(0.5)',
    '"abc".charAt(4)',
    '"👋👋x".substring(4)',
    '"👋👋x".indexOf("x", 4)',
    '"abc".indexOf("a", 4)',
    '"abc".replace("", "x")',
    'int("4x")',
    'int("")',
    'double("1e999")',
    'bool("yes")',
    'int("9007199254740992")',
    'int("1" + "0".replace("0", "00000000000000000000000000000000000000000"))',
    'int(trigger.extra.list)',
    'bool(trigger.extra.size)',
    'int(trigger.extra.deep)',
    '"a".matches("(" + "a")',
    'trigger.tags[7]',
    'trigger.tags[-1]',
    'trigger.count % (trigger.count - 3)',
    'trigger.count / (trigger.count - 3)',
    '1e308 * 10',
  ])('%s fails, and so is unknown', (source) => {
    expect(valueOf(source)).toBeUndefined();
  });
});

describe('says', () => {
  it.each([
    ['آدرستون کجاست؟', true],
    ['آدرس\u200cتان', true],
    ['كجاييد', true],
    ['سلام', false],
  ])('%j asks for the address: %s', (device, asks) => {
    expect(valueOf('says(trigger.device, "آدرس", "کجایید")', { trigger: { device } })).toBe(asks);
  });

  it('folds what it looks for, too', () => {
    expect(valueOf('says(trigger.device, "IPHONE ۱۳!")')).toBe(true);
  });

  it('is sure of a word that it finds, unsure where another is unknown', () => {
    expect(valueOf('says(trigger.device, trigger.note, "iphone")')).toBe(true);
    expect(valueOf('says(trigger.device, trigger.note, "nokia")')).toBeUndefined();
  });

  it('takes words that are not written out', () => {
    expect(valueOf('says(trigger.device, trigger.tags[0], trigger.extra.word)', { trigger: { tags: ['PHONE'] } })).toBe(
      true,
    );
    expect(valueOf('says(trigger.device, trigger.tags[0])')).toBe(false);
  });

  it('refuses a word of which nothing is left', () => {
    expect(() => valueOf('says(trigger.device, "?!")')).toThrow('nothing is left of this word to look for');
  });
});
