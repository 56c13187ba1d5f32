import type { Attempt, Effect, Queue, TakeBack } from '../domain/journey/decision.js';
import type { KeptMessage } from '../store/explain/read-kept-messages.sql.js';
import { compareMessages } from './compare-messages.js';
import { ExpectedMessages } from './expected-messages.js';

const clock = { zone: 'UTC', calendar: 'gregorian' } as const;
const sms: Attempt = {
  channel: 'sms',
  to: '+989121234567',
  content: { channel: 'sms', text: 'hello', parts: 1 },
  context: undefined,
  clock,
};
const email: Attempt = {
  channel: 'email',
  to: 'ann@example.com',
  content: { channel: 'email', subject: 's', text: 't', html: undefined } as unknown as Attempt['content'],
  context: { name: 'Ann' },
  clock,
};
const queue = (changes: Partial<Queue> = {}): Queue => ({
  kind: 'queue',
  message: 'j/1/send/1.0',
  at: 1000,
  fallbackAfter: undefined,
  awaited: false,
  customer: 'ann',
  journey: 'j',
  key: undefined,
  enrolment: 1,
  step: 'send',
  template: 'hello',
  purpose: 'service',
  attempts: [sms, email],
  notAfter: undefined,
  leaveBy: undefined,
  ...changes,
});
const row = (changes: Partial<KeptMessage> = {}): KeptMessage => ({
  customer_id: 'ann',
  journey: 'j',
  enrolment: 1,
  key: null,
  step: 'send',
  template: 'hello',
  purpose: 'service',
  channel: 'sms',
  address: '+989121234567',
  content: { text: 'hello', parts: 1 },
  fallbacks: [
    { channel: 'email', address: 'ann@example.com', content: { context: { name: 'Ann' }, now: 1000, ...clock } },
  ],
  bundle: 1,
  state: 'queued',
  reason: null,
  created_at: 1000,
  leave_by: null,
  ref: 'j/1/send/1.0',
  not_after: null,
  ...changes,
});
const onEmail = {
  channel: 'email',
  address: 'ann@example.com',
  content: { context: { name: 'Ann' }, now: 1000, ...clock },
  fallbacks: [],
};

/** Moments, each with its effects, a second apart. */
function compared(moments: readonly (readonly Effect[])[], rows: readonly KeptMessage[]) {
  const expected = new ExpectedMessages();
  for (const [no, effects] of moments.entries()) expected.take(effects, { at: 1000 * (no + 1), bundle: 1 });
  return compareMessages('ann', expected.all, rows);
}

const taken = (of: TakeBack['of']): Effect => ({ kind: 'take_back', of });
const exit = taken({ journey: 'j', enrolment: 1 });
const optedOut = (channel?: 'sms' | 'email'): Effect => taken({ purpose: 'service', channel });
const well = { differences: [], unverified: [] };

describe('messages', () => {
  it('are well where they wait as they were decided, or on the channel that they fell back to', () => {
    expect(compared([[queue()]], [row()])).toEqual(well);
    expect(compared([[queue()]], [row({ ...onEmail, state: 'sent' })])).toEqual(well);
  });

  it('are not well with another fallback, limit or set of files', () => {
    const whats = (found: KeptMessage) =>
      compared([[queue()]], [found]).differences.map(({ what }) => what.replace(/^.*Z/, ''));
    expect(whats(row({ ...onEmail, fallbacks: row().fallbacks }))).toEqual(['.fallbacks']);
    expect(whats(row({ not_after: 5000 }))).toEqual(['.not_after']);
    expect(whats(row({ bundle: 2 }))).toEqual(['.bundle']);
    expect(whats(row({ channel: 'pigeon' }))).toEqual(['.channel']);
  });

  it.each(['queued', 'retrying', 'sending', 'in_doubt'])(
    'that were taken back may not be %s any more, unless a provider had them',
    (state) => {
      expect(compared([[queue()], [exit]], [row({ state })]).differences).toMatchObject([{ expected: 'withdrawn' }]);
      expect(compared([[queue()], [exit]], [row({ state, leave_by: -Infinity })])).toEqual(well);
    },
  );

  it('that were taken back are withdrawn, or had left before', () => {
    for (const state of ['sent', 'failed', 'suppressed']) {
      expect(compared([[queue()], [exit]], [row({ state })])).toEqual(well);
    }
    expect(compared([[queue()], [optedOut()]], [row({ state: 'withdrawn', reason: 'opted_out' })])).toEqual(well);
  });

  it('that nothing took back are not withdrawn', () => {
    const withdrawn = row({ state: 'withdrawn', reason: 'exit' });
    expect(compared([[queue()]], [withdrawn]).differences).toMatchObject([{ expected: 'not withdrawn' }]);
    expect(
      compared([[exit], [queue({ attempts: [sms] })]], [{ ...withdrawn, fallbacks: [], created_at: 2000 }]).differences,
    ).toHaveLength(1);
  });

  it('that a hand took back while a provider had them cannot be verified', () => {
    for (const kept of [
      row({ state: 'sent', leave_by: -Infinity }),
      row({ state: 'withdrawn', reason: 'taken_back' }),
    ]) {
      expect(compared([[queue()]], [kept])).toMatchObject({ differences: [], unverified: [{ customer: 'ann' }] });
      expect(compared([[queue()], [exit]], [kept])).toEqual(well);
    }
  });

  it('of a channel that was closed may have left it by then', () => {
    expect(compared([[queue()], [optedOut('sms')]], [row(onEmail)])).toEqual(well);
    expect(compared([[queue()], [optedOut('email')]], [row({ fallbacks: [] })])).toEqual(well);
    expect(compared([[queue()], [optedOut('email')]], [row()])).toEqual(well);
    expect(compared([[queue()]], [row({ fallbacks: [] })]).differences).toHaveLength(1);
    const alone = queue({ attempts: [sms] });
    const { differences } = compared([[alone], [optedOut('sms')]], [row({ fallbacks: [] })]);
    expect(differences).toMatchObject([{ expected: 'withdrawn', found: 'queued' }]);
    expect(compared([[alone], [optedOut('email')]], [row({ fallbacks: [] })])).toEqual(well);
  });

  it('that were queued and taken back at one instant never were, or were withdrawn, and did not leave', () => {
    expect(compared([[queue(), exit]], [])).toEqual(well);
    expect(compared([[queue(), exit]], [row({ state: 'withdrawn', reason: 'exit' })])).toEqual(well);
    expect(compared([[queue(), exit]], [row()]).differences).toHaveLength(1);
    // The one that has to be there is not taken for the one that need not be.
    const again = { ...queue(), enrolment: 1 };
    expect(compared([[queue(), exit, again]], [row()])).toEqual(well);
  });

  it('that somebody has cancelled cannot be verified, what they say can', () => {
    const cancelled = row({ state: 'withdrawn', reason: 'cancelled' });
    const result = compared([[queue()]], [{ ...cancelled, content: { text: 'no', parts: 1 } }]);
    expect(result.unverified).toMatchObject([{ why: 'it was withdrawn by hand' }]);
    expect(result.differences).toMatchObject([{ expected: 'hello', found: 'no' }]);
  });

  it('that are missing or too many are named with what is known of them', () => {
    expect(compared([[queue()]], []).differences).toEqual([
      {
        customer: 'ann',
        what: 'message j/1 send 1970-01-01T00:00:01.000Z',
        expected: { template: 'hello', channel: 'sms' },
        found: undefined,
      },
    ]);
    expect(compared([], [row()]).differences).toMatchObject([{ expected: undefined, found: { state: 'queued' } }]);
  });
});
