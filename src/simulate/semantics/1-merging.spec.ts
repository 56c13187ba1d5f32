import { on, simulated, type GivenEvent, type GivenSimulation, type Line } from '../../../test/given/simulation.js';

const people = [
  { id: 'old', name: 'Ann', phone: '09121234567', email: 'old@example.com' },
  { id: 'new', phone: '09127654321', consent: { news: true } },
];
const policy = `timezone: Asia/Tehran
purposes:
  transactional: { consent: not_needed }
  news: { consent: required, caps: [1 per 1 day] }
channel_order: [sms, email]
`;

/** Of that customer, at that hour of the first day. */
const of = (customer: string, hour: string, type: string, data: object = {}, more: object = {}): GivenEvent =>
  on(`11-21 ${hour}`, type, data, { subject: customer, ...more });
const merge = (hour: string, from = 'old', into = 'new', more: object = {}): GivenEvent =>
  of(into, hour, 'customer.merged', { from, into }, more);

const told = ({ at, customer, journey, key, kind, ...line }: Line): string => {
  const what = [line['reason'], line['by'], line['template'], line['text'], line['value'], line['branch']];
  const shown = [at.slice(8, 13), customer, journey, key, kind, ...what].filter((one) => typeof one === 'string');
  return shown.map((one) => one.trim()).join(' ');
};
const happens = (given: GivenSimulation): readonly string[] =>
  simulated({ customers: people, files: { 'journeys/policy.yaml': policy }, ...given }).lines.map(told);

const waiting = `about: repair_id
trigger: { event: repair.received }
steps:
  - wait_for: repair.ready
    at_most: 1 day
  - send: hello
`;

describe('two customers who are one', () => {
  it('have one profile from then on: of the one who stays, with what only the other has', () => {
    const journey = 'trigger: { event: visit }\nsteps: [ send: hello ]';
    const lines = simulated({
      journey,
      customers: people,
      events: [merge('10:00'), of('old', '11:00', 'visit')],
    }).lines;
    expect(lines.filter(({ kind }) => kind === 'sent')).toMatchObject([
      { customer: 'new', to: '+989127654321', text: 'hello Ann' },
    ]);
  });

  it('go on in the journeys of both, and what comes under either id is theirs', () => {
    const events = [
      of('old', '09:00', 'repair.received', { repair_id: 'a' }),
      of('new', '09:00', 'repair.received', { repair_id: 'b' }),
      merge('10:00'),
      of('old', '11:00', 'repair.ready', { repair_id: 'b' }),
    ];
    expect(happens({ journey: waiting, events })).toEqual([
      '21T05 old test a entered',
      '21T05 old test a waiting',
      '21T05 new test b entered',
      '21T05 new test b waiting',
      '21T07 new test b resumed event',
      '21T07 new test b sent hello hello Ann',
      '21T07 new test b exited completed',
      '22T05 new test a resumed timeout',
      '22T05 new test a sent hello hello Ann',
      '22T05 new test a exited completed',
    ]);
  });

  it.each([
    { first: 'old', second: 'new' },
    { first: 'new', second: 'old' },
  ])('are inside once about one thing: whoever entered later ($second) leaves', ({ first, second }) => {
    const events = [of(first, '09:00', 'repair.received'), of(second, '10:00', 'repair.received'), merge('11:00')];
    const lines = simulated({ journey: waiting, customers: people, events }).lines;
    expect(lines.filter(({ kind }) => kind === 'exited')).toEqual([
      {
        ...{ at: '2026-11-21T07:30:00.000Z', kind: 'exited', customer: second, journey: 'test', key: 'r1' },
        ...{ step: 'wait-for-repair-ready', reason: 'merged' },
      },
      {
        ...{ at: '2026-11-22T05:30:00.000Z', kind: 'exited', customer: 'new', journey: 'test', key: 'r1' },
        reason: 'completed',
      },
    ]);
  });

  it('of one instant keep what the one has who stays', () => {
    const events = [of('old', '09:00', 'repair.received'), of('new', '09:00', 'repair.received'), merge('11:00')];
    expect(happens({ journey: waiting, events })).toContain('21T07 old test r1 exited merged');
  });

  it('leave as at any exit, and come to rest where that leads in again', () => {
    const text = `trigger: { event: visit }
steps: [ wait: 1 day ]
at_end: [ { emit: visit } ]
`;
    const events = [of('old', '09:00', 'visit'), of('new', '10:00', 'visit'), merge('11:00')];
    const lines = happens({ journey: text, events, until: '11-21 20:00' });
    expect(lines.filter((line) => /exited|entered/.test(line))).toEqual([
      '21T05 old test entered',
      '21T06 new test entered',
      '21T07 new test exited merged',
      '21T07 new test entered',
      '21T07 new test exited merged',
    ]);
  });

  it('have one history, in which what both had is once', () => {
    const bought = (customer: string, hour: string, id: string, amount: number) =>
      of(customer, hour, 'purchase', { amount }, { id, source: '/shop' });
    const journey = `trigger: { event: visit }
steps:
  - choose:
      - when: count("purchase") == 3 && sum("purchase", "amount") == toman(0.7)
        then: [ stop: well ]
      - else: [ stop: wrong ]
`;
    const events = [
      bought('old', '08:00', 'p1', 1),
      bought('old', '08:30', 'p2', 2),
      bought('new', '09:00', 'p2', 2),
      bought('new', '09:30', 'p3', 4),
      merge('10:00'),
      // Told again under either id.
      bought('old', '10:30', 'p3', 4),
      bought('new', '10:30', 'p1', 1),
      of('new', '11:00', 'visit'),
    ];
    expect(happens({ journey, events })).toContain('21T07 new test exited well');
  });

  it('are capped by what either was sent, and not written to where either has said no', () => {
    const journey = 'purpose: news\ntrigger: { event: visit }\nsteps: [ send: hello ]';
    const consent = (customer: string, hour: string, type: string, data: object = {}) =>
      of(customer, hour, `consent.${type}`, { purpose: 'news', ...data });
    const capped = [consent('old', '08:00', 'granted'), of('old', '09:00', 'visit'), merge('10:00')];
    expect(happens({ journey, events: [...capped, of('new', '11:00', 'visit')] })).toContain(
      '21T07 new test deferred capped hello',
    );
    for (const [data, reason] of [[{}, 'opted_out'] as const, [{ channel: 'sms' }, 'no_address'] as const]) {
      const withdrawn = [consent('old', '08:00', 'withdrawn', data), merge('10:00'), of('new', '11:00', 'visit')];
      expect(happens({ journey, events: withdrawn })).toContain(`21T07 new test suppressed ${reason} hello`);
    }
  });

  it('hear of messages that were on their way', () => {
    const journey = `trigger: { event: visit }
steps: [ { send: both, via: [sms, email], fallback_after: 5 hours }, { wait: 1 day } ]`;
    const events = [of('old', '09:00', 'visit'), merge('10:00')];
    const lines = simulated({ journey, customers: people, events, channelResults: { sms: 'silent' } }).lines;
    const sent = lines.filter(({ kind }) => kind === 'sent' || kind === 'failed');
    expect(sent.map(({ customer, kind, channel, at, to }) => [at.slice(11, 16), customer, kind, channel, to])).toEqual([
      ['05:30', 'old', 'sent', 'sms', '+989121234567'],
      ['10:30', 'new', 'failed', 'sms', undefined],
      ['10:30', 'new', 'sent', 'email', 'old@example.com'],
    ]);
  });

  it('are merged once, in a chain, in no circle, and by no event that was seen before', () => {
    const journey = 'trigger: { event: visit }\nsteps: [ stop: came ]';
    const visits = ['a', 'b', 'c'].map((id) => of(id, '09:00', 'visit', {}, { id }));
    const events = [
      ...visits,
      merge('10:00', 'a', 'b', { id: 'm1' }),
      merge('10:10', 'b', 'c', { id: 'm2' }),
      merge('10:20', 'c', 'a', { id: 'm3' }),
      merge('10:30', 'a', 'b', { id: 'm4' }),
      of('a', '11:00', 'visit', {}, { id: 'late' }),
      // Each was theirs before.
      ...['a', 'b', 'c'].map((id) => of('b', '12:00', 'visit', {}, { id })),
    ];
    const lines = happens({ journey, customers: [], events });
    expect(lines.filter((line) => line.includes('entered'))).toEqual([
      '21T05 a test entered',
      '21T05 b test entered',
      '21T05 c test entered',
      '21T07 c test entered',
    ]);
    const again = [merge('10:00', 'a', 'b', { id: 'm' }), merge('11:00', 'c', 'b', { id: 'm' })];
    const twice = happens({ journey, customers: [], events: [...again, of('c', '12:00', 'visit')] });
    expect(twice[0]).toBe('21T08 c test entered');
  });

  it('may be unknown: what comes later is of the one who is left', () => {
    const journey = 'trigger: { event: visit }\nsteps: [ stop: came ]';
    const events = [merge('10:00', 'unheard', 'unseen'), of('unheard', '11:00', 'visit')];
    expect(happens({ journey, events })[0]).toBe('21T07 unseen test entered');
  });

  it('are one when the simulation begins, where that was told before', () => {
    const journey = 'trigger: { event: visit, when: count("visit") == 2 }\nsteps: [ stop: came ]';
    const events = [of('old', '08:00', 'visit'), merge('09:00'), of('old', '12:00', 'visit')];
    expect(happens({ journey, events, from: '11-21 10:00' })).toEqual([
      '21T08 new test entered',
      '21T08 new test exited came',
    ]);
  });

  it('may be said to be one by a journey: that is heard when all else of its decision is over', () => {
    const journeys = {
      knowing: `trigger: { event: repair.ready }
steps:
  - emit: customer.merged
    data: { from: old, into: =customer.id }
  - emit: visit
    subject: old
  - emit: ticket.opened
    data: { number: 1 }
  - send: bye
  - stop: known
`,
      coming: 'trigger: { event: visit }\nsteps: [ { wait: 1 hour }, { send: hello } ]',
      ticketed: `trigger: { event: ticket.opened }\nsteps: [ stop: '{{default customer.email "unknown"}}' ]`,
      joined: `trigger: { event: customer.merged }\nsteps: [ stop: '{{trigger.from}} is {{customer.id}}' ]`,
    };
    expect(happens({ journeys, events: [of('new', '10:00', 'repair.ready')] })).toEqual([
      '21T06 new knowing entered',
      '21T06 new knowing emitted',
      '21T06 new knowing emitted',
      '21T06 new knowing emitted',
      '21T06 new knowing sent bye bye',
      '21T06 new knowing exited known',
      '21T06 new ticketed entered',
      '21T06 new ticketed exited unknown',
      '21T06 new joined entered',
      '21T06 new joined exited old is new',
      '21T06 new coming entered',
      '21T06 new coming waiting',
      '21T07 new coming resumed time',
      '21T07 new coming sent hello hello Ann',
      '21T07 new coming exited completed',
    ]);
  });
});
