import { cloudEventOf } from './cloud-event.js';
import type { RawMessage } from './raw-message.js';

const event = { specversion: '1.0', id: 'e1', source: '/shop', type: 'bought', subject: 'c1', data: { cost: 5 } };
const binaryHeaders = { ce_specversion: '1.0', ce_id: 'e1', ce_source: '/shop', ce_type: 'bought' };

function message(value: unknown, headers: Record<string, string> = {}, key?: string): RawMessage {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  return { key: key === undefined ? null : Buffer.from(key), value: bytes, headers };
}

function refusalOf(raw: RawMessage): string {
  const found = cloudEventOf(raw);
  return 'refusal' in found ? `${found.refusal.place} ${found.refusal.message}` : 'taken';
}

describe('a CloudEvent on Kafka', () => {
  it('is structured with its content type, or without any', () => {
    const type = 'application/cloudevents+json; charset=utf-8';
    expect(cloudEventOf(message(event, { 'Content-Type': type }))).toEqual({ value: event });
    expect(cloudEventOf(message(event))).toEqual({ value: event });
  });

  it('is binary with its attributes in headers, in any case, and extensions among them', () => {
    const headers = { ...binaryHeaders, CE_Subject: 'c1', ce_time: '2026-01-01T00:00:00Z', ce_traceparent: '00-1' };
    const found = cloudEventOf(message({ cost: 5 }, { ...headers, 'content-type': 'application/json' }));
    expect(found).toMatchObject({ value: { ...event, time: '2026-01-01T00:00:00Z', traceparent: '00-1' } });
  });

  it('is structured where the content type says so, whatever other headers there are', () => {
    const headers = { 'content-type': 'application/cloudevents+json', ce_id: 'other' };
    expect(cloudEventOf(message(event, headers))).toEqual({ value: event });
  });

  it('has the key for a missing subject, and its own subject before the key', () => {
    const { subject, ...bare } = event;
    expect(subject).toBe('c1');
    expect(cloudEventOf(message(bare, {}, 'c7'))).toEqual({ value: { ...bare, subject: 'c7' } });
    expect(cloudEventOf(message(event, {}, 'c7'))).toEqual({ value: event });
    expect(cloudEventOf(message({ cost: 5 }, binaryHeaders, 'c7'))).toMatchObject({ value: { subject: 'c7' } });
    expect(cloudEventOf(message(bare, {}, ''))).toEqual({ value: bare });
  });

  it.each([
    ['a tombstone', { key: null, value: null, headers: {} }, /^body .*tombstone/],
    [
      'a batch by its type',
      message([event], { 'content-type': 'application/cloudevents-batch+json' }),
      /^body is a batch/,
    ],
    ['a list', message([event]), /^body is a batch/],
    ['no JSON', message(Buffer.from('{"id":')), /^body is not JSON/],
    ['no object', message('text'), /^body is no JSON object/],
    ['no UTF-8', message(Buffer.from([0xc3, 0x28])), /^body is not UTF-8/],
    ['an empty value', message(Buffer.alloc(0)), /^body is empty/],
    ['binary data that is no JSON', message(Buffer.from('<x/>'), binaryHeaders), /^data is not JSON/],
    [
      'binary data of another type',
      message({}, { ...binaryHeaders, 'content-type': 'application/xml' }),
      /application\/json/,
    ],
  ])('refuses %s with place and remedy', (_, raw, refusal) => {
    expect(refusalOf(raw)).toMatch(refusal);
  });
});
