import { compile, problemsOf, valueOf } from '../../../../test/given/expression.js';

describe('an operation on what has been refused', () => {
  it.each([
    ...['(triger.a + 1) == "x"', '(1 + triger.a) == "x"', '(1 - triger.a) == "x"', '(2 * triger.a) == "x"'],
    ...['(triger.a / 2) == "x"', '(triger.a % 2) == "x"', '(triger.a == 1) + 1', '(1 != triger.a) + 1'],
    ...['(triger.a < 1) + 1', '(1 >= triger.a) + 1', '(triger.a in trigger.tags) + 1', '(1 in triger.a) + 1'],
    ...['(not triger.a) + 1', 'trigger.tags[triger.a] + 1', 'trigger.items[0][triger.a] and true'],
    ...['now.getHours(triger.a) == "x"', 'triger.a.getHours() == "x"', '(-triger.a) == "x"'],
  ])('is refused itself, so that one mistake is told once: %s', (source) => {
    expect(problemsOf(source)).toEqual([expect.stringMatching(/^\[triger\] /)]);
  });
});

describe('a call that is wrong', () => {
  it.each([
    ['count("purchase.completed", "soon") + "b"', '["soon"] '],
    ['count("purchase.completed", "2 working days") + "b"', '["2 working days"] '],
    ['sum("purchase.completed", "amount", "soon") + "b"', '["soon"] '],
    ['trigger.tags.map(1, true) + 5', '[1] '],
    ['count("nope") + "b"', '["nope"] '],
    ['(count("nope", past.x > 1) > 1) + 1', '["nope"] '],
    ['sum("nope", "amount") + "b"', '["nope"] '],
    ['last("nope") and true', '["nope"] '],
    ['latest("nope").x + 1', '["nope"] '],
    ['now.getHours("Tehran") + "b"', '["Tehran"] '],
  ])('is told once, and nothing that follows: %s', (source, place) => {
    expect(problemsOf(source)).toEqual([expect.stringContaining(place)]);
  });
});

describe('what may not be there', () => {
  it.each(['trigger.tags[0]', 'trigger.items[0]', 'trigger.items[0].name', 'trigger.extra["a" + "b"]'])(
    '%s',
    (source) => {
      expect(compile(source).maybeUnknown).toBe(true);
    },
  );

  it('is a field by a name that is worked out', () => {
    expect(compile('trigger["am" + "ount"]').maybeUnknown).toBe(true);
    expect(compile('trigger["amount"]').maybeUnknown).toBe(false);
  });
});

describe('a field of anything', () => {
  const extra = { length: 5, constructor: 'c', list: [1, 2], colour: 'red', gone: null, deep: { size: 0 } };
  const found = (source: string) => valueOf(source, { trigger: { extra } });

  it('is what stands there, whatever it is called', () => {
    expect(found('trigger.extra.length')).toBe(5);
    expect(found('trigger.extra.constructor')).toBe('c');
    expect(found('trigger.extra["len" + "gth"]')).toBe(5);
    expect(found('trigger.extra.deep.size')).toBe(0);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'length', 'at', 'map', 'size'])(
    'is unknown where none stands there: %s of a list, a text, a number and a map',
    (name) => {
      const known = ['list', 'colour', 'length', 'gone', 'nowhere'].map((of) => `known(trigger.extra.${of}.${name})`);
      expect(known.map(found)).toEqual([false, false, false, false, false]);
      if (name !== 'size') expect(found(`known(trigger.extra.deep.${name})`)).toBe(false);
      expect(found(`known(trigger.extra.list["${name.slice(0, 1)}" + "${name.slice(1)}"])`)).toBe(false);
    },
  );

  it('is not among its keys where it is null', () => {
    expect(found('"gone" in trigger.extra')).toBe(false);
    expect(found('"colour" in trigger.extra')).toBe(true);
    expect(found('"toString" in trigger.extra')).toBe(false);
    expect(found('"size" in trigger.extra.deep')).toBe(true);
  });
});

describe('an item of a list', () => {
  it.each([
    ['trigger.tags[0]', 'new'],
    ['trigger.tags[1]', 'vip'],
    ['trigger.tags[2]', undefined],
    ['trigger.tags[-1]', undefined],
    ['trigger.items[1].name', 'cable'],
    ['trigger.items[2].name', undefined],
    ['trigger.extra.list[0]', 1],
    ['trigger.extra.list[1]', undefined],
    ['trigger.extra.list[2]', 3],
    ['trigger.extra.list[3]', undefined],
    ['trigger.extra.list["0"]', undefined],
    ['trigger.extra.deep[0]', undefined],
    ['[4, 5][1]', 5],
  ])('%s is %j', (source, value) => {
    expect(valueOf(source)).toEqual(value);
  });
});

describe('a conversion of anything', () => {
  const gives = (call: string, it: string | number | boolean | null) =>
    valueOf(`${call}(trigger.extra.it)`, { trigger: { extra: { it } } });

  it('is that of what it turns out to be', () => {
    expect([gives('string', 5), gives('string', true), gives('string', 'a')]).toEqual(['5', 'true', 'a']);
    expect([gives('int', 2.7), gives('int', '2'), gives('int', '2.7'), gives('int', true)]).toEqual([
      ...[2, 2, undefined, undefined],
    ]);
    expect([gives('double', 2.5), gives('double', '2.5'), gives('double', false)]).toEqual([2.5, 2.5, undefined]);
    expect([gives('bool', true), gives('bool', 'false'), gives('bool', 1)]).toEqual([true, false, undefined]);
    expect(['string', 'int', 'double', 'bool'].map((call) => gives(call, null))).toEqual(Array(4).fill(undefined));
  });
});

describe('plain numbers', () => {
  it('are what CEL makes of them; only money is made whole', () => {
    expect(valueOf('10000 * 0.57')).toBe(10_000 * 0.57);
    expect(valueOf('trigger.count * 0.1')).toBe(3 * 0.1);
    expect(valueOf('toman(1000) * 0.57')).toBe(5_700);
    expect(valueOf('trigger.number + 0.1 + 0.2')).toBe(2.5 + 0.1 + 0.2);
  });
});

describe('a pattern that is not known', () => {
  it('matches nothing for certain, and spoils nothing beside it', () => {
    expect(valueOf('started_by.matches(trigger.note)')).toBeUndefined();
    expect(valueOf('started_by.matches(trigger.note) or trigger.paid')).toBe(true);
    expect(valueOf('started_by.matches(trigger.device) or trigger.paid')).toBe(true);
    expect(valueOf('not started_by.matches(trigger.device)')).toBe(true);
    expect(valueOf('started_by.matches("^repair" + ".received$")')).toBe(true);
  });
});

describe('values that have a kind only when they are there', () => {
  const extra = { list: [1, null], other: [1], map: { a: 1, b: null }, same: { a: 1 }, empty: {}, none: [], text: '1' };
  const equal = (left: string, right: string) =>
    valueOf(`trigger.extra.${left} == trigger.extra.${right}`, { trigger: { extra } });

  it('are equal where they are the same, item by item', () => {
    expect([equal('map', 'same'), equal('same', 'map'), equal('list', 'list')]).toEqual([true, true, true]);
    expect([equal('list', 'other'), equal('same', 'empty'), equal('other', 'none')]).toEqual([false, false, false]);
  });

  it('are never equal where one is a list, a map or a text and the other is not', () => {
    const pairs = ['other same', 'none empty', 'other text', 'same text'].map((pair) => pair.split(' '));
    for (const [one = '', other = ''] of pairs) expect([equal(one, other), equal(other, one)]).toEqual([false, false]);
  });
});
