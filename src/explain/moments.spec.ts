import type { CustomerRecord } from './customer-record.js';
import { momentsOf } from './moments.js';

type Given = Partial<Omit<CustomerRecord, 'customer'>> & { readonly attributes?: object };

const eventOf = (seq: number, arrival: number, bundle = 1): CustomerRecord['events'][number] => ({
  ...{ customer_id: 'ann', seq, id: String(seq), source: '/', type: 'visit' },
  ...{ time: arrival, arrival, bundle, data: {} },
});
const changeOf = (seq: number, at: number, source = 'http'): CustomerRecord['changes'][number] => ({
  ...{ customer_id: 'ann', seq, at, source, patch: { no: seq } },
});
const enrolmentOf = (seq: number, ...timers: CustomerRecord['enrolments'][number]['timers']) =>
  ({ journey: 'j', seq, timers }) as CustomerRecord['enrolments'][number];

function told({ attributes = {}, ...given }: Given): readonly string[] {
  const customer = { id: 'ann', seq: 9, attributes, consent: {}, closed: {} } as CustomerRecord['customer'];
  const moments = momentsOf({
    customer,
    events: [],
    changes: [],
    enrolments: [],
    messages: [],
    links: [],
    tasks: [],
    calls: [],
    ...given,
  });
  return moments.map((moment) => {
    if (moment.kind === 'change') return `change ${JSON.stringify(moment.patch['no'])}`;
    if (moment.kind !== 'events') return `${moment.kind} ${String(moment.at)}`;
    return `events ${moment.events.map(({ seq }) => seq).join()}`;
  });
}

describe('moments', () => {
  it('stand in the order of their numbers, timers after the one they carry, by their instants', () => {
    const events = [eventOf(1, 10), eventOf(3, 30), eventOf(4, 30)];
    const enrolments = [enrolmentOf(1, [2, 25, 1], [2, 20, 1]), enrolmentOf(3, [4, 30, 1])];
    expect(told({ events, changes: [changeOf(2, 10)], enrolments })).toEqual([
      'events 1',
      'change 2',
      'timers 20',
      'timers 25',
      'events 3,4',
      'timers 30',
    ]);
  });

  it('are one for timers that were decided together, and for events of one arrival and one set of files', () => {
    const events = [eventOf(1, 10), eventOf(2, 10), eventOf(3, 10, 2), eventOf(4, 11, 2)];
    const enrolments = [enrolmentOf(1, [4, 20, 2]), enrolmentOf(2, [4, 20, 2], [4, 20, 3])];
    expect(told({ events, enrolments })).toEqual(['events 1,2', 'events 3', 'events 4', 'timers 20', 'timers 20']);
  });

  it('leave out changes that events made', () => {
    expect(told({ events: [eventOf(1, 10)], changes: [changeOf(1, 10, 'event:1')], attributes: { a: 1 } })).toEqual([
      'events 1',
    ]);
  });

  it.each<[string, Given]>([
    ['the event that started j/2 is not kept', { events: [eventOf(1, 10)], enrolments: [enrolmentOf(2)] }],
    ['what was decided first is not kept', { events: [eventOf(2, 10)] }],
    ['how its attributes and consent came about', { events: [eventOf(1, 10)], attributes: { tier: 'gold' } }],
    ['a timer of j could not be decided', { events: [eventOf(1, 10)], enrolments: [enrolmentOf(1, null)] }],
  ])('are not known: %s', (why, given) => {
    expect(() => told(given)).toThrow(why);
  });
});
