import { loadCatalogue } from '../../domain/catalogue/load.js';
import { Problems } from '../../domain/yaml/problems.js';
import { createEventValidator, type Validated } from '../validate-event.js';
import { deadLetterOf, decodeMessage } from './decode-message.js';
import { rawMessage } from './raw-message.js';

const at = { topic: 'peyk.events', partition: 3, offset: '42' };

describe('a message from Kafka', () => {
  it('is validated as the event that it holds', () => {
    const seen: unknown[] = [];
    const validated: Validated = { refusals: [] };
    const validate = (input: unknown): Validated => {
      seen.push(input);
      return validated;
    };
    const raw = { key: Buffer.from('c1'), value: Buffer.from('{"id":"e1"}'), headers: {} };
    expect(decodeMessage(raw, validate)).toBe(validated);
    expect(seen).toEqual([{ id: 'e1', subject: 'c1' }]);
  });

  it('is not validated when it holds no event', () => {
    const validate = (): Validated => {
      throw new Error('not to be called');
    };
    expect(decodeMessage({ key: null, value: null, headers: {} }, validate)).toMatchObject({
      refusals: [{ place: 'body' }],
    });
  });

  it('that withdraws consent from what there is not becomes a dead letter that says so', () => {
    const catalogue = loadCatalogue({ events: undefined, customers: undefined }, new Problems());
    const validate = createEventValidator(catalogue, { purposes: ['service', 'marketing'] });
    const word = { specversion: '1.0', id: 'e1', source: '/crm', type: 'consent.withdrawn' };
    const value = Buffer.from(JSON.stringify({ ...word, data: { purpose: 'markting', channel: 'smss' } }));
    const headers = { 'content-type': 'application/cloudevents+json' };
    const decoded = decodeMessage({ key: Buffer.from('c1'), value, headers }, validate);
    if (!('refusals' in decoded)) throw new Error('it was taken');
    expect(deadLetterOf({ key: null, value, headers }, at, decoded.refusals)).toMatchObject({
      place: 'data.purpose',
      reason:
        '"markting" is no purpose that policy.yaml declares; did you mean "marketing"?; ' +
        'data.channel: "smss" is no channel; did you mean "sms"?',
    });
  });

  it('becomes a dead letter with the first place and every reason', () => {
    const raw = { key: Buffer.from('c1'), value: Buffer.from('{}'), headers: { trace: 't' } };
    const refusals = [
      { place: 'id', message: 'is missing' },
      { place: 'type', message: 'is unknown' },
    ];
    expect(deadLetterOf(raw, at, refusals)).toEqual({
      source: 'kafka',
      origin: 'peyk.events/3/42',
      topic: 'peyk.events',
      key: 'c1',
      payload: Buffer.from('{}'),
      headers: { trace: 't' },
      place: 'id',
      reason: 'is missing; type: is unknown',
    });
  });

  it('is kept whole by a database whose texts have no NUL', () => {
    const raw = rawMessage({
      key: Buffer.from('a\0b'),
      value: null,
      headers: { 'x\0': Buffer.from('1\0'), y: ['1', '2'], z: undefined },
    });
    expect(raw.headers).toEqual({ 'x\uFFFD': '1\uFFFD', y: '2' });
    const letter = deadLetterOf(raw, at, [{ place: 'p\0', message: 'm\0' }]);
    expect(letter).toMatchObject({ key: 'a\uFFFDb', payload: Buffer.alloc(0), place: 'p\uFFFD', reason: 'm\uFFFD' });
  });
});
