import type { Expected, Line } from './case.js';
import { compare, holds } from './compare.js';

const position = { file: 'journeys/a.cases.yaml', line: 1, column: 1 };

function wants(kind: Expected['kind'], fields: Expected['fields'] = {}, ...textContains: string[]): Expected {
  return { kind, position, fields, textContains };
}

function line(kind: Line['kind'], fields: object = {}): Line {
  return { at: '2026-11-21T06:30:00.000Z', kind, customer: 'c1', journey: 'a', ...fields };
}

const entered = line('entered', { started_by: 'visit' });
const hello = line('sent', { template: 'hello', channel: 'sms', text: 'سلام سارا' });
const bye = line('sent', { template: 'bye', channel: 'sms', text: 'خدانگهدار' });
const left = line('exited', { reason: 'completed' });

const kinds = (expected: readonly Expected[], lines: readonly Line[]): readonly string[] =>
  compare(expected, lines).map(({ kind }) => kind);

describe('what is expected and what happened', () => {
  it('holds where all that must be listed is, in order; other kinds may be left out', () => {
    const rows = compare(
      [wants('sent', { template: 'hello' }), wants('exited', { reason: 'completed' })],
      [entered, hello, left],
    );
    expect(holds(rows)).toBe(true);
  });

  it.each(['sent', 'suppressed', 'deferred', 'granted', 'exited'] as const)(
    'fails where a %s is not listed',
    (kind) => {
      expect(kinds([], [entered, line(kind)])).toEqual(['unlisted']);
    },
  );

  it('fails where something listed does not happen, be it of a kind that may be left out', () => {
    expect(kinds([wants('goal'), wants('sent')], [hello])).toEqual(['missing', 'same']);
  });

  it('fails where the order is another one', () => {
    const rows = compare([wants('sent', { template: 'bye' }), wants('sent', { template: 'hello' })], [hello, bye]);
    expect(holds(rows)).toBe(false);
    expect(rows.filter(({ kind }) => kind === 'same')).toHaveLength(1);
  });

  it('puts what is alike side by side', () => {
    const [row] = compare([wants('sent', { template: 'hello', at: '2026-11-22T06:30:00.000Z' })], [hello]);
    expect(row).toMatchObject({ kind: 'different', line: hello });
  });

  it('looks for texts in the text', () => {
    expect(kinds([wants('sent', {}, 'سلام', 'سارا')], [hello])).toEqual(['same']);
    expect(kinds([wants('sent', {}, 'علی')], [hello])).toEqual(['different']);
  });

  it('takes money with its unit for rials', () => {
    const granted = line('granted', { amount: 200_000, balance: 200_000 });
    expect(kinds([wants('granted', { amount: 200_000, balance: '20000 toman' })], [granted])).toEqual(['same']);
    expect(kinds([wants('granted', { amount: 20_000 })], [granted])).toEqual(['different']);
    expect(kinds([wants('goal', { value: '20000 toman' })], [line('goal', { value: 200_000 })])).toEqual(['same']);
  });

  it('takes one type for a list of one, and null for what is left out', () => {
    expect(kinds([wants('waiting', { for: 'visit', until: null })], [line('waiting', { for: ['visit'] })])).toEqual([
      'same',
    ]);
    expect(kinds([wants('entered', { key: null })], [line('entered', { key: 'r1' })])).toEqual(['different']);
  });

  it('takes an item for the first line that it fits, so that a later one is left for the next item', () => {
    const waits = [line('waiting', { until: '1' }), line('waiting', { until: '2' })];
    expect(kinds([wants('waiting'), wants('waiting', { until: '2' })], waits)).toEqual(['same', 'same']);
  });
});
