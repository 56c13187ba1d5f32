import { list, maybe, record, there } from '../../../test/given/expression.js';
import {
  any,
  areComparable,
  boolean,
  duration,
  familyOf,
  grantKind,
  integer,
  isGrant,
  mixesMoney,
  money,
  moneyRemedy,
  number,
  settle,
  text,
  time,
  unify,
  withoutAmong,
} from './kinds.js';
import type { Kind } from './kind.js';
import { constant } from './typed.js';

const unknown: Kind = { kind: 'unknown' };
const date: Kind = { kind: 'date' };
const colour: Kind = { kind: 'text', among: ['red', 'blue'] };

describe('the kind that holds two others', () => {
  it.each<readonly [Kind, Kind, Kind | undefined]>([
    [text, text, text],
    [integer, number, number],
    [integer, integer, integer],
    [date, time, time],
    [date, date, date],
    [money, number, undefined],
    [text, time, undefined],
    [boolean, integer, undefined],
    [duration, time, undefined],
    [unknown, text, text],
    [unknown, any, any],
    [any, list(text), any],
    [any, record({}), any],
    [colour, colour, colour],
    [colour, { kind: 'text', among: ['red'] }, text],
    [colour, text, text],
    [list(integer), list(number), list(number)],
    [list(unknown), list(text), list(text)],
    [list(text), list(money), undefined],
    [list(text), text, undefined],
    [list(text), record({}), undefined],
    [record({}), text, undefined],
    [record({ a: there('text') }), record({ a: there('text') }), record({ a: there('text') })],
    [record({ a: there('integer') }), record({ a: maybe('number') }), record({ a: maybe('number') })],
    [record({ a: maybe('text') }), record({ a: there('text') }), record({ a: maybe('text') })],
    [record({ a: there('text') }), record({}), record({ a: maybe('text') })],
    [record({ a: there('text') }), record({ a: there('money') }), undefined],
    [record({ a: there('text') }), record({ b: there('money') }), record({ a: maybe('text'), b: maybe('money') })],
  ])('of %j and %j is %j, whichever stands first', (left, right, both) => {
    expect([unify(left, right), unify(right, left)]).toEqual([both, both]);
    expect([areComparable(left, right), areComparable(right, left)]).toEqual([both !== undefined, both !== undefined]);
  });
});

describe('kinds', () => {
  it('are of families that mix freely', () => {
    expect([integer, number, money, date, time, text, list(text)].map(familyOf)).toEqual([
      ...['number', 'number', 'money', 'time', 'time', 'text', 'list'],
    ]);
  });

  it('are a grant by their fields, all of them and no others', () => {
    const { fields } = grantKind;
    const fewer = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'balance'));
    expect([
      isGrant(grantKind),
      isGrant(record({ ...fields })),
      isGrant(record({ ...fields, more: there('text') })),
      isGrant(record(fewer)),
      isGrant(record({ ...fewer, rest: there('money') })),
      isGrant(record({ ...fields, balance: there('number') })),
      isGrant(money),
    ]).toEqual([true, true, false, false, false, false, false]);
  });

  it('forget what a question takes', () => {
    expect([colour, text, list(text)].map(withoutAmong)).toEqual([text, text, list(text)]);
  });

  it('mix money only with numbers', () => {
    expect([mixesMoney(money, integer), mixesMoney(number, money)]).toEqual([true, true]);
    expect([mixesMoney(money, money), mixesMoney(number, integer), mixesMoney(money, text)]).toEqual([
      ...[false, false, false],
    ]);
  });
});

describe('0 beside money', () => {
  const of = (kind: Kind, value: number) => constant(kind, value);

  it('is money, on either side', () => {
    expect(settle(of(integer, 0), of(money, 5)).map(({ kind }) => kind)).toEqual([money, money]);
    expect(settle(of(money, 5), of(number, 0)).map(({ kind }) => kind)).toEqual([money, money]);
  });

  it('is the only number that is', () => {
    expect(settle(of(integer, 1), of(money, 5)).map(({ kind }) => kind)).toEqual([integer, money]);
    expect(settle(of(integer, 0), of(integer, 5)).map(({ kind }) => kind)).toEqual([integer, integer]);
  });

  it('is said of a number as tomans and as rials', () => {
    expect(moneyRemedy(of(money, 5), of(integer, 12_500))).toBe(
      'write toman(12500) for 12,500 tomans, or toman(1250) for 12,500 rials',
    );
    expect(moneyRemedy(of(money, 5))).toBe('write toman(…), with the amount in tomans');
  });
});
