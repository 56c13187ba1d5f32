import { c1, on, story } from '../../../test/given/simulation.js';
import { policy } from '../../../test/given/policy.js';

const visit = (time: string) => on(time, 'visit');
const news = (caps: string, more = '') =>
  policy(`  news: { consent: not_needed, caps: [ ${caps} ]${more} }\n  other: { consent: not_needed }`);
const journey = (top = '', step = 'send: hello') =>
  `purpose: news\n${top}trigger: { event: visit }\nsteps: [ { ${step} } ]`;
const kinds = ['sent', 'deferred', 'suppressed', 'failed'] as const;

describe('caps', () => {
  const told = (caps: string, ...times: readonly string[]) =>
    story({ journey: journey(), files: news(caps), events: times.map(visit) }, ...kinds);

  it('let fewer than so many through in (now − d, now], so that a daily message fits 1 per 1 day', () => {
    expect(told('1 per 1 day', '11-21 18:00', '11-22 18:00', '11-23 18:00')).toEqual([
      '11-21 18:00 sent hello',
      '11-22 18:00 sent hello',
      '11-23 18:00 sent hello',
    ]);
  });

  it('defer by default until there is room', () => {
    expect(told('2 per 1 day', '11-21 10:00', '11-21 11:00', '11-21 12:00')).toEqual([
      '11-21 10:00 sent hello',
      '11-21 11:00 sent hello',
      '11-21 12:00 deferred hello capped until 11-22 10:00',
      '11-22 10:00 sent hello',
    ]);
  });

  it('have until be the first instant at which all of them have room', () => {
    expect(told('1 per 1 day, 2 per 5 days', '11-21 10:00', '11-22 12:00', '11-22 13:00')).toEqual([
      '11-21 10:00 sent hello',
      '11-22 12:00 sent hello',
      '11-22 13:00 deferred hello capped until 11-26 10:00',
      '11-26 10:00 sent hello',
    ]);
    expect(told('2 per 5 days, 1 per 9 days', '11-21 10:00', '11-22 12:00')[1]).toBe(
      '11-22 12:00 deferred hello capped until 11-30 10:00',
    );
  });

  it('count hours exactly and days on the clock of the customer', () => {
    expect(told('1 per 90 minutes', '11-21 10:00', '11-21 11:29:59', '11-21 13:00')).toEqual([
      '11-21 10:00 sent hello',
      '11-21 11:29:59 deferred hello capped until 11-21 11:30',
      '11-21 11:30 sent hello',
      '11-21 13:00 sent hello',
    ]);
  });

  it('count months in the calendar of the policy, whose lengths differ', () => {
    // From 31 Shahrivar a month back reaches no day of Mehr: 30 Mehr reaches 30 Shahrivar, 1 Aban reaches 1 Mehr.
    expect(told('1 per 1 month', '09-22 10:00', '10-20 10:00')).toEqual([
      '09-22 10:00 sent hello',
      '10-20 10:00 deferred hello capped until 10-23 00:00',
      '10-23 00:00 sent hello',
    ]);
  });

  it('drop what they say to drop, after which the steps go on', () => {
    const files = news('1 per 1 day', ', when_capped: drop');
    const text = `purpose: news\ntrigger: { event: visit }\nsteps: [ { send: hello }, { send: bye, purpose: other } ]`;
    expect(story({ journey: text, files, events: [visit('11-21 10:00'), visit('11-21 11:00')] }, ...kinds)).toEqual([
      '11-21 10:00 sent hello',
      '11-21 10:00 sent bye',
      '11-21 11:00 suppressed hello capped',
      '11-21 11:00 sent bye',
    ]);
  });

  it('drop even what not_after would call too late', () => {
    const files = news('1 per 1 day', ', when_capped: drop, not_after: 1 hour');
    expect(
      story({ journey: journey(), files, events: [visit('11-21 10:00'), visit('11-21 11:00')] }, ...kinds)[1],
    ).toBe('11-21 11:00 suppressed hello capped');
  });
});

describe('caps: what counts', () => {
  const two = { ...c1, email: 'sara@example.com' };
  const events = [visit('11-21 10:00'), on('11-21 11:00', 'purchase', { amount: 1 })];
  const after = (first: string, options: object = {}, caps = '1 per 1 day') =>
    story(
      {
        journeys: { a: first, b: 'purpose: news\ntrigger: { event: purchase }\nsteps: [ send: letter ]' },
        files: news(caps),
        customers: [two],
        events,
        ...options,
      },
      ...kinds,
    ).filter((line) => line.startsWith('11-21 11:00 b'));
  const held = ['11-21 11:00 b deferred letter capped until 11-22 10:00'];
  const sent = ['11-21 11:00 b sent letter email'];

  it('is every message of that purpose, on any channel and from any journey', () => {
    expect(after(journey())).toEqual(held);
    expect(after(journey('', 'send: hello, purpose: other'))).toEqual(sent);
    expect(after('purpose: other\ntrigger: { event: visit }\nsteps: [ { send: hello, purpose: news } ]')).toEqual(held);
  });

  it('is one that was just handed over, in the same decision', () => {
    const text = 'purpose: news\ntrigger: { event: visit }\nsteps: [ send: hello, send: bye ]';
    expect(story({ journey: text, files: news('1 per 1 day'), events: [visit('11-21 10:00')] }, ...kinds)).toEqual([
      '11-21 10:00 sent hello',
      '11-21 10:00 deferred bye capped until 11-22 10:00',
      '11-22 10:00 sent bye',
    ]);
  });

  it('is a question too', () => {
    expect(after(journey('', 'ask: hello, answers: text'))).toEqual(held);
  });

  it('is not one that failed on every channel', () => {
    expect(after(journey(), { channelResults: { sms: 'failed' } })).toEqual(sent);
    expect(after(journey('', 'send: both'), { channelResults: { sms: 'failed' } })).toEqual(held);
  });

  it('is one message however many channels it was tried on', () => {
    expect(after(journey('', 'send: both'), { channelResults: { sms: 'failed' } }, '2 per 1 day')).toEqual(sent);
    const late = { channelResults: { sms: 'silent' } };
    expect(after(journey('', 'send: both, fallback_after: 10 minutes'), late, '2 per 1 day')).toEqual(sent);
    expect(after(journey('', 'send: both, fallback_after: 10 minutes'), late)).toEqual(held);
  });

  it('is not one that was suppressed or is held', () => {
    const files = policy(
      '  news: { consent: not_needed, caps: [ 1 per 1 day ] }\n  night: { consent: not_needed, caps: [ 1 per 1 day ], quiet_hours: "09:00-10:30" }',
    );
    const told = story(
      {
        journeys: {
          a: 'purpose: news\ntrigger: { event: visit }\nsteps: [ { send: hello, not_after: 2026-01-01 }, { send: third } ]',
          b: 'purpose: night\ntrigger: { event: visit }\nsteps: [ send: hello ]',
          c: 'purpose: night\npriority: 1\ntrigger: { event: visit }\nsteps: [ send: bye ]',
        },
        files,
        events: [visit('11-21 10:00')],
      },
      ...kinds,
    );
    expect(told).toContain('11-21 10:00 a sent third');
    expect(told.slice(-3)).toEqual([
      '11-21 10:30 c sent bye',
      '11-21 10:30 b deferred hello capped until 11-22 10:30',
      '11-22 10:30 b sent hello',
    ]);
  });

  it("is the same for a journey's own caps, which are tested besides", () => {
    const own = journey('policy: { caps: [ 1 per 3 days ] }\n');
    const told = (text: string) =>
      story(
        {
          journeys: { a: 'purpose: news\ntrigger: { event: purchase }\nsteps: [ send: bye ]', b: text },
          files: news('5 per 1 day'),
          events: [on('11-21 10:00', 'purchase', { amount: 1 }), visit('11-21 11:00')],
        },
        ...kinds,
      )[1];
    expect(told(own)).toBe('11-21 11:00 b deferred hello capped until 11-24 10:00');
    expect(told(journey())).toBe('11-21 11:00 b sent hello');
    const loose = journey('policy: { caps: [ 9 per 1 day ] }\n');
    expect(
      story(
        { journey: loose, files: news('1 per 1 day'), events: [visit('11-21 10:00'), visit('11-21 11:00')] },
        ...kinds,
      )[1],
    ).toBe('11-21 11:00 deferred hello capped until 11-22 10:00');
  });

  it('is counted for each customer alone', () => {
    const other = on('11-21 11:00', 'visit', {}, { subject: 'c2' });
    const customers = [c1, { id: 'c2', phone: '09121234568' }];
    expect(
      story(
        { journey: journey(), files: news('1 per 1 day'), customers, events: [visit('11-21 10:00'), other] },
        'deferred',
      ),
    ).toEqual([]);
  });
});
