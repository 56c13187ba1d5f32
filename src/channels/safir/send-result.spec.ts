import type { HttpAnswer } from '../http/answer.js';
import { sendResult } from './send-result.js';

function answered(body: unknown, status = 200, afterMs?: number): HttpAnswer {
  return { kind: 'answered', status, body: typeof body === 'string' ? body : JSON.stringify(body), afterMs };
}

function error(code: unknown): HttpAnswer {
  return answered({ error_data: [{ phone_number: '989121234567', code, description: 'd' }] });
}

describe('the result of Safir’s send', () => {
  it('is accepted with its id, whether errors are told of or not', () => {
    const accepted = { kind: 'accepted', providerId: 'BvQj.1', cost: undefined };
    for (const more of [{}, { error_data: null }, { error_data: [] }]) {
      expect(sendResult(answered({ message_id: 'BvQj.1', ...more }))).toEqual(accepted);
    }
  });

  it.each([
    [3, { kind: 'retry', reason: 'Safir 3: d' }],
    [2, { kind: 'retry', reason: 'Safir 2: d', perhapsTaken: true }],
    [4, { kind: 'rejected', reason: 'Safir 4: d' }],
    [8, { kind: 'rejected', reason: 'Safir 8: d' }],
    [17, { kind: 'rejected', reason: 'Safir 17: d' }],
    [21, { kind: 'rejected', reason: 'Safir 21: d' }],
    [20, { kind: 'channel_down', reason: 'Safir 20: d' }],
  ])('of the error %i is %j', (code, result) => {
    expect(sendResult(error(code))).toEqual(result);
    expect(sendResult({ ...error(code), status: 400 } as HttpAnswer)).toEqual(result);
  });

  it('is that of the error where the message has an id as well', () => {
    const body = { message_id: 'x', error_data: [{ code: 17, description: 'd' }] };
    expect(sendResult(answered(body))).toMatchObject({ kind: 'rejected' });
    expect(sendResult(answered({ error: { code: 20, description: 'd' } }))).toMatchObject({ kind: 'channel_down' });
  });

  it.each<[HttpAnswer, object]>([
    [answered('"invalid_access_key"'), { kind: 'channel_down' }],
    [answered('no', 401), { kind: 'channel_down' }],
    [answered('no', 404), { kind: 'channel_down' }],
    [answered('no', 429, 3000), { kind: 'retry', afterMs: 3000 }],
    [answered('no', 502), { kind: 'retry', perhapsTaken: true }],
    [answered('', 200), { kind: 'retry', perhapsTaken: true }],
    [answered({}, 200), { kind: 'retry', perhapsTaken: true }],
    [answered({ message_id: '' }, 200), { kind: 'retry', perhapsTaken: true }],
    [error('x'), { kind: 'retry', perhapsTaken: true }],
    [
      { kind: 'no_answer', detail: 'x' },
      { kind: 'retry', perhapsTaken: true },
    ],
  ])('of %j is %j', (answer, result) => {
    expect(sendResult(answer)).toMatchObject(result);
  });

  it('was surely not taken where nothing was written', () => {
    expect(sendResult({ kind: 'not_written', detail: 'x' })).toEqual({ kind: 'retry', reason: 'x' });
  });
});
