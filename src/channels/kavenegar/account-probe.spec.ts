import type { Answer } from './answer.js';
import { probed } from './account-probe.js';

function answered(status: number, remaincredit?: number | string): Answer {
  const entries = remaincredit === undefined ? [] : [{ remaincredit }];
  return { kind: 'answered', status, message: 'م', entries, afterMs: undefined };
}

describe('the account at Kavenegar', () => {
  it.each<[Answer, object]>([
    [answered(200, 1_234_567), { kind: 'works', detail: '1,234,567 rials of credit' }],
    [answered(200, '5000'), { kind: 'works', detail: '5,000 rials of credit' }],
    [answered(200), { kind: 'works', detail: 'the account answers' }],
    [answered(200, 0), { kind: 'fails', reason: 'there is no credit left in the account' }],
    [answered(403), { kind: 'fails', reason: 'Kavenegar 403: م' }],
    [
      { kind: 'not_written', detail: 'ECONNREFUSED' },
      { kind: 'fails', reason: 'ECONNREFUSED' },
    ],
    [
      { kind: 'no_answer', detail: 'no answer within 5 ms' },
      { kind: 'fails', reason: 'no answer within 5 ms' },
    ],
    [
      { kind: 'unreadable', httpStatus: 404, afterMs: undefined },
      { kind: 'fails', reason: "HTTP 404 without Kavenegar's JSON: is PEYK_KAVENEGAR_BASE_URL right?" },
    ],
  ])('that answers %j', (answer, expected) => {
    expect(probed(answer)).toEqual(expected);
  });
});
