import { givenWorkspace } from '../../../test/given/workspace.js';
import type { Customer } from '../customer.js';
import { JournalHistory } from '../expression/journal-history.js';
import type { HistoryEvent } from '../expression/scope.js';
import { changed, fold, makeFacts, mergePatch, type Facts, viewOf } from './facts.js';

const sara: Customer = { id: 'c1', attributes: { name: 'Sara' }, consent: {}, closed: {} };

function given(customer: Customer = sara): Facts {
  const { workspace } = givenWorkspace();
  if (workspace === undefined) throw new Error('the workspace does not check');
  return makeFacts(workspace, customer, new JournalHistory(), 4);
}

const visit: HistoryEvent = { id: 'e1', source: '/', type: 'visit', time: 1_000, arrival: 1_000, seq: 5, data: {} };

describe('a JSON Merge Patch', () => {
  // The examples of RFC 7396, appendix A.
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j with %j gives %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });

  it('changes neither of the two, and takes __proto__ for a name', () => {
    const [target, patch] = [
      { a: { b: 1 } },
      JSON.parse('{"a":{"c":2},"__proto__":{"phone":"x"}}') as { a: { c: number } },
    ];
    const merged = mergePatch(target, patch);
    expect([target, Object.getPrototypeOf(merged) === Object.prototype]).toEqual([{ a: { b: 1 } }, true]);
    expect(merged).not.toHaveProperty('phone');
  });
});

describe('a changed customer', () => {
  it('has attributes and the words on consent apart, and keeps channels that are closed', () => {
    const before: Customer = { ...sara, consent: { marketing: true, survey: true }, closed: { marketing: ['sms'] } };
    expect(changed(before, { tier: 'gold', name: null, consent: { marketing: false, survey: null } })).toEqual({
      ...{ id: 'c1', attributes: { tier: 'gold' }, consent: { marketing: false }, closed: { marketing: ['sms'] } },
    });
  });
});

describe('facts', () => {
  it('have the clock of the customer, else that of the workspace', () => {
    expect(given().clock).toEqual({ zone: 'Asia/Tehran', calendar: 'jalali' });
    const moved = fold(given(), [{ kind: 'change', patch: { timezone: 'Europe/Berlin' } }]);
    expect([moved.clock.zone, viewOf(moved.customer)['timezone']]).toEqual(['Europe/Berlin', 'Europe/Berlin']);
  });

  it('know an event that was remembered, and leave those before as they were', () => {
    const before = given();
    const after = fold(before, [{ kind: 'remember', event: visit }]);
    expect([before.history.count('visit', undefined, 2_000), before.seq]).toEqual([0, 4]);
    expect([after.history.count('visit', undefined, 2_000), after.seq]).toEqual([1, 5]);
  });

  it('have the last word on a purpose, and on a channel', () => {
    const word = (given: boolean, channel?: 'sms') => ({
      kind: 'consent' as const,
      purpose: 'marketing',
      channel,
      given,
    });
    expect(fold(given(), [word(true), word(false)]).customer.consent).toEqual({ marketing: false });
    expect(fold(given(), [word(false), word(true)]).customer.consent).toEqual({ marketing: true });
    const closed = fold(given(), [word(false, 'sms'), word(false, 'sms')]).customer;
    expect([closed.consent, closed.closed]).toEqual([{}, { marketing: ['sms'] }]);
    expect(fold(given(), [word(false, 'sms'), word(true, 'sms')]).customer.closed).toEqual({ marketing: [] });
  });

  it('are the same after what only leaves them', () => {
    const before = given();
    expect(fold(before, [{ kind: 'take_back', of: { purpose: 'marketing', channel: undefined } }])).toBe(before);
  });
});
