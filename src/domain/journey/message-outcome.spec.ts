import type { JsonObject } from '../json.js';
import { outcomeOf } from './message-outcome.js';

const data: JsonObject = { ref: 'repair/7/send-hello/12', channel: 'sms', next: 'email', cost: 3_500 };

function outcome(type: string, more: JsonObject = {}, source = '/messages') {
  return outcomeOf({ id: 'm1', source, type, time: 0, arrival: 0, seq: 1, data: { ...data, ...more } });
}

describe('what became of a message', () => {
  it('names its journey, its enrolment and the message, with what it cost', () => {
    expect(outcome('message.accepted')).toEqual({
      ...{ journey: 'repair', enrolment: 7, message: 'repair/7/send-hello/12' },
      ...{ result: 'accepted', channel: 'sms', cost: 3_500 },
    });
    expect(outcome('message.accepted', { cost: 'dear' })?.cost).toBe(0);
  });

  it.each<[string, JsonObject, string, string]>([
    ['message.accepted', {}, 'accepted', 'sms'],
    ['message.withheld', {}, 'withheld', 'sms'],
    ['message.moved', {}, 'moved', 'email'],
    ['message.failed', {}, 'moved', 'email'],
    ['message.failed', { in_doubt: true }, 'moved', 'email'],
    ['message.failed', { last: false }, 'moved', 'email'],
    ['message.failed', { last: 'true' }, 'moved', 'email'],
    ['message.failed', { last: true }, 'failed', 'sms'],
    ['message.failed', { last: true, in_doubt: false }, 'failed', 'sms'],
    ['message.failed', { last: true, in_doubt: true }, 'withheld', 'sms'],
  ])('%s with %j is %s, on %s', (type, more, result, channel) => {
    expect(outcome(type, more)).toMatchObject({ result, channel });
  });

  it('says on which channel it has not left after all, unless it may have', () => {
    expect(outcome('message.failed')).toMatchObject({ channel: 'email', failedOn: 'sms' });
    expect(outcome('message.failed', { next: null })).toMatchObject({
      result: 'moved',
      channel: 'sms',
      failedOn: 'sms',
    });
    expect(outcome('message.failed', { in_doubt: true })?.failedOn).toBeUndefined();
    expect(outcome('message.failed', { in_doubt: true, next: null })).toBeUndefined();
    expect(outcome('message.moved')?.failedOn).toBeUndefined();
  });

  it('comes from the engine alone', () => {
    expect(outcome('message.accepted', {}, '/shop')).toBeUndefined();
    expect(outcome('message.delivered')).toBeUndefined();
  });

  it.each<[string, JsonObject]>([
    ['message.accepted', { ref: null }],
    ['message.accepted', { ref: 7 }],
    ['message.accepted', { channel: 'fax' }],
    ['message.accepted', { channel: null }],
    ['message.moved', { next: null }],
    ['message.failed', { next: 'fax' }],
  ])('is nothing without a message and a channel: %s with %j', (type, more) => {
    expect(outcome(type, more)).toBeUndefined();
  });
});
