import type { SendResult } from '../channels/channel.js';
import { Breaker } from './breaker.js';

const good: SendResult = { kind: 'accepted', providerId: undefined, cost: undefined };
const refused: SendResult = { kind: 'rejected', reason: 'blocked' };
const busy: SendResult = { kind: 'retry', reason: 'busy' };
const lost: SendResult = { kind: 'unknown', reason: 'no answer' };

describe('a breaker', () => {
  it('opens when so many of the last calls failed, and counts anew then', () => {
    const breaker = new Breaker({ calls: 4, failures: 3 });
    expect([busy, good, lost].map((result) => breaker.heard(result))).toEqual([undefined, undefined, undefined]);
    expect(breaker.heard(busy)).toBe('3 of the last 4 calls failed: busy');
    expect([busy, busy].map((result) => breaker.heard(result))).toEqual([undefined, undefined]);
    expect(breaker.heard(lost)).toBe('3 of the last 3 calls failed: no answer');
  });

  it('forgets what is longer ago', () => {
    const breaker = new Breaker({ calls: 4, failures: 3 });
    const results = [busy, busy, good, good, busy, good, busy, good, good, busy];
    expect(results.map((result) => breaker.heard(result)).filter((reason) => reason !== undefined)).toEqual([]);
  });

  it('takes a refusal of one message for an answer', () => {
    const breaker = new Breaker({ calls: 3, failures: 1 });
    expect([refused, refused, good].map((result) => breaker.heard(result))).toEqual([undefined, undefined, undefined]);
  });

  it('is closed again by whoever knows better', () => {
    const breaker = new Breaker({ calls: 4, failures: 2 });
    breaker.heard(busy);
    breaker.reset();
    expect(breaker.heard(busy)).toBeUndefined();
  });
});
