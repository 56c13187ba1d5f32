import type { Field, Kind } from '../expression/kind.js';
import { checkFor, printKind, printValue, type Fault } from './check-value.js';

/** What is said of a value; nothing where it fits. */
function told(kind: Kind, value: unknown, patch = false): readonly string[] {
  const check = checkFor(kind, patch);
  const faults: Fault[] = [];
  const good = check(value, 'data', faults);
  expect(good).toBe(faults.length === 0);
  expect(check(value, '', undefined)).toBe(good);
  return faults.map(({ place, message }) => `${place} ${message}`);
}

const texts: Kind = { kind: 'list', of: { kind: 'text' } };
const order: Kind = {
  kind: 'record',
  fields: {
    id: { kind: { kind: 'integer' }, optional: false },
    note: { kind: { kind: 'text' }, optional: true },
  },
};

describe('a value', () => {
  it.each<[Kind['kind'], readonly unknown[], readonly unknown[]]>([
    ['text', ['', 'a'], [1, true, null, {}, []]],
    ['integer', [0, -5, 2 ** 53 - 1], [1.5, 2 ** 53, '1', NaN]],
    ['number', [0, 1.5, -2], [Infinity, NaN, '1']],
    ['money', [0, 200_000], [0.5, '5 toman']],
    ['boolean', [true, false], [0, 'true']],
    ['time', ['2026-12-21T18:00:00+03:30'], ['2026-12-21', 5, 'soon']],
    ['date', ['2026-12-21', '1405-09-30'], ['2026-13-01', 20_261_221]],
  ])('that is %s fits, and no other does', (name, good, bad) => {
    const kind = { kind: name } as Kind;
    expect(good.flatMap((value) => told(kind, value))).toEqual([]);
    expect(bad.map((value) => told(kind, value).length)).toEqual(bad.map(() => 1));
  });

  it('may be whatever it likes where its kind is not known', () => {
    expect([5, 'a', null, []].flatMap((value) => told({ kind: 'any' }, value))).toEqual([]);
  });
});

describe('a list', () => {
  it('fits if all of its items do, wherever the one stands that does not', () => {
    expect(told(texts, [])).toEqual([]);
    expect(told(texts, ['a', 'b'])).toEqual([]);
    expect(told(texts, [5, 'b'])).toEqual(['data[0] expected text, got 5']);
    expect(told(texts, ['a', 5])).toEqual(['data[1] expected text, got 5']);
    expect(told(texts, [5, 'b', 6])).toHaveLength(2);
    expect(told(texts, 'a')).toEqual(['data expected a list, got "a"']);
  });
});

describe('an object', () => {
  it('fits if its fields do, and those are there that have to be', () => {
    expect(told(order, { id: 1 })).toEqual([]);
    expect(told(order, { id: 1, note: null, more: 5 })).toEqual([]);
    expect(told(order, { note: 'a' })).toEqual(['data.id is missing; expected a whole number']);
    expect(told(order, { id: null, note: 5 })).toEqual([
      'data.id is missing; expected a whole number',
      'data.note expected text, got 5',
    ]);
    expect(told(order, { id: 'a', note: 'b' })).toEqual(['data.id expected a whole number, got "a"']);
    expect(told(order, [])).toEqual(['data expected an object, got a list']);
  });

  it('may leave everything out in a patch', () => {
    expect(told(order, {}, true)).toEqual([]);
    expect(told(order, { id: null }, true)).toEqual([]);
    expect(told(order, { id: 'a' }, true)).toHaveLength(1);
  });

  it('has no field of its prototype', () => {
    const field: Field = { kind: { kind: 'any' }, optional: false };
    const fields = Object.fromEntries([['toString', field]]);
    expect(told({ kind: 'record', fields }, {})).toEqual(['data.toString is missing; expected a value']);
  });
});

describe('what is printed', () => {
  it('of a value is short', () => {
    expect([[1], { a: 1 }, undefined, null, 'a'].map(printValue)).toEqual([
      ...['a list', 'an object', 'nothing', 'null', '"a"'],
    ]);
    expect(printValue('x'.repeat(58))).toBe(`"${'x'.repeat(58)}"`);
    expect(printValue('x'.repeat(59))).toBe(`"${'x'.repeat(58)}…`);
  });

  it('of a kind is what is expected', () => {
    expect([texts, order, { kind: 'boolean' } as const, { kind: 'any' } as const].map(printKind)).toEqual([
      ...['a list', 'an object', 'true or false', 'a value'],
    ]);
  });
});
