import { list, maybe, record, there } from '../../../../test/given/expression.js';
import { any, integer, money, number, text } from '../../expression/kinds.js';
import { mistaken, type Kind } from '../../expression/kind.js';
import { mergeKinds } from './merge-kinds.js';

const words = (...among: readonly string[]): Kind => ({ kind: 'text', among });
const range = (from: number, to: number): Kind => ({ kind: 'integer', among: { from, to } });

describe('what may be the one or the other', () => {
  it.each<readonly [Kind, Kind, Kind]>([
    [text, text, text],
    [text, money, any],
    [integer, number, any],
    [list(text), list(text), list(text)],
    [list(text), list(money), list(any)],
    [list(text), text, any],
    [list(text), record({}), any],
    [record({ a: there('text') }), text, any],
    [record({ a: there('text') }), record({ a: there('text') }), record({ a: there('text') })],
    [record({ a: there('text') }), record({ a: maybe('text') }), record({ a: maybe('text') })],
    [record({ a: there('text') }), record({ a: there('money') }), record({ a: there('any') })],
    [record({ a: there('text') }), record({}), record({ a: maybe('text') })],
    [record({ a: there('text') }), record({ b: there('money') }), record({ a: maybe('text'), b: maybe('money') })],
    [range(1, 5), range(3, 9), range(1, 9)],
    [range(1, 9), range(3, 5), range(1, 9)],
    [range(1, 5), integer, integer],
    [words('a'), text, text],
  ])('is of %j and %j: %j, whichever stands first', (a, b, both) => {
    expect([mergeKinds(a, b), mergeKinds(b, a)]).toEqual([both, both]);
  });

  it('takes the words of both, each once', () => {
    expect(mergeKinds(words('a', 'b'), words('b', 'c'))).toEqual(words('a', 'b', 'c'));
    expect(mergeKinds(words('a'), range(1, 5))).toEqual(any);
  });

  it('is nothing to speak of where one is a mistake that has been told', () => {
    expect([mergeKinds(mistaken, text), mergeKinds(record({}), mistaken)]).toEqual([mistaken, mistaken]);
    expect(mergeKinds(mistaken, text)).toBe(mistaken);
  });
});
