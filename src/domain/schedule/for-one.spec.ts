import type { Grant } from '../credit/credit-book.js';
import { JournalHistory } from '../expression/journal-history.js';
import type { AbsenceTrigger, AnniversaryTrigger, CreditExpiringTrigger } from '../journey/trigger.js';
import type { Clock } from '../time/instant.js';
import { absenceAfter, nextAnniversary, nextExpiringCredit } from './for-one.js';

const clock: Clock = { zone: 'Asia/Tehran', calendar: 'jalali' };
const at = (hour: number, minute = 0) => ({ hour, minute, second: 0, ms: 0 });
const tehran = (text: string) => Date.parse(`${text}:00+03:30`);
const base = { when: undefined, audience: undefined, maxAge: { amount: 1, unit: 'day' } } as const;

describe('an anniversary', () => {
  const trigger: AnniversaryTrigger = {
    ...base,
    ...{ kind: 'anniversary', startedBy: 'anniversary', field: ['birth_date'], calendar: undefined, at: at(10) },
  };
  const next = (date: string, from: string, more: Partial<AnniversaryTrigger> = {}) =>
    nextAnniversary(
      { ...trigger, ...more },
      { id: 'c1', attributes: { birth_date: date }, consent: {}, closed: {} },
      tehran(from),
      clock,
    );

  it('comes each year on the day of the policy’s calendar, or of its own', () => {
    // 1366-09-30 is 1987-12-21.
    expect(next('1366-09-30', '2026-11-01T00:00')).toEqual({
      at: tehran('2026-12-21T10:00'),
      data: { at: '2026-12-21T06:30:00.000Z', years: 39 },
    });
    expect(next('1987-12-21', '2026-12-21T10:01')?.data).toMatchObject({ years: 40 });
    expect(next('2000-01-05', '2026-11-01T00:00', { calendar: 'gregorian' })?.at).toBe(tehran('2027-01-05T10:00'));
  });

  it('is never the day itself, and takes the last day where a month lacks it', () => {
    expect(next('2026-12-21', '2026-12-21T00:00')?.data).toMatchObject({ years: 1 });
    expect(next('2024-02-29', '2026-01-01T00:00', { calendar: 'gregorian' })?.at).toBe(tehran('2026-02-28T10:00'));
  });

  it('may be of a time, and is none without a date', () => {
    // After midnight in Tehran: 1399-10-01.
    expect(next('2020-12-20T22:00:00Z', '2026-11-01T00:00')?.at).toBe(tehran('2026-12-22T10:00'));
    expect(next('soon', '2026-11-01T00:00')).toBeUndefined();
    expect(next('2020-12-20', '2026-11-01T00:00', { field: ['wedding'] })).toBeUndefined();
  });
});

describe('an absence', () => {
  const trigger: AbsenceTrigger = {
    ...base,
    ...{ kind: 'absence', startedBy: 'absence', of: ['visit', 'purchase'], for: { amount: 90, unit: 'day' } },
    at: undefined,
  };
  const after = (visits: readonly string[], more: Partial<AbsenceTrigger> = {}) => {
    const history = new JournalHistory();
    for (const [seq, time] of visits.entries()) {
      const type = seq % 2 === 0 ? 'visit' : 'purchase';
      history.append({ id: time, source: '/', type, time: tehran(time), arrival: tehran(time), seq, data: {} });
    }
    return absenceAfter({ ...trigger, ...more }, history, clock);
  };

  it('falls due after the newest of its events', () => {
    expect(after(['2026-08-01T10:00', '2026-08-23T10:00'])).toEqual({
      at: tehran('2026-11-21T10:00'),
      data: { last_at: '2026-08-23T06:30:00.000Z', days: 90 },
    });
    expect(after([])).toBeUndefined();
  });

  it('falls at its hour on that day, or on the next one if that is past', () => {
    expect(after(['2026-08-23T10:00'], { at: at(10) })?.at).toBe(tehran('2026-11-21T10:00'));
    expect(after(['2026-08-23T10:00'], { at: at(11) })?.at).toBe(tehran('2026-11-21T11:00'));
    const next = after(['2026-08-23T10:00'], { at: at(9) });
    expect(next?.at).toBe(tehran('2026-11-22T09:00'));
    // 90 whole days and 23 hours.
    expect(next?.data).toMatchObject({ days: 90 });
  });
});

describe('credit that will run out', () => {
  const trigger: CreditExpiringTrigger = {
    ...base,
    ...{ kind: 'credit_expiring', startedBy: 'credit_expiring', lead: { amount: 5, unit: 'day' }, at: at(11) },
  };
  const grant = (id: string, expires: string | undefined, more: Partial<Grant> = {}): Grant => ({
    ...{
      id,
      journey: id,
      key: undefined,
      step: 'grant',
      amount: 100,
      rest: 100,
      grantedAt: tehran('2026-11-01T10:00'),
    },
    expiresAt: expires === undefined ? undefined : tehran(expires),
    ...more,
  });
  const next = (grants: readonly Grant[], from = '2026-11-01T10:00') =>
    nextExpiringCredit(trigger, { grants, references: new Set() }, tehran(from), clock);

  it('is told of on the day that lies so long before, with the sum, the first to go and the largest one’s journey', () => {
    const grants = [
      grant('late', '2026-11-30T00:00'),
      grant('a', '2026-11-21T23:59', { rest: 40 }),
      grant('b', '2026-11-21T08:00'),
      grant('never', undefined),
    ];
    expect(next(grants)).toEqual({
      at: tehran('2026-11-16T11:00'),
      data: { amount: 140, expires_at: '2026-11-21T04:30:00.000Z', journey: 'b' },
    });
    expect(next(grants, '2026-11-16T11:01')?.at).toBe(tehran('2026-11-25T11:00'));
  });

  it('is not told of where nothing is left, or where it lives shorter than the lead', () => {
    expect(next([grant('a', '2026-11-21T08:00', { rest: 0 })])).toBeUndefined();
    expect(next([grant('a', '2026-11-06T09:59')])).toBeUndefined();
    expect(next([grant('a', '2026-11-06T10:00')])?.at).toBe(tehran('2026-11-01T11:00'));
  });
});
