import type { HistoryEvent } from '../expression/scope.js';
import type { Enrolment, EnrolmentState } from '../journey/enrolment.js';
import { movedEnrolment, movedRef, movedState } from './moved-enrolment.js';

const event = (seq: number): HistoryEvent => ({
  ...{ id: 'e', source: '/shop', type: 'visit', time: 1, arrival: 2, seq, data: {} },
});
const plain: EnrolmentState = {
  ...{ trigger: {}, triggerEvent: { id: 'e', time: 1 }, saved: {}, waits: {}, missed: [], lastWait: 3, expiresAt: 9 },
  goalReached: false,
};
const enrolment = (state: Partial<EnrolmentState>): Enrolment => ({
  ...{ customer: 'a', journey: 'j', version: 'v', seq: 2, key: undefined, status: 'active', step: 's' },
  ...{ startedBy: 'visit', enteredAt: 1, endedAt: undefined, reason: undefined, wakeAt: 9 },
  state: { ...plain, ...state },
});

describe('an enrolment that goes on under another customer', () => {
  it('keeps everything that is no number of a decision', () => {
    expect(movedState(enrolment({}), 0)).toEqual(plain);
    expect(movedState(enrolment({ saved: { n: 3 }, tasks: { t: {} } }), 10)).toEqual({
      ...{ ...plain, saved: { n: 3 }, tasks: { t: {} }, lastWait: 13 },
    });
  });

  it('has its waits, what it has missed, what it holds and what it asks where the events are that it means', () => {
    const wait = { since: 1, until: 5, clocks: [7], fired: [0], held: [] };
    const moved = movedState(
      enrolment({
        waits: { w: { ...wait, setBy: 4, pending: [{ arm: 1, event: event(5) }] } },
        missed: [event(6)],
        held: { since: 1, until: 2, setBy: 7 },
        ask: { step: 's', channels: ['sms'], sentAt: 1, setBy: 8, until: 9, left: 1 },
      }),
      10,
    );
    expect(moved.waits).toEqual({ w: { ...wait, setBy: 14, pending: [{ arm: 1, event: event(15) }] } });
    expect(moved.missed).toEqual([event(16)]);
    expect([moved.held?.setBy, moved.ask?.setBy]).toEqual([17, 18]);
  });

  it.each([
    ['j/2/s/7.0', 'j/12/s/17.0'],
    ['webhook/s', 'webhook/s'],
    ['7c5a1d2e', '7c5a1d2e'],
  ])('waits for the same: %s is %s', (awaits, as) => {
    expect(movedState(enrolment({ awaits }), 10).awaits).toBe(as);
  });

  it('is of the other customer, and has its grants by the names that these have now', () => {
    const moved = movedEnrolment(enrolment({ grants: { gift: 'j/2/grant/3.1' } }), 'b', 10);
    expect(moved).toMatchObject({
      customer: 'b',
      seq: 12,
      state: { grants: { gift: 'j/12/grant/13.1' }, lastWait: 13 },
    });
  });

  it('has messages of another name', () => {
    expect(movedRef('j/2/send-hello/7.12', 5)).toBe('j/7/send-hello/12.12');
  });
});
