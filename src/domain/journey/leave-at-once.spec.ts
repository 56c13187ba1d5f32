import type { Attempt, Called, Effect, Queue, TakeBack } from './decision.js';
import { leaveAtOnce } from './leave-at-once.js';

const attempt = (channel: 'sms' | 'email'): Attempt => ({
  ...{ channel, to: 'ann', content: { channel: 'sms', text: 'hello', parts: 1 }, context: undefined },
  clock: { zone: 'UTC', calendar: 'gregorian' },
});
const queued = (journey: string, enrolment = 1): Queue => ({
  ...{ kind: 'queue', message: 'm', at: 0, customer: 'ann', journey, key: undefined, enrolment, step: 'send' },
  ...{ template: 'hello', purpose: 'market', attempts: [attempt('sms'), attempt('email')], notAfter: undefined },
  ...{ leaveBy: undefined, fallbackAfter: undefined, awaited: false },
});
const left = (journey: string, enrolment = 1): TakeBack => ({ kind: 'take_back', of: { journey, enrolment } });
const withdrawn = (purpose: string, channel?: 'sms' | 'email'): TakeBack => ({
  kind: 'take_back',
  of: { purpose, channel },
});
const change: Effect = { kind: 'change', patch: { tier: 'gold' } };
const channels = (effects: readonly Effect[]) =>
  effects.flatMap((one) => (one.kind === 'queue' ? [one.attempts.map(({ channel }) => channel)] : []));

describe('what is decided at one go', () => {
  it('takes back what was queued before it, not its own', () => {
    const done = leaveAtOnce([change, queued('one'), left('one'), queued('two')]);
    expect(done.map(({ kind }) => kind)).toEqual(['take_back', 'change', 'queue', 'queue']);
  });

  it('does so of calls', () => {
    const called = { kind: 'called', journey: 'one', enrolment: 1 } as unknown as Called;
    expect(leaveAtOnce([called, left('one')])).toEqual([left('one'), called]);
  });

  it('lets a message fall back no more where its enrolment is left or its consent withdrawn behind it', () => {
    for (const stop of [left('one'), withdrawn('market')])
      expect(channels(leaveAtOnce([queued('one'), stop]))).toEqual([['sms']]);
    for (const other of [left('two'), left('one', 2), withdrawn('service')])
      expect(channels(leaveAtOnce([queued('one'), other]))).toEqual([['sms', 'email']]);
  });

  it('closes the channels behind the first', () => {
    expect(channels(leaveAtOnce([queued('one'), withdrawn('market', 'email')]))).toEqual([['sms']]);
    expect(channels(leaveAtOnce([queued('one'), withdrawn('market', 'sms')]))).toEqual([['sms', 'email']]);
  });

  it('stays as it is where nothing is taken back behind a message', () => {
    const effects = [left('one'), queued('one'), change];
    expect(leaveAtOnce(effects)).toBe(effects);
  });
});
