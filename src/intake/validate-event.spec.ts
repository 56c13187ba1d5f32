import fc from 'fast-check';
import { loadCatalogue } from '../domain/catalogue/load.js';
import { Problems } from '../domain/yaml/problems.js';
import { createEventValidator } from './validate-event.js';

const text =
  'repair.received: { repair_id: text, device?: text }\nrepair.estimated: { repair_id: text, cost: money }\n';
const catalogue = loadCatalogue({ events: { name: 'events.yaml', text }, customers: undefined }, new Problems());
const validate = createEventValidator(catalogue);

const good = {
  specversion: '1.0',
  id: 'e1',
  source: '/shop',
  type: 'repair.estimated',
  subject: 'c1',
  time: '2026-11-21T10:00:00+03:30',
  data: { repair_id: 'r1', cost: 2_000_000 },
};

function without(name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(good).filter(([other]) => other !== name));
}

function refusalsOf(input: unknown): Record<string, string> {
  const validated = validate(input);
  if ('event' in validated) return {};
  return Object.fromEntries(validated.refusals.map(({ place, message }) => [place, message]));
}

describe('an event that comes in', () => {
  it('is taken with its time as an instant', () => {
    expect(validate(good)).toEqual({
      event: {
        id: 'e1',
        source: '/shop',
        type: 'repair.estimated',
        customer: 'c1',
        time: Date.parse('2026-11-21T06:30:00Z'),
        data: { repair_id: 'r1', cost: 2_000_000 },
      },
    });
  });

  it('needs no time and may have extensions', () => {
    const rest = without('time');
    expect(
      validate({ ...rest, traceparent: '00-0af7-01', datacontenttype: 'application/json; charset=utf-8' }),
    ).toMatchObject({
      event: { time: undefined },
    });
  });

  it('may be in the future, which is read as its arrival later on', () => {
    expect(validate({ ...good, time: '2099-01-01T00:00:00Z' })).toMatchObject({ event: { id: 'e1' } });
  });

  it('may do without data where the type needs none', () => {
    const rest = without('data');
    expect(refusalsOf(rest)).toEqual({
      'data.repair_id': 'is missing; expected text',
      'data.cost': expect.stringContaining('is missing; expected money') as string,
    });
    expect(validate({ ...rest, type: 'customer.updated' })).toMatchObject({ event: { data: {} } });
    expect(validate({ ...rest, type: 'customer.updated', data: null })).toMatchObject({ event: { data: {} } });
  });

  it('is told everything that is wrong at once', () => {
    expect(refusalsOf({ id: 5, source: '', type: 'repair.received', time: '2026-11-21', data: [] })).toEqual({
      specversion: 'is missing; set it to "1.0"',
      id: 'is 5; it has to be a text: a text of your own, a new one for each event of a source',
      source: 'is empty; set it to where the event comes from, such as "/shop"',
      subject: "is missing; set it to the customer's id",
      time: 'is "2026-11-21"; expected a time with its offset, such as "2026-12-21T18:00:00+03:30"',
      data: 'is a list; expected an object',
    });
  });

  it.each([
    [{ specversion: '0.3' }, 'specversion', 'is "0.3"; only CloudEvents "1.0" is supported'],
    [{ specversion: 1 }, 'specversion', 'is 1; only CloudEvents "1.0" is supported'],
    [{ subject: 'x'.repeat(257) }, 'subject', 'has 257 characters; at most 256 are kept'],
    [{ subject: 'a\nb' }, 'subject', 'has a control character in it; take it out'],
    [{ subject: '\ud800' }, 'subject', 'has a control character in it; take it out'],
    [{ id: null }, 'id', 'is missing; set it to a text of your own, a new one for each event of a source'],
    [
      { time: 1_763_778_845 },
      'time',
      'is 1763778845; expected a time with its offset, such as "2026-12-21T18:00:00+03:30"',
    ],
    [{ datacontenttype: 'text/xml' }, 'datacontenttype', 'is "text/xml"; send the data as application/json'],
    [{ data_base64: 'AA==' }, 'data_base64', 'is not supported; send the data as JSON, in data'],
    [{ data: 'text' }, 'data', 'is "text"; expected an object'],
    [
      { data: { repair_id: 'a\0b', cost: 1 } },
      'data.repair_id',
      'has a character that cannot be kept (NUL or half of a surrogate pair); take it out',
    ],
  ])('%j is refused at %s', (change, place, message) => {
    expect(refusalsOf({ ...good, ...change })).toEqual({ [place]: message });
  });

  it('has data as the catalogue says', () => {
    expect(Object.keys(refusalsOf({ ...good, data: { repair_id: 7, cost: '2000' } }))).toEqual([
      'data.repair_id',
      'data.cost',
    ]);
  });

  it('has a type of the catalogue, and is told the near one', () => {
    expect(refusalsOf({ ...good, type: 'repair.recieved' })['type']).toMatch(
      /repair\.recieved.*did you mean "repair\.received"/,
    );
    expect(refusalsOf({ ...good, type: 'weather.changed' })['type']).toMatch(/events\.yaml/);
    expect(refusalsOf({ ...good, type: 'constructor' })['type']).toMatch(/events\.yaml/);
  });

  it('of a broadcast type is refused in so many words, and has no subject where it is served', () => {
    const events = { name: 'events.yaml', text: 'stock.arrived: { data: { kind: text }, broadcast: true }\n' };
    const shop = loadCatalogue({ events, customers: undefined }, new Problems());
    const event = { ...without('subject'), type: 'stock.arrived', data: { kind: 'phone' } };
    expect(createEventValidator(shop)(event)).toEqual({
      refusals: [
        {
          place: 'type',
          message: '"stock.arrived" is broadcast; broadcast events are simulated, but not served yet',
        },
      ],
    });
    const served = createEventValidator(shop, { broadcast: 'served' });
    expect(served(event)).toMatchObject({ event: { type: 'stock.arrived', customer: '' } });
    expect(served({ ...event, subject: 'c1' })).toEqual({
      refusals: [{ place: 'subject', message: 'is "c1"; "stock.arrived" is broadcast: leave it out' }],
    });
    expect(served({ ...good, subject: undefined, data: {}, type: 'customer.updated' })).toMatchObject({
      refusals: [{ place: 'subject' }],
    });
  });

  it('speaks of consent to a purpose and a channel that there are', () => {
    const known = createEventValidator(catalogue, { purposes: ['service', 'marketing'] });
    const word = { ...good, type: 'consent.withdrawn', data: { purpose: 'markting', channel: 'smss' } };
    expect(known(word)).toEqual({
      refusals: [
        {
          place: 'data.purpose',
          message: '"markting" is no purpose that policy.yaml declares; did you mean "marketing"?',
        },
        { place: 'data.channel', message: '"smss" is no channel; did you mean "sms"?' },
      ],
    });
    expect(known({ ...word, data: { purpose: 'marketing', channel: 'sms' } })).toHaveProperty('event');
  });

  it('is none of the engine’s own', () => {
    expect(refusalsOf({ ...good, type: 'message.failed' })['type']).toContain('engine itself');
  });

  it.each([[null], [[]], ['text'], [5], [undefined]])('has to be an object, not %j', (input) => {
    expect(refusalsOf(input)['body']).toContain('send a CloudEvent as a JSON object');
  });

  it('never makes validation throw, whatever it is', () => {
    const any = fc.record(
      {
        specversion: fc.anything(),
        id: fc.anything(),
        type: fc.constantFrom('repair.received', 'x'),
        subject: fc.string(),
        data: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(any, (input) => 'refusals' in validate(input)));
  });
});

describe("a profile's slip of the pen", () => {
  const updated = (data: object): object => ({ ...good, type: 'customer.updated', data });
  const told = createEventValidator(catalogue, { purposes: ['service', 'marketing'] });

  it('is told of, and the event is taken whole', () => {
    const data = { name: 'سارا', phne: '09121234567', consent: { markting: true, service: true } };
    expect(told(updated(data))).toMatchObject({
      event: { data },
      warnings: [
        'unknown attribute "phne"; did you mean phone?',
        'consent to unknown purpose "markting"; did you mean marketing?',
      ],
    });
    expect(told(updated({ consent: null }))).toMatchObject({
      warnings: [expect.stringContaining('consent is null, which forgets nothing')],
    });
  });

  it('is not looked for in other events, nor found where all is well', () => {
    expect(told(updated({ name: 'سارا', old: null, consent: { service: false } }))).not.toHaveProperty('warnings');
    expect(told({ ...good, data: { ...good.data, phne: '1' } })).not.toHaveProperty('warnings');
  });

  it('is known of attributes alone where no purposes are', () => {
    expect(validate(updated({ phne: '1', consent: { markting: true } }))).toMatchObject({
      warnings: ['unknown attribute "phne"; did you mean phone?'],
    });
  });
});
