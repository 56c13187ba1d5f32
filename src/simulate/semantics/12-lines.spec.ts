import { c1, on, simulated, story, tehran } from '../../../test/given/simulation.js';

const visit = on('11-21 10:00', 'visit');

describe('the lines of a simulation', () => {
  it('have exactly the fields of their kind, instants in UTC with milliseconds, absent values left out', () => {
    const journey = `trigger: { event: visit }
goal: { event: purchase }
steps:
  - send: both
  - wait_for: [ { event: visit }, { event: purchase, when: 1 == 2 } ]
  - choose: [ { when: 1 == 1, then: [ send: letter ] } ]
  - { wait_for: purchase, when: 1 == 2, at_most: 1 day }
  - wait: 1 hour`;
    const { lines } = simulated({
      journey,
      events: [visit, on('11-21 11:00', 'visit'), on('11-22 11:00', 'purchase', { amount: 7 })],
    });
    const at = (instant: string, kind: string, step?: string) => ({
      ...{ at: `2026-11-${instant}:00.000Z`, kind, customer: 'c1', journey: 'test' },
      ...(step === undefined ? {} : { step }),
    });
    expect(lines).toEqual([
      { ...at('21T06:30', 'entered'), started_by: 'visit' },
      {
        ...at('21T06:30', 'sent', 'send-both'),
        template: 'both',
        channel: 'sms',
        to: '+989121234567',
        text: 'both',
        parts: 1,
      },
      { ...at('21T06:30', 'waiting', 'wait-for-any'), for: ['visit', 'purchase'] },
      { ...at('21T07:30', 'resumed', 'wait-for-any'), by: 'event', event: 'visit' },
      { ...at('21T07:30', 'chosen', 'choose'), branch: 1 },
      { ...at('21T07:30', 'suppressed', 'send-letter'), template: 'letter', reason: 'no_address' },
      { ...at('21T07:30', 'waiting', 'wait-for-purchase'), for: 'purchase', until: '2026-11-22T07:30:00.000Z' },
      { ...at('21T07:30', 'not_entered'), reason: 'already_active' },
      { ...at('22T07:30', 'goal') },
      { ...at('22T07:30', 'exited', 'wait-for-purchase'), reason: 'goal' },
    ]);
  });

  it('have the key where the journey has about', () => {
    const journey = 'about: repair_id\ntrigger: { event: repair.received }\nsteps: [ send: hello ]';
    const { lines } = simulated({ journey, events: [on('11-21 10:00', 'repair.received')] });
    expect(lines.map(({ key }) => key)).toEqual(['r1', 'r1', 'r1']);
    expect(Object.keys(lines[0] ?? {})).toEqual(['at', 'kind', 'customer', 'journey', 'key', 'started_by']);
  });

  it('tell a failure by its template, channel and reason, and no detail of a text that did not come out', () => {
    const failed = simulated({
      journey: 'trigger: { event: visit }\nsteps: [ send: hello ]',
      events: [visit],
      channelResults: { sms: 'failed' },
    });
    expect(failed.lines.find(({ kind }) => kind === 'failed')).toEqual({
      ...{ at: '2026-11-21T06:30:00.000Z', kind: 'failed', customer: 'c1', journey: 'test', step: 'send-hello' },
      ...{ template: 'hello', channel: 'sms', reason: 'failed' },
    });
    const files = { 'templates/hello/sms.hbs': '{{#if customer.email}}x{{/if}}' };
    const empty = simulated({ journey: 'trigger: { event: visit }\nsteps: [ send: hello ]', events: [visit], files });
    expect(Object.keys(empty.lines.find(({ kind }) => kind === 'suppressed') ?? {})).toEqual([
      ...['at', 'kind', 'customer', 'journey', 'step', 'template', 'reason'],
    ]);
  });
});

describe('the time of a simulation', () => {
  const journey = 'trigger: { event: visit }\nsteps: [ wait: 1 hour, send: hello ]';

  it('ends with --until, that instant included', () => {
    expect(story({ journey, events: [visit], until: '11-21 11:00' }, 'sent')).toHaveLength(1);
    expect(story({ journey, events: [visit], until: '11-21 10:59:59' }, 'sent')).toHaveLength(0);
    expect(story({ journey, events: [visit], until: '11-21 10:00' })).toHaveLength(2);
    expect(story({ journey, events: [visit], until: '11-21 09:59' })).toEqual([]);
  });

  it('begins with --from, that instant included: what came before is known and starts nothing', () => {
    expect(story({ journey, events: [visit], from: '11-21 10:00' }, 'entered')).toHaveLength(1);
    expect(story({ journey, events: [visit], from: '11-21 10:00:01' })).toEqual([]);
    const counting = `trigger: { event: visit, when: 'count("visit") == 2' }\nsteps: [ send: hello ]`;
    const events = [on('11-20 10:00', 'customer.updated', { name: 'Nika' }), visit, on('11-21 12:00', 'visit')];
    const { lines } = simulated({ journey: counting, events, from: '11-21 11:00' });
    expect(lines.map(({ kind, text }) => text ?? kind)).toEqual(['entered', 'hello Nika', 'exited']);
  });

  it('knows a duplicate of what came before it began', () => {
    const id = { id: 'e1', source: '/shop' };
    const events = [on('11-21 09:00', 'visit', {}, id), on('11-21 11:00', 'visit', {}, id)];
    expect(story({ journey, events, from: '11-21 10:00' })).toEqual([]);
  });
});

describe('what is read', () => {
  const journey = 'trigger: { event: visit }\nsteps: [ send: hello ]';

  it('refuses an event with the number of its line, and takes the others', () => {
    const { lines, refused } = simulated({
      journey,
      events: [
        on('11-21 10:00', 'visits'),
        '',
        'not json',
        on('11-21 10:00', 'purchase', { amount: 'much' }),
        '[]',
        { type: 'visit', subject: 'c1' },
        { type: 'visit', time: tehran('11-21 10:00') },
        on('11-21 10:00', 'visit', {}, { arrives_at: 'soon' }),
        visit,
      ],
    });
    expect(refused.map((line) => line.replace(/ (is|has|expected) .*/, ''))).toEqual([
      expect.stringMatching(/^1: type /),
      expect.stringMatching(/^3: line/),
      expect.stringMatching(/^4: data\.amount/),
      expect.stringMatching(/^5: line/),
      expect.stringMatching(/^6: time/),
      expect.stringMatching(/^7: subject/),
      expect.stringMatching(/^8: arrives_at/),
    ]);
    expect(lines.map(({ kind }) => kind)).toEqual(['entered', 'sent', 'exited']);
  });

  it('names an event after its line, and needs no source or specversion', () => {
    const named = (id: string) => ({ ...on('11-21 12:00', 'visit'), id });
    // Line 2 has the id that line 1 gets by itself, so that it is the same event.
    expect(story({ journey, events: [visit, named('line-1')] }, 'entered')).toHaveLength(1);
    expect(story({ journey, events: [visit, named('line-2')] }, 'entered')).toHaveLength(2);
  });

  it('keeps phones as E.164, whatever their form', () => {
    const phones = ['09121234567', '+98 912 123 4567', '۰۹۱۲۱۲۳۴۵۶۷', '00989121234567'];
    const to = phones.map(
      (phone) => simulated({ journey, customers: [{ ...c1, phone }], events: [visit] }).lines[1]?.['to'],
    );
    expect(new Set(to)).toEqual(new Set(['+989121234567']));
  });

  it('has an unknown subject create the customer', () => {
    expect(story({ journey, customers: [], events: [visit] }).map((line) => line.slice(12))).toEqual([
      'entered visit',
      'suppressed hello no_address',
      'exited completed',
    ]);
  });
});
