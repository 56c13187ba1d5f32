import type { JsonObject } from '../../domain/json.js';
import type { Answer } from './answer.js';
import { sendResult } from './send-result.js';

function answered(status: number, entry?: JsonObject, afterMs?: number): Answer {
  return { kind: 'answered', status, message: 'م', entries: entry === undefined ? [] : [entry], afterMs };
}

describe('the result of a send', () => {
  it('is accepted with the provider’s id and cost, be they numbers or strings', () => {
    const expected = { kind: 'accepted', providerId: '85463238', cost: 1200 };
    expect(sendResult(answered(200, { messageid: 85463238, status: 1, cost: 1200 }))).toEqual(expected);
    expect(sendResult(answered(200, { messageid: '85463238', status: '5', cost: '1200' }))).toEqual(expected);
    expect(sendResult(answered(200, { status: 1 }))).toEqual({
      kind: 'accepted',
      providerId: undefined,
      cost: undefined,
    });
  });

  it.each([1, 2, 4, 5, 10, 50])('is accepted with the message status %i', (status) => {
    expect(sendResult(answered(200, { status })).kind).toBe('accepted');
  });

  it.each([6, 11, 13, 14])('is rejected with the message status %i', (status) => {
    expect(sendResult(answered(200, { status }))).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining(String(status)) as string,
    });
  });

  it.each([[undefined], [{}], [{ status: 100 }], [{ status: 'odd' }]])(
    'is unknown when the entry says nothing: %j',
    (entry) => {
      expect(sendResult(answered(200, entry)).kind).toBe('unknown');
    },
  );

  it.each([409, 429, 451])('is to be tried again with %i', (status) => {
    expect(sendResult(answered(status))).toEqual({ kind: 'retry', reason: `Kavenegar ${String(status)}: م` });
  });

  it.each([500, 503, 599])('is to be tried again here, and not elsewhere unasked, with %i', (status) => {
    const reason = `Kavenegar ${String(status)}: م`;
    expect(sendResult(answered(status))).toEqual({ kind: 'retry', reason, perhapsTaken: true });
  });

  it.each([402, 999, 444, 300])('is to be tried again a few times with %i', (status) => {
    expect(sendResult(answered(status))).toMatchObject({ kind: 'retry', fewTimes: true });
  });

  it.each([401, 403, 407, 412, 416, 418, 420, 424, 426, 427, 432, 501])(
    'says that the channel is down with %i',
    (status) => {
      expect(sendResult(answered(status))).toEqual({ kind: 'channel_down', reason: `Kavenegar ${String(status)}: م` });
    },
  );

  it.each([400, 404, 405, 406, 411, 413, 414, 415, 417, 419, 422, 428, 431, 604, 607, 800, 813])(
    'is rejected with %i',
    (status) => {
      expect(sendResult(answered(status))).toEqual({ kind: 'rejected', reason: `Kavenegar ${String(status)}: م` });
    },
  );

  it('waits as long as the provider asks', () => {
    expect(sendResult(answered(429, undefined, 7000))).toMatchObject({ kind: 'retry', afterMs: 7000 });
    expect(sendResult({ kind: 'unreadable', httpStatus: 451, afterMs: 9 })).toMatchObject({
      kind: 'retry',
      afterMs: 9,
    });
  });

  it.each([
    [200, 'unknown'],
    [204, 'unknown'],
    [302, 'channel_down'],
    [403, 'channel_down'],
    [404, 'channel_down'],
    [408, 'retry'],
    [429, 'retry'],
    [451, 'retry'],
    [500, 'retry'],
    [502, 'retry'],
    [504, 'retry'],
  ])('without the envelope goes by the HTTP status: %i is %s', (httpStatus, kind) => {
    expect(sendResult({ kind: 'unreadable', httpStatus, afterMs: undefined })).toMatchObject({ kind });
  });

  it('hangs on whether anything was written when no answer came', () => {
    expect(sendResult({ kind: 'not_written', detail: 'd' })).toEqual({ kind: 'retry', reason: 'd' });
    expect(sendResult({ kind: 'no_answer', detail: 'd' })).toEqual({ kind: 'unknown', reason: 'd' });
  });
});
