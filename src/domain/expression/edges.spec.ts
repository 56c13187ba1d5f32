import { compile, problemsOf, valueOf } from '../../../test/given/expression.js';

describe('what is looked for in a list', () => {
  it.each([
    ['[1] in [[1], [2]]', true],
    ['[3] in [[1], [2]]', false],
    ['{"a": 1} in [{"a": 1}]', true],
    ['{"a": 2} in [{"a": 1}]', false],
    ['"a" in ["a", null]', true],
    ['"b" in ["a", null]', undefined],
    ['0 in [toman(0), toman(5)]', true],
    ['0 in [toman(1), toman(5)]', false],
    ['timestamp("2026-11-21T06:30:00Z") in [now]', true],
    ['trigger.extra.deep.at in [timestamp("2026-11-20T00:00:00Z")]', true],
    ['trigger.extra.deep.at in [timestamp("2026-11-20T00:00:01Z")]', false],
    ['trigger.extra.size in ["5"]', false],
    ['trigger.extra.colour in ["red"]', true],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toEqual(value);
  });
});

describe('exactly one', () => {
  it.each([
    ['[1, 2, 3].exists_one(n, n == 2)', true],
    ['[2, 2, 3].exists_one(n, n == 2)', false],
    ['[1, 3].exists_one(n, n == 2)', false],
    ['[2, 2, 2].exists_one(n, n == 2)', false],
    // Two are too many, whatever the third may be.
    ['["a", "a", trigger.note].exists_one(t, t == "a")', false],
    ['[trigger.note, "a", "a"].exists_one(t, t == "a")', false],
    ['["a", trigger.note].exists_one(t, t == "a")', undefined],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toEqual(value);
  });
});

describe('a size', () => {
  it('counts what is there', () => {
    expect(valueOf('size({"a": 1, "b": null, "c": trigger.note})')).toBe(1);
    expect(valueOf('size({"a": trigger.count, "b": 2})')).toBe(2);
    expect(valueOf('size(trigger.extra.list)')).toBe(3);
  });
});

describe('lists put together', () => {
  it.each([
    ['[1] + [2, 3]', [1, 2, 3]],
    ['trigger.tags + trigger.extra.list', ['new', 'vip', 1, null, 3]],
    ['trigger.extra.size + trigger.tags', undefined],
    ['trigger.extra.list + trigger.extra.colour', undefined],
    ['trigger.extra.colour + trigger.extra.list', undefined],
    ['trigger.extra.list - trigger.extra.list', undefined],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toEqual(value);
  });
});

describe('what has an order', () => {
  it.each([
    ['min("a", "b")', 'min(a, b) takes two numbers or two of money, not text and text'],
    ['max(1, "b")', 'max(a, b) takes two numbers or two of money, not a number and text'],
    ['max("b", 1)', 'max(a, b) takes two numbers or two of money, not text and a number'],
    ['min([1], [2])', 'min(a, b) takes two numbers or two of money, not a list and a list'],
    ['max(trigger.extra.size, "a")', 'max(a, b) takes two numbers or two of money, not text and text'],
    ['min(true, 1)', 'min(a, b) takes two numbers or two of money, not true or false and a number'],
  ])('is a number, money, a time: %s', (source, message) => {
    expect(problemsOf(source)).toEqual([expect.stringContaining(message)]);
  });

  it('is compared among its own', () => {
    expect(valueOf('max(now, timestamp("2020-01-01T00:00:00Z")) == now')).toBe(true);
    expect(valueOf('min(duration("1h"), duration("2h")) == duration("1h")')).toBe(true);
  });
});

describe('what has been refused', () => {
  const absent = '[colour] "trigger" has no field "colour"';

  it.each([
    ['min(trigger.colour, 1) + "b"', absent],
    ['says(trigger.colour, "a") == (1 == 1)', absent],
    ['toman(trigger.colour) + "a"', absent],
    ['int(trigger.colour) + "a"', absent],
    ['{"a": trigger.colour}.a + 1', absent],
    ['(-trigger.colour) + "a"', absent],
    [
      'count("purchase.completed", past.amount) + "b"',
      '[past.amount] "count" takes a condition, true or false; this is money: write a comparison',
    ],
    ['last("purchase.completed", "a") + 1', '["a"] expected a condition here: last("type", condition)'],
    ['(1 in "a") + "b"', '["a"] "in" looks into a list; for a part of a text write text.contains("…")'],
    ['size(5) + "b"', '[5] a number has no size: size(x)'],
    ['-"a" + 1', '[-"a"] "-" has no meaning before text'],
    ['trigger.items.all(i, "a") + "b"', '["a"] "all" asks'],
    ['trigger.items.exists_one(i, "a") + "b"', '["a"] "exists_one" asks'],
    ['trigger.items.filter(i, "a") + "b"', '["a"] "filter" asks'],
    ['duration(5) + "b"', '[5] expected text here, this is a number: duration("1h30m")'],
    ['timestamp(5) + "b"', '[5] expected text here, this is a number: timestamp'],
    ['"a".matches(5) + 1', '[5] expected text here, this is a number'],
    ['(5 in trigger.items[0]) + 1', '[5] the key of a map is text; this is a number'],
  ])('is told once, and nothing that follows: %s', (source, message) => {
    expect(problemsOf(source)).toEqual([expect.stringContaining(message.split(': write')[0] ?? '')]);
  });
});

describe('a list or a map that is written out', () => {
  it('is there, and what is done with it may not be', () => {
    expect(compile('{"a": trigger.note}').maybeUnknown).toBe(false);
    expect(compile('{"a": trigger.note}.a').maybeUnknown).toBe(true);
    expect(compile('{"a": trigger.count}.a').maybeUnknown).toBe(false);
    expect(compile('[trigger.count]').maybeUnknown).toBe(false);
    expect(compile('[trigger.note]').maybeUnknown).toBe(true);
    expect(compile('[trigger.count, trigger.count] == [3, 3]').maybeUnknown).toBe(false);
  });
});

describe('what has a kind only when it is there', () => {
  it.each([
    ['trigger.extra.colour == 5', false],
    ['5 == trigger.extra.colour', false],
    ['trigger.extra.size == "5"', false],
    ['trigger.extra.colour["le" + "ngth"]', undefined],
    ['known(trigger.extra.colour["le" + "ngth"])', false],
    ['known(trigger.extra.size)', true],
    ['known(trigger.extra.list)', true],
    ['known(trigger.extra.deep)', true],
    ['known(trigger.extra.nothing)', false],
    ['known(trigger.tags.map(t, t))', true],
    ['known([trigger.note])', true],
  ])('%s gives %j', (source, value) => {
    expect(valueOf(source)).toEqual(value);
  });

  it('is looked up by a text alone', () => {
    expect(valueOf('trigger.extra[trigger.count]', { trigger: { extra: { 3: 'x' } } })).toBeUndefined();
    expect(valueOf('trigger.extra["3"]', { trigger: { extra: { 3: 'x' } } })).toBe('x');
  });

  it('is unknown where it is of another kind than declared, and what stands around it goes on', () => {
    for (const wrong of [5, true, ['2026-01-01T00:00:00Z'], { at: 5 }])
      expect(valueOf('known(trigger.ready_at)', { trigger: { ready_at: wrong } })).toBe(false);
  });
});

describe('the result', () => {
  it.each([
    ['min(trigger.amount, toman(1))', 'money'],
    ['max(0, trigger.amount)', 'money'],
    ['min(trigger.count, 1)', 'integer'],
    ['min(trigger.count, 1.5)', 'number'],
    ['max(now, now)', 'time'],
    ['round_to(trigger.amount, toman(1))', 'money'],
  ])('of %s is %s', (source, kind) => {
    expect(compile(source).expression?.kind).toEqual({ kind });
  });

  it.each([
    ['5 + null', '"+" has no meaning between a number and null; ask x == null, or default(x, y)'],
    ['null - 5', '"-" has no meaning between null and a number; ask x == null, or default(x, y)'],
    ['true + 1', '"+" has no meaning between true or false and a number'],
    ['1 * true', '"*" has no meaning between a number and true or false'],
  ])('of %s is none', (source, message) => {
    expect(problemsOf(source)).toEqual([`[${source}] ${message}`]);
  });
});
