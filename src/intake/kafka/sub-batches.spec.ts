import type { KafkaMessage } from 'kafkajs';
import { subBatches } from './sub-batches.js';

function messages(...offsets: number[]): KafkaMessage[] {
  return offsets.map((offset) => ({
    key: null,
    value: null,
    timestamp: '0',
    attributes: 0,
    offset: String(offset),
    headers: {},
  }));
}

function shape(portions: ReturnType<typeof subBatches>): [string[], bigint][] {
  return portions.map(({ messages: each, to }) => [each.map(({ offset }) => offset), to]);
}

describe('sub-batches', () => {
  it('are portions that follow on; the last ends where the fetch does', () => {
    expect(shape(subBatches(messages(4, 5, 6, 7, 8), 4n, 10n, 2))).toEqual([
      [['4', '5'], 6n],
      [['6', '7'], 8n],
      [['8'], 10n],
    ]);
  });

  it('leave out what was decided before', () => {
    expect(shape(subBatches(messages(4, 5, 6), 6n, 7n, 10))).toEqual([[['6'], 7n]]);
    expect(subBatches(messages(4, 5), 6n, 6n, 10)).toEqual([]);
  });

  it('step over gaps', () => {
    expect(shape(subBatches(messages(4, 9, 12), 4n, 13n, 2))).toEqual([
      [['4', '9'], 10n],
      [['12'], 13n],
    ]);
  });
});
