import type { Answer } from './answer.js';
import { lookupResults } from './lookup-result.js';

function told(answer: Answer): unknown[] {
  return [...lookupResults([1, 2], answer).values()];
}

describe('what Kavenegar knows of earlier messages', () => {
  it('is told for each id, whatever its form', () => {
    const entries = [
      { localid: '2', messageid: 20, status: 10 },
      { localid: 1, messageid: 0, status: 100 },
    ];
    const answer: Answer = { kind: 'answered', status: 200, message: '', entries, afterMs: undefined };
    expect(told(answer)).toEqual([{ kind: 'never_arrived' }, { kind: 'arrived', providerId: '20' }]);
  });

  it('is arrived for a message that was blocked: it is there, and must not be sent again', () => {
    const entries = [{ localid: 1, messageid: 20, status: 14 }];
    const [first, second] = told({ kind: 'answered', status: 200, message: '', entries, afterMs: undefined });
    expect(first).toEqual({ kind: 'arrived', providerId: '20' });
    expect(second).toMatchObject({ kind: 'cannot_tell' });
  });

  it.each<Answer>([
    { kind: 'answered', status: 407, message: 'no access', entries: [], afterMs: undefined },
    { kind: 'unreadable', httpStatus: 200, afterMs: undefined },
    { kind: 'not_written', detail: 'refused' },
    { kind: 'no_answer', detail: 'reset' },
  ])('cannot be told, and is never taken for "not there", after %j', (answer) => {
    for (const result of told(answer)) {
      expect(result).toEqual({ kind: 'cannot_tell', reason: expect.stringMatching(/\S/) as string });
    }
  });
});
