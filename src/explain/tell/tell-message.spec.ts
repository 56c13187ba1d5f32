import type { ToldMessage } from '../passed-channels.js';
import { tellMessage, tellPassed } from './tell-message.js';
import { Speech } from './values.js';

const at = (time: string): number => Date.parse(`2026-11-21T${time}:00Z`);
const clock = { zone: 'UTC', calendar: 'gregorian' } as const;
const english = new Speech('en', clock);

function message(more: Partial<ToldMessage>): ToldMessage {
  return {
    ...{ id: 1, journey: 'j', enrolment: 1, key: null, step: 's', template: 'hello', purpose: 'service' },
    ...{ channel: 'sms', address: '+98912', state: 'queued', held: null, attempts: 1, created_at: at('10:00') },
    ...{ attempted_at: null, settled_at: at('11:00'), next_at: at('12:00'), leave_by: null, provider: null },
    ...{ provider_id: null, reason: null, receipt: null, receipt_at: null, unreceipted: false, fallback_at: null },
    ...{ next_channel: null, passed: [] },
    ...more,
  };
}

const told = (more: Partial<ToldMessage>, speech = english): string =>
  tellMessage(message(more), [], speech).replace(/^.*\+98912: /, '');

describe('where a message is', () => {
  it.each([
    ['withdrawn', 'cancelled', 'taken back at 2026-11-21 11:00: an operator cancelled it'],
    ['withdrawn', 'exit', 'taken back at 2026-11-21 11:00: the customer left the journey before it was sent'],
    ['withdrawn', 'opted_out', 'taken back at 2026-11-21 11:00: the customer withdrew the consent that it needs'],
    [
      'withdrawn',
      'taken_back',
      'taken back at 2026-11-21 11:00: it was stopped while it was on its way, and had not arrived',
    ],
    ['deferred', 'quiet_hours', 'held until 2026-11-21 12:00, when it is tested again: it is quiet hours'],
    [
      'in_doubt',
      'lease_lapsed',
      'in doubt: the process that was sending it stopped; the provider is asked at 2026-11-21 12:00',
    ],
    [
      'failed',
      'in_doubt',
      'failed at 2026-11-21 11:00: nobody can tell whether it arrived, and its purpose has it not sent again',
    ],
    ['failed', 'Kavenegar: 411 bad receptor', 'failed at 2026-11-21 11:00; answer: Kavenegar: 411 bad receptor'],
    ['failed', 'constructor', 'failed at 2026-11-21 11:00; answer: constructor'],
    ['suppressed', 'too_late', 'not sent, as was found at 2026-11-21 11:00: too late'],
  ])('is a sentence: %s, %s', (state, reason, sentence) => {
    expect(told({ state, reason })).toBe(sentence);
  });

  it('is a sentence in Persian', () => {
    expect(told({ state: 'withdrawn', reason: 'cancelled' }, new Speech('fa', clock))).toBe(
      'در 2026-11-21 11:00 پس گرفته شد: کاربر پیک آن را لغو کرد',
    );
  });

  it('says why it went on from a channel', () => {
    const passed = (reason: string) => [
      { channel: 'telegram', at: at('10:30'), why: 'failed', reason, arrived: undefined } as const,
    ];
    expect(tellPassed(message({ passed: passed('in_doubt') }), english)[0]).toMatch(
      /^before, telegram failed at 2026-11-21 10:30: nobody can tell/,
    );
    expect(tellPassed(message({ passed: passed('blocked') }), english)[0]).toBe(
      'before, telegram failed at 2026-11-21 10:30; answer: blocked',
    );
  });
});
