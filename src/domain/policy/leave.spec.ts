import { loadOccasions } from '../occasions/load.js';
import { Problems } from '../yaml/problems.js';
import { everyDay } from '../time/week.js';
import type { Window } from '../time/windows.js';
import { blackoutEnd, consentProblem, nextHold, quietEnd } from './leave.js';
import type { Purpose } from './policy.js';

const clock = { zone: 'Asia/Tehran', calendar: 'jalali' } as const;
const at = (text: string): number => Date.parse(`2026-${text}+03:30`);
const hours = (from: number, to: number): Window => ({ from: from * 60, to: to * 60, days: everyDay });

const occasions = loadOccasions(
  'occasions.yaml',
  'feast: { dates: [2026-11-24] }\nfast: { from: 2026-12-01, to: 2026-12-03 }\nend: { dates: [2026-12-04] }\n',
  new Problems(),
);

describe('whether somebody may hear of a purpose', () => {
  const purposes = new Map(
    (
      [
        ['marketing', 'required'],
        ['news', { as: 'marketing' }],
        ['orders', 'not_needed'],
      ] as const
    ).map(([name, consent]) => [name, { name, consent } as unknown as Purpose]),
  );
  const problem = (purpose: string, consent: Readonly<Record<string, boolean>>) =>
    consentProblem({ consent }, purpose, { purposes });

  it.each([
    ['marketing', {}, 'no_consent'],
    ['marketing', { marketing: true }, undefined],
    ['marketing', { marketing: false }, 'opted_out'],
    ['orders', {}, undefined],
    ['orders', { orders: false }, 'opted_out'],
    ['orders', { marketing: false }, undefined],
    ['news', {}, 'no_consent'],
    ['news', { marketing: true }, undefined],
    ['news', { marketing: false }, 'opted_out'],
    ['news', { news: true, marketing: false }, undefined],
    ['news', { news: false, marketing: true }, 'opted_out'],
  ] as const)('of %s with %j: %s', (purpose, consent, expected) => {
    expect(problem(purpose, consent)).toBe(expected);
  });
});

describe('the end of a blackout', () => {
  const end = (now: string, ...blackout: readonly string[]) => blackoutEnd({ blackout }, occasions, at(now), clock);

  it('is the next midnight outside it, on the customer’s clock', () => {
    expect(end('11-24T00:00:00', 'feast')).toBe(at('11-25T00:00:00'));
    expect(end('11-24T23:59:59', 'feast')).toBe(at('11-25T00:00:00'));
    expect(end('12-01T10:00:00', 'fast')).toBe(at('12-04T00:00:00'));
    expect(end('12-02T10:00:00', 'end', 'fast')).toBe(at('12-05T00:00:00'));
  });

  it('is none outside it', () => {
    expect(end('11-23T23:59:59', 'feast')).toBeUndefined();
    expect(end('11-25T00:00:00', 'feast')).toBeUndefined();
    expect(end('11-24T12:00:00')).toBeUndefined();
    expect(end('11-24T12:00:00', 'fast')).toBeUndefined();
  });
});

describe('the end of quiet hours', () => {
  const end = (now: string, ...windows: readonly (Window | undefined)[]) => quietEnd(windows, at(now), clock);

  it('is theirs, with the start inside and the end outside', () => {
    expect(end('11-21T21:00:00', hours(21, 9))).toBe(at('11-22T09:00:00'));
    expect(end('11-22T08:59:59', hours(21, 9))).toBe(at('11-22T09:00:00'));
    expect(end('11-22T09:00:00', hours(21, 9))).toBeUndefined();
    expect(end('11-21T20:59:59', undefined, hours(21, 9))).toBeUndefined();
  });

  it('goes on where others have begun by then', () => {
    expect(end('11-21T22:00:00', hours(21, 9), hours(8, 10))).toBe(at('11-22T10:00:00'));
    expect(end('11-21T22:00:00', hours(8, 10), hours(21, 9))).toBe(at('11-22T10:00:00'));
    expect(end('11-21T22:00:00', hours(9, 10), undefined, hours(21, 9))).toBe(at('11-22T10:00:00'));
  });
});

describe('when a message that may leave now is to be looked at again', () => {
  const next = (now: string, windows: readonly Window[], ...blackout: readonly string[]) =>
    nextHold(windows, { blackout }, occasions, at(now), clock);

  it('is the first start of quiet hours', () => {
    expect(next('11-21T12:00:00', [hours(21, 9)])).toBe(at('11-21T21:00:00'));
    expect(next('11-21T12:00:00', [hours(21, 9), hours(20, 21)])).toBe(at('11-21T20:00:00'));
    expect(next('11-21T12:00:00', [hours(20, 21), hours(21, 9)])).toBe(at('11-21T20:00:00'));
    expect(next('11-21T12:00:00', [])).toBeUndefined();
  });

  it('is the midnight at which a blackout begins, if that is sooner', () => {
    expect(next('11-23T12:00:00', [], 'feast')).toBe(at('11-24T00:00:00'));
    expect(next('11-23T12:00:00', [hours(21, 9)], 'feast')).toBe(at('11-23T21:00:00'));
    expect(next('11-23T22:00:00', [hours(21, 21.5)], 'feast')).toBe(at('11-24T00:00:00'));
    expect(next('11-22T12:00:00', [], 'fast', 'feast')).toBe(at('11-24T00:00:00'));
  });

  it('is three days on where no blackout comes before', () => {
    expect(next('11-21T12:00:00', [], 'feast')).toBe(at('11-24T00:00:00'));
    expect(next('11-20T12:00:00', [], 'feast')).toBe(at('11-23T00:00:00'));
  });
});
