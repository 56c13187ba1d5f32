import type { SendResult } from '../channels/channel.js';
import type { Claimed } from './claimed.js';
import { Lease, systemClock } from './sender-clock.js';
import { answered, settlementOf, unanswered, type Settlement } from './settlement.js';

const limits = { inDoubt: { askAfterMs: 60_000, askUntilMs: 36_000_000 }, retryForMs: 86_400_000 };
const now = 1_000_000;
const next = { channel: 'email', address: 'a@example.com', content: {} };

function claimed(given: Partial<Claimed> = {}): Claimed {
  const lease = new Lease('token', 60_000, systemClock);
  return {
    ...{ id: 7, customer: 'ali', journey: 'j', template: 't', bundle: 1, purpose: 'news', channel: 'sms' },
    ...{ provider: 'p', address: '+98912', content: {}, fallbacks: null, attempts: 1, cameAt: now },
    ...{ leaveBy: undefined, notAfter: undefined, lease, probe: false, ...given },
  };
}

function settled(result: SendResult, given: Partial<Claimed> = {}, canBeAsked = true): Settlement {
  return settlementOf(claimed(given), result, { startedAt: now - 5_000, now, canBeAsked }, limits);
}

describe('a message', () => {
  it('that was accepted is sent', () => {
    const result: SendResult = { kind: 'accepted', providerId: 'x', cost: 5 };
    expect(settled(result)).toEqual({ kind: 'sent', providerId: 'x', cost: 5 });
  });

  it('whose channel is down is as if it had never been claimed', () => {
    expect(settled({ kind: 'channel_down', reason: 'no credit' })).toEqual({ kind: 'untouched' });
  });

  it('whose fate is unknown is asked about one minute after its call began', () => {
    const askAt = now - 5_000 + 60_000;
    expect(settled({ kind: 'unknown', reason: 'reset' })).toEqual({ kind: 'in_doubt', askAt, reason: 'reset' });
  });

  it.each([
    ['a next channel', [next], 'fallback'],
    ['no next channel', null, 'failed'],
    ['fallbacks that are no list', {}, 'failed'],
    ['a next channel without an address', [{ ...next, address: 5 }], 'failed'],
    ['a next channel without content', [{ ...next, content: null }], 'failed'],
    ['a next channel that nobody knows', [{ ...next, channel: 'pigeon' }], 'failed'],
  ])('that was rejected and has %s', (_, fallbacks, kind) => {
    expect(settled({ kind: 'rejected', reason: 'blocked' }, { fallbacks })).toEqual({ kind, reason: 'blocked' });
  });
});

describe('a retry', () => {
  it('waits longer at each attempt, and as long as the provider says', () => {
    const at = (attempts: number, afterMs = 0): number => {
      const settlement = settled({ kind: 'retry', reason: 'busy', afterMs }, { attempts });
      return settlement.kind === 'retrying' ? settlement.at - now : Number.NaN;
    };
    expect(at(1)).toBeGreaterThanOrEqual(2_500);
    expect(at(1)).toBeLessThanOrEqual(5_000);
    expect(at(5)).toBeGreaterThanOrEqual(40_000);
    expect(at(1, 120_000)).toBe(120_000);
  });

  it.each([
    ['not_after', { notAfter: now + 60_000 }, 60_000, 'retrying'],
    ['not_after', { notAfter: now + 60_000 }, 60_001, 'failed'],
    ['24 hours after it came to its channel', { cameAt: now - 86_400_000 + 60_000 }, 60_000, 'retrying'],
    ['24 hours after it came to its channel', { cameAt: now - 86_400_000 + 60_000 }, 60_001, 'failed'],
    ['not_after, even after 24 hours', { cameAt: now - 90_000_000, notAfter: now + 60_000 }, 60_000, 'retrying'],
  ])('ends at %s', (_, given, afterMs, kind) => {
    expect(settled({ kind: 'retry', reason: 'busy', afterMs }, given).kind).toBe(kind);
  });

  it('of an error that seldom passes ends after four', () => {
    const result: SendResult = { kind: 'retry', reason: 'odd', fewTimes: true };
    expect(settled(result, { attempts: 3 }).kind).toBe('retrying');
    expect(settled(result, { attempts: 4 })).toEqual({ kind: 'failed', reason: 'odd' });
  });
});

describe('where retries end', () => {
  const odd: SendResult = { kind: 'retry', reason: 'odd', fewTimes: true };
  const long: SendResult = { kind: 'retry', reason: 'busy', afterMs: 86_400_001 };

  it('the next channel is tried, where there is one', () => {
    expect(settled(long, { fallbacks: [next] })).toEqual({ kind: 'fallback', reason: 'busy' });
    expect(settled(odd, { attempts: 4, fallbacks: [next] })).toEqual({ kind: 'fallback', reason: 'odd' });
  });

  it('what has perhaps arrived goes to no other before it was asked about', () => {
    const askAt = now - 5_000 + 60_000;
    const settlement = settled({ ...long, perhapsTaken: true }, { fallbacks: [next] });
    expect(settlement).toEqual({ kind: 'in_doubt', askAt, reason: 'busy' });
  });
});

describe('what has perhaps arrived', () => {
  const busy: SendResult = { kind: 'retry', reason: 'busy', perhapsTaken: true };

  it('and may be taken back before its turn comes again, as one that has not left, is asked about', () => {
    const doubt = { kind: 'in_doubt', askAt: now - 5_000 + 60_000, reason: 'busy' };
    expect(settled(busy, { leaveBy: now + 3_600_000 })).toEqual(doubt);
  });

  it('is sent again where nothing takes it back, or nobody can be asked', () => {
    expect(settled(busy)).toMatchObject({ kind: 'retrying' });
    expect(settled(busy, { leaveBy: now + 3_600_000 }, false)).toMatchObject({ kind: 'retrying' });
  });
});

describe('a doubt', () => {
  const doubt = { attemptedAt: now - 600_000, cameAt: now - 600_000, notAfter: undefined };

  it('ends with the provider’s word', () => {
    const arrived = answered(doubt, { kind: 'arrived', providerId: 'x' }, now, limits);
    expect(arrived).toEqual({ kind: 'sent', providerId: 'x', cost: undefined });
    expect(answered(doubt, { kind: 'never_arrived' }, now, limits)).toEqual({ kind: 'again' });
  });

  it('stays while the provider cannot tell', () => {
    const settlement = answered(doubt, { kind: 'cannot_tell', reason: 'busy' }, now, limits);
    expect(settlement).toEqual({ kind: 'in_doubt', askAt: now + 300_000, reason: 'busy' });
  });

  it('goes by its purpose, and again no longer than retries go on', () => {
    expect(unanswered(doubt, 'anybody', now, limits)).toEqual({ kind: 'again' });
    expect(unanswered(doubt, 'never', now, limits)).toEqual({ kind: 'failed', reason: 'in_doubt' });
    expect(unanswered(doubt, 'itself', now, limits)).toEqual({ kind: 'again', bound: true });
    const late = { ...doubt, notAfter: now - 1 };
    expect(unanswered(late, 'anybody', now, limits)).toEqual({ kind: 'failed', reason: 'in_doubt' });
  });
});
