import { KeptCustomer, minute } from '../../../test/given/desk.js';
import { policy } from '../../../test/given/policy.js';
import { workspaceOf } from '../../../test/given/simulation.js';
import type { JsonObject } from '../json.js';
import { messagesSource } from './message-outcome.js';

const attributes = { phone: '+989121234567', email: 'a@example.com' };
const files = policy('  capped: { consent: not_needed, caps: [ 1 per 1 day ], when_capped: drop }');

/** Somebody who entered at minute 0. */
function customerOf(steps: string, top = ''): KeptCustomer {
  const journey = `${top}trigger: { event: visit }\nsteps: [ ${steps} ]`;
  const customer = new KeptCustomer(workspaceOf({ journey, files }), attributes);
  customer.take({ type: 'visit', at: 0 });
  return customer;
}

/** What the outbox says of the message that was queued last, in an event of its own. */
function report(customer: KeptCustomer, type: string, more: JsonObject = {}, source = messagesSource): void {
  const queued = customer.effects.findLast((effect) => effect.kind === 'queue');
  const data = { ref: queued?.kind === 'queue' ? queued.message : '', channel: 'sms', cost: 70, ...more };
  customer.take({ type, at: 5, data, source });
}

const queued = ({ effects }: KeptCustomer): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === 'queue' ? effect.template : []));

describe('an event that says what became of a message', () => {
  const steps = '{ send: both, else: [ { send: bye } ] }, { send: third }';
  const after = (type: string, more?: JsonObject, source?: string): readonly string[] => {
    const customer = customerOf(steps);
    report(customer, type, more, source);
    return queued(customer);
  };

  it('lets the step that waits for it go on', () => {
    expect(after('message.accepted')).toEqual(['both', 'third']);
    expect(after('message.failed', { last: true })).toEqual(['both', 'bye', 'third']);
    expect(after('message.failed', { next: 'email' })).toEqual(['both']);
  });

  it('says so only where it comes from the engine', () => {
    expect(after('message.accepted', {}, '/shop')).toEqual(['both']);
  });

  it('tells what it cost, and frees the cap of one that failed everywhere', () => {
    const settled = (type: string, more?: JsonObject) => {
      const customer = customerOf('{ send: both }, { wait: 1 day }');
      report(customer, type, more);
      return customer.effects.filter(({ kind }) => kind === 'settled');
    };
    const message = expect.any(String) as string;
    expect(settled('message.accepted')).toEqual([{ kind: 'settled', message, result: 'accepted', cost: 70 }]);
    expect(settled('message.failed', { last: true })).toMatchObject([{ result: 'failed' }]);
    expect(settled('message.withheld')).toEqual([]);
    expect(settled('message.failed', { next: 'email' })).toEqual([]);
  });

  it('of one that failed everywhere makes room, of one that was taken back it does not', () => {
    const second = (type: string, more?: JsonObject) => {
      const customer = customerOf('{ send: both, else: [] }, { send: hello }', 'purpose: capped\n');
      report(customer, type, more);
      return queued(customer);
    };
    expect(second('message.failed', { last: true })).toEqual(['both', 'hello']);
    expect(second('message.withheld')).toEqual(['both']);
    expect(second('message.accepted')).toEqual(['both']);
  });
});

describe('a message that was held and is given up', () => {
  const quiet = policy('  news: { consent: not_needed, quiet_hours: "09:00-11:00" }');
  const no = { type: 'consent.withdrawn', at: 5, data: { purpose: 'news' } };
  const withheldOf = (steps: string, ...events: readonly Parameters<KeptCustomer['take']>[0][]) => {
    const journey = `purpose: news\ntrigger: { event: visit }\nsteps: [ ${steps}, { wait: 9 days } ]`;
    const customer = new KeptCustomer(workspaceOf({ journey, files: quiet }), attributes);
    customer.take({ type: 'visit', at: 0 });
    for (const event of events) customer.take(event);
    customer.runTimers(minute(61));
    return customer.live[0]?.state.withheld;
  };

  it('is noted with its step, since when it was held, and why', () => {
    expect(withheldOf('{ send: hello }', no)).toEqual([
      { step: 'send-hello', template: 'hello', since: minute(0), at: minute(60), reason: 'opted_out' },
    ]);
  });

  it('is not, where it left, or was never held', () => {
    expect(withheldOf('{ send: hello }')).toBeUndefined();
    expect(withheldOf('{ send: hello, not_after: 2026-01-01 }')).toBeUndefined();
  });

  it('stands behind those before it', () => {
    const granted = (at: number) => ({ type: 'consent.granted', at, data: { purpose: 'news' } });
    const noMore = { ...no, at: 1_445 };
    const steps = '{ send: hello }, { wait: 23 hours }, { send: bye }';
    expect(
      withheldOf(steps, no, granted(1_100), noMore, granted(1_505))?.map(({ template, since, at }) => [
        template,
        since,
        at,
      ]),
    ).toEqual([
      ['hello', minute(0), minute(60)],
      ['bye', minute(1_440), minute(1_500)],
    ]);
  });
});

describe('what is saved', () => {
  const savedBy = (steps: string) => customerOf(`${steps}, { wait: 9 days }`).live[0]?.state.saved;

  it('is nothing, where a step has no name for it', () => {
    expect(savedBy('{ grant: 5 toman }')).toEqual({});
    expect(savedBy('{ task: call }')).toEqual({});
    expect(savedBy('{ wait_for: purchase, at_most: 1 minute }')).toEqual({});
  });

  it('is what has a name, and no more', () => {
    expect(Object.keys(savedBy('{ grant: 5 toman, save_as: gift }, { take_back: gift }') ?? {})).toEqual(['gift']);
    expect(savedBy('{ grant: 5 toman, save_as: gift }, { take_back: gift, at_most: 2 toman, save_as: back }')).toEqual({
      gift: { amount: 50, balance: 50 },
      back: { amount: 20, balance: 30 },
    });
    expect(Object.keys(savedBy('{ task: call, save_as: call }, { take_back: call }') ?? {})).toEqual(['call']);
  });
});
