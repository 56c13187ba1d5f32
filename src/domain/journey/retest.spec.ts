import { policy } from '../../../test/given/policy.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import { JournalHistory } from '../expression/journal-history.js';
import type { Contact } from '../policy/contacts.js';
import { makeFacts, type Facts } from './facts.js';
import { retest, type Retest, type Unsent } from './retest.js';

const at = (text: string): number => Date.parse(`2026-11-${text}:00+03:30`);
const noon = at('21T12:00');

const workspace = workspaceOf({
  journey: 'trigger: { event: visit }\nsteps: [ send: hello ]',
  files: {
    ...policy(
      `  plain: { consent: not_needed }
  news: { consent: required, quiet_hours: "21:00-09:00", except: [gone], blackout: [feast] }
  capped: { consent: not_needed, caps: [ 1 per 1 day ] }
  dropped: { consent: not_needed, caps: [ 1 per 1 day ], when_capped: drop }`,
    ),
    'journeys/occasions.yaml': 'feast: { dates: [2026-11-25] }\n',
    'journeys/audiences.yaml': 'gone: customer.name == "gone"\n',
  },
});

function factsOf(
  more: Partial<Facts> = {},
  name = 'Sara',
  consent: Readonly<Record<string, boolean>> = { news: true },
): Facts {
  const customer = { id: 'c1', attributes: { name }, consent, closed: {} };
  return { ...makeFacts(workspace, customer, new JournalHistory(), 1), ...more };
}

const contact = (message: string, purpose: string, time: string): Contact => ({
  ...{ message, purpose, at: at(time), failed: false, cost: 0 },
});

function tested(purpose: string, now: number, more: Partial<Unsent> = {}, facts = factsOf()): Retest {
  const message: Unsent = { message: 'own', purpose, notAfter: undefined, repeats: false, ...more };
  return retest(facts, message, undefined, now);
}

describe('a queued message that is tested again', () => {
  it('may leave until the next quiet hours or its own last instant', () => {
    expect(tested('plain', noon)).toEqual({ kind: 'go', leaveBy: undefined });
    expect(tested('plain', noon, { notAfter: at('22T12:00') })).toEqual({ kind: 'go', leaveBy: at('22T12:00') });
    expect(tested('news', noon)).toMatchObject({ kind: 'go', leaveBy: at('21T21:00') });
    expect(tested('news', noon, { notAfter: at('21T15:00') })).toEqual({ kind: 'go', leaveBy: at('21T15:00') });
  });

  it('is held by quiet hours and blackouts, until they end', () => {
    expect(tested('news', at('21T21:00'))).toEqual({ kind: 'deferred', reason: 'quiet_hours', until: at('22T09:00') });
    expect(tested('news', at('22T09:00')).kind).toBe('go');
    expect(tested('news', at('25T21:00'))).toEqual({ kind: 'deferred', reason: 'blackout', until: at('26T00:00') });
  });

  it('is too late after its last instant, and where a hold would end after it', () => {
    const late = { kind: 'suppressed', reason: 'too_late' };
    expect(tested('plain', noon, { notAfter: noon })).toEqual({ kind: 'go', leaveBy: noon });
    expect(tested('news', noon, { notAfter: noon }).kind).toBe('go');
    expect(tested('news', noon, { notAfter: noon - 1 })).toEqual(late);
    expect(tested('news', at('21T21:00'), { notAfter: at('22T08:59') })).toEqual(late);
    expect(tested('news', at('21T21:00'), { notAfter: at('22T09:00') }).kind).toBe('deferred');
  });

  it('is left out where its customer is excepted by now, or has said no, in that order', () => {
    const no = { news: false };
    expect(tested('news', noon, {}, factsOf({}, 'gone'))).toEqual({ kind: 'suppressed', reason: 'excepted' });
    expect(tested('news', noon, {}, factsOf({}, 'gone', no))).toEqual({ kind: 'suppressed', reason: 'excepted' });
    expect(tested('news', noon, { notAfter: 0 }, factsOf({}, 'Sara', no))).toEqual({
      ...{ kind: 'suppressed', reason: 'opted_out' },
    });
    expect(tested('plain', noon, {}, factsOf({}, 'gone', no)).kind).toBe('go');
  });

  it('is held or dropped by caps that others fill, not by what it counts for itself', () => {
    const after = (message: string, purpose: string) => factsOf({ contacts: [contact(message, purpose, '21T10:00')] });
    expect(tested('capped', noon, {}, after('other', 'capped'))).toEqual({
      ...{ kind: 'deferred', reason: 'capped', until: at('22T10:00') },
    });
    expect(tested('dropped', noon, {}, after('other', 'dropped'))).toEqual({ kind: 'suppressed', reason: 'capped' });
    expect(tested('capped', noon, {}, after('own', 'capped')).kind).toBe('go');
    expect(tested('capped', noon, {}, after('other', 'plain')).kind).toBe('go');
    expect(tested('capped', at('22T10:00'), {}, after('other', 'capped')).kind).toBe('go');
    expect(tested('capped', noon, { repeats: true }, after('other', 'capped')).kind).toBe('go');
  });

  it('is held to its last instant alone where its purpose is no longer declared', () => {
    expect(tested('forgotten', noon, { notAfter: noon })).toEqual({ kind: 'go', leaveBy: noon });
    expect(tested('forgotten', noon)).toEqual({ kind: 'go', leaveBy: undefined });
    expect(tested('forgotten', noon, { notAfter: noon - 1 })).toEqual({ kind: 'suppressed', reason: 'too_late' });
  });
});
