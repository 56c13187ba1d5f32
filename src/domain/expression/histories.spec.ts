import fc from 'fast-check';
import type { JsonObject } from '../json.js';
import { JournalHistory } from './journal-history.js';
import { LayeredHistory } from './layered-history.js';
import type { History, HistoryEvent } from './scope.js';

const event = (seq: number, time: number, data: JsonObject = {}, type = 'a'): HistoryEvent => ({
  ...{ id: `e${String(seq)}`, source: '/', type, time, arrival: time, seq, data },
});
const journalOf = (events: readonly HistoryEvent[]) => {
  const journal = new JournalHistory();
  for (const one of events) journal.append(one);
  return journal;
};
const layered = (kept: readonly HistoryEvent[], recent: readonly HistoryEvent[]) =>
  recent.reduce<History>((history, one) => LayeredHistory.on(history, one), journalOf(kept));

/** All of them in the journal, the later ones on top of it, and all on top of nothing. */
const ways = (events: readonly HistoryEvent[], from = 2): readonly (readonly [string, History])[] => [
  ['a journal', journalOf(events)],
  ['a journal and what was decided since', layered(events.slice(0, from), events.slice(from))],
  ['what was decided since', layered([], events)],
];

const some = [
  event(1, 10, { n: 1, deep: { n: 5 }, 'a.b': 7, r: 'x' }),
  event(2, 30, { n: 2, r: 'y' }),
  event(3, 20, { n: 4, r: 'x' }),
  event(4, 30, { n: 'eight', r: 'x' }),
  event(5, 25, { n: 100 }, 'b'),
];

describe.each(ways(some))('%s', (_, history) => {
  it('counts what is later than the start of a window and not later than its end', () => {
    expect(history.count('a', undefined, 30)).toBe(4);
    expect([history.count('a', 10, 30), history.count('a', 9, 30), history.count('a', 10, 29)]).toEqual([3, 4, 1]);
    expect([history.count('a', 30, 30), history.count('a', 30, 10), history.count('c', undefined, 30)]).toEqual([
      ...[0, 0, 0],
    ]);
  });

  it('sums numbers, and nothing else', () => {
    expect(history.sum('a', 'n', undefined, 30)).toBe(7);
    expect([history.sum('a', 'n', 10, 30), history.sum('a', 'n', 10, 20)]).toEqual([6, 4]);
    expect([history.sum('a', 'deep.n', undefined, 30), history.sum('a', 'r', undefined, 30)]).toEqual([5, 0]);
    expect([history.sum('a', 'toString', undefined, 30), history.sum('c', 'n', undefined, 30)]).toEqual([0, 0]);
    expect(history.sum('a', 'deep.n.n', undefined, 30)).toBe(0);
    expect(history.sum('a', 'deep.constructor', undefined, 30)).toBe(0);
  });

  it('has the time of the newest', () => {
    expect([history.last('a'), history.last('b'), history.last('c')]).toEqual([30, 25, undefined]);
  });

  it('gives the events of a window by their time, then as they were decided', () => {
    const seqs = (from: number | undefined, to: number) => history.events('a', from, to)?.map(({ seq }) => seq);
    expect([seqs(undefined, 30), seqs(10, 30), seqs(undefined, 29), seqs(30, 40)]).toEqual([
      ...[[1, 3, 2, 4], [3, 2, 4], [1, 3], []],
    ]);
  });

  it('gives those since an instant, it included, and of one tie', () => {
    const seqs = (from: number, value?: string) =>
      history
        .since('a', from, value === undefined ? undefined : { path: ['r'], value })
        .map(({ seq }) => seq)
        .sort();
    expect([seqs(20), seqs(21), seqs(10, 'x'), seqs(30, 'x'), seqs(31)]).toEqual([
      ...[[2, 3, 4], [2, 4], [1, 3, 4], [4], []],
    ]);
  });
});

describe('the newest 1,000', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => event(at + 1, at));

  it.each(ways(many(1_000), 999))('are still looked at, in %s', (_, history) => {
    expect(history.events('a', undefined, 5_000)).toHaveLength(1_000);
  });

  it.each(ways(many(1_001), 1_000))('are all that is looked at, in %s', (_, history) => {
    expect(history.events('a', undefined, 5_000)).toBeUndefined();
    expect(history.events('a', 0, 5_000)).toHaveLength(1_000);
    expect(history.count('a', undefined, 5_000)).toBe(1_001);
  });
});

describe('a history that does not know', () => {
  const known = journalOf(some);
  const unsure: History = Object.assign(Object.create(known) as History, {
    ...{ count: () => undefined, sum: () => undefined, events: () => undefined },
  });

  it('does not know with one event more, either', () => {
    const history = LayeredHistory.on(unsure, event(9, 40, { n: 1 }));
    expect([history.count('a', 0, 99), history.sum('a', 'n', 0, 99), history.events('a', 0, 99)]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });
});

describe('any history', () => {
  const events = fc.array(fc.record({ time: fc.nat(9), n: fc.nat(5), type: fc.constantFrom('a', 'b') }), {
    maxLength: 12,
  });

  it('answers alike, however much of it has been kept', () => {
    fc.assert(
      fc.property(events, fc.nat(12), fc.nat(9), fc.nat(9), (given, kept, from, to) => {
        const all = given.map(({ time, n, type }, at) => event(at + 1, time, { n }, type));
        const [one, other] = [journalOf(all), layered(all.slice(0, kept), all.slice(kept))];
        const answers = (history: History) => [
          history.count('a', from, to),
          history.sum('a', 'n', from, to),
          history.last('a'),
          history.events('a', from, to),
          new Set(history.since('a', from, undefined)),
        ];
        expect(answers(other)).toEqual(answers(one));
      }),
    );
  });
});
