import type { Json } from '../json.js';
import { printProblem } from '../problem.js';
import { Problems } from '../yaml/problems.js';
import type { Catalogue } from './catalogue.js';
import { loadCatalogue } from './load.js';

function load(events: string, customers?: string): { catalogue: Catalogue; told: readonly string[] } {
  const problems = new Problems();
  const catalogue = loadCatalogue(
    {
      events: { name: 'events.yaml', text: events },
      customers: customers === undefined ? undefined : { name: 'customers.yaml', text: customers },
    },
    problems,
  );
  return { catalogue, told: problems.sorted().map(printProblem) };
}

const shop = `
repair.received: { repair_id: text, device?: text }
repair.estimated: { repair_id: text, cost: money, ready_at?: time }
order.placed:
  description: an order
  max_age: 2 hours
  data:
    order: { id: integer, lines: [{ sku: text, price: money }], weight?: number }
    due: date
    gift?: boolean
visit:
`;

describe('the catalogue', () => {
  const { catalogue, told } = load(shop);

  it('reads short and long forms', () => {
    expect(told).toEqual([]);
    expect(catalogue.eventKind('repair.estimated')).toEqual({
      kind: 'record',
      fields: {
        repair_id: { kind: { kind: 'text' }, optional: false },
        cost: { kind: { kind: 'money' }, optional: false },
        ready_at: { kind: { kind: 'time' }, optional: true },
      },
    });
    expect(catalogue.eventKind('visit')).toEqual({ kind: 'record', fields: {} });
    expect(catalogue.eventKind('no.such')).toBeUndefined();
  });

  it('knows the age after which an event starts nothing', () => {
    expect(catalogue.maxAge('order.placed')).toEqual({ amount: 2, unit: 'hour' });
    expect(catalogue.maxAge('visit')).toEqual({ amount: 1, unit: 'day' });
  });

  it('knows which types have no subject', () => {
    const { catalogue: shop } = load(
      'stock.arrived: { data: { kind: text }, broadcast: true }\nsold: { kind: text, broadcast: boolean }\n',
    );
    expect(shop.isBroadcast('stock.arrived')).toBe(true);
    expect(shop.isBroadcast('sold')).toBe(false);
    expect(shop.isBroadcast('no.such')).toBe(false);
  });

  it('knows what can be summed', () => {
    expect(catalogue.numericFields('order.placed')).toEqual(['order.id', 'order.weight']);
    expect(catalogue.numericFields('repair.estimated')).toEqual(['cost']);
    expect(catalogue.numericFields('visit')).toEqual([]);
  });

  it('knows which fields there may be', () => {
    expect(catalogue.hasField('order.placed', ['order', 'id'])).toBe(true);
    expect(catalogue.hasField('order.placed', ['id'])).toBe(false);
    expect(catalogue.hasField('order.placed', ['constructor'])).toBe(false);
    expect(catalogue.hasField('no.such', ['id'])).toBe(false);
  });

  it("knows the engine's own types", () => {
    expect(catalogue.types).toEqual([
      'consent.granted',
      'consent.withdrawn',
      'credit.redeemed',
      'customer.merged',
      'customer.updated',
      'message.clicked',
      'message.delivered',
      'message.failed',
      'message.received',
      'order.placed',
      'repair.estimated',
      'repair.received',
      'task.done',
      'visit',
    ]);
  });

  it.each([
    ['customer.updated', true],
    ['consent.granted', true],
    ['consent.withdrawn', true],
    ['credit.redeemed', true],
    ['customer.merged', true],
    ['message.received', true],
    ['task.done', true],
    ['message.delivered', false],
    ['message.failed', false],
    ['message.clicked', false],
  ])('lets a business send %s: %s', (type, open) => {
    expect(catalogue.isOpenToBusiness(type)).toBe(open);
  });

  it('says why a type is refused', () => {
    expect(catalogue.whyRefused('repair.received')).toBeUndefined();
    expect(catalogue.whyRefused('message.delivered')).toBe(
      '"message.delivered" comes from the engine itself; nobody else sends it',
    );
    expect(catalogue.whyRefused('webhook.answered')).toBe(
      '"webhook.answered" comes from the engine itself; nobody else sends it',
    );
    expect(catalogue.eventKind('webhook.answered')).toBeUndefined();
    expect(catalogue.whyRefused('repair.recieved')).toBe(
      '"repair.recieved" is not in the catalogue; did you mean "repair.received"?',
    );
    expect(catalogue.whyRefused('zzzzzzzzzz')).toBe('"zzzzzzzzzz" is not in the catalogue; declare it in events.yaml');
  });
});

describe('the data of an event', () => {
  const { catalogue } = load(shop);
  const faults = (type: string, data: Json) =>
    catalogue.validate(type, data).map(({ place, message }) => `${place}: ${message}`);
  const order = { order: { id: 1, lines: [{ sku: 'a', price: 10 }] }, due: '1405-09-30' };

  it('passes when it fits, and the answer is the same empty list every time', () => {
    expect(catalogue.validate('order.placed', order)).toBe(catalogue.validate('visit', {}));
    expect(faults('repair.estimated', { repair_id: 'r', cost: 0, ready_at: '2026-12-21T18:00:00+03:30' })).toEqual([]);
  });

  it('may have more than is declared, and null for what may be absent', () => {
    expect(faults('repair.received', { repair_id: 'r', device: null, extra: [1] })).toEqual([]);
  });

  it.each<[string, Json, string[]]>([
    ['repair.received', {}, ['data.repair_id: is missing; expected text']],
    ['repair.received', { repair_id: null }, ['data.repair_id: is missing; expected text']],
    ['repair.received', { repair_id: 7 }, ['data.repair_id: expected text, got 7']],
    ['repair.received', [], ['data: expected an object, got a list']],
    ['repair.received', 'x', ['data: expected an object, got "x"']],
    [
      'repair.estimated',
      { repair_id: 'r', cost: 'abc', ready_at: '2026-12-21' },
      [
        'data.cost: expected money (a whole number of rials: 20000 toman is 200000), got "abc"',
        'data.ready_at: expected a time (ISO 8601 with an offset, such as "2026-12-21T18:00:00+03:30"), got "2026-12-21"',
      ],
    ],
    [
      'repair.estimated',
      { repair_id: 'r', cost: 1.5 },
      ['data.cost: expected money (a whole number of rials: 20000 toman is 200000), got 1.5'],
    ],
    [
      'order.placed',
      { order: { id: 1.2, lines: [{ sku: 'a', price: 1 }, { sku: 3 }, 4] }, due: '2026-02-30', gift: 'yes' },
      [
        'data.order.id: expected a whole number, got 1.2',
        'data.order.lines[1].sku: expected text, got 3',
        'data.order.lines[1].price: is missing; expected money (a whole number of rials: 20000 toman is 200000)',
        'data.order.lines[2]: expected an object, got 4',
        'data.due: expected a date (such as "2026-12-21" or "1405-09-30"), got "2026-02-30"',
        'data.gift: expected true or false, got "yes"',
      ],
    ],
    ['message.received', { channel: 'sms', text: 'سلام' }, ['data.from: is missing; expected text']],
    ['credit.redeemed', { amount: 5, reference: 'r1' }, []],
    ['customer.merged', { from: 'a' }, ['data.into: is missing; expected text']],
    ['task.done', { task_id: 'task-1', result: 'solved' }, []],
    ['no.such', {}, ['type: "no.such" is not in the catalogue; declare it in events.yaml']],
  ])('of type %s is told what is wrong: %j', (type, data, told) => {
    expect(faults(type, data)).toEqual(told);
  });

  it('does not take what every object inherits for a field', () => {
    const { catalogue: odd } = load('e: { constructor: text }');
    expect(odd.validate('e', {})).toEqual([{ place: 'data.constructor', message: 'is missing; expected text' }]);
  });
});

describe('a JSON Schema in the catalogue', () => {
  const { catalogue, told } = load(`
order.placed:
  schema:
    type: object
    required: [id]
    properties:
      id: { type: integer }
      customer: { type: object, properties: { age: { type: number }, mail: { type: string, format: email } } }
      items: { type: array, items: { type: string } }
`);

  it('checks the data', () => {
    expect(told).toEqual([]);
    expect(catalogue.validate('order.placed', { id: 1, customer: { age: 3 } })).toEqual([]);
    expect(catalogue.validate('order.placed', { id: 'x', customer: { mail: 'no' }, items: [1] })).toEqual([
      { place: 'data.id', message: 'must be integer' },
      { place: 'data.customer.mail', message: 'must match format "email"' },
      { place: 'data.items[0]', message: 'must be string' },
    ]);
  });

  it('tells what can be summed and tied', () => {
    expect(catalogue.eventKind('order.placed')).toEqual({ kind: 'any' });
    expect(catalogue.numericFields('order.placed')).toEqual(['id', 'customer.age']);
    expect(catalogue.hasField('order.placed', ['customer', 'age'])).toBe(true);
    expect(catalogue.hasField('order.placed', ['customer', 'agee'])).toBe(false);
  });

  it('must be one', () => {
    expect(load('e:\n  schema: { type: nonsense }\n').told).toEqual([
      expect.stringMatching(/^events.yaml:2:11: this is no JSON Schema: /),
    ]);
  });
});

describe('a wrong catalogue', () => {
  it.each([
    ['a: { b: txt }\n', 'events.yaml:1:9: "txt" is no kind; did you mean "text"?'],
    [
      'a: { b: zzzzzz }\n',
      'events.yaml:1:9: "zzzzzz" is no kind; expected text, integer, number, money, boolean, time, date, [kind] or {…}',
    ],
    ['a: { b: [text, text] }\n', 'events.yaml:1:9: expected one kind between the brackets, such as [text]'],
    [
      'a: { b: }\n',
      'events.yaml:1:9: expected text, integer, number, money, boolean, time, date, [kind] or {…}, got nothing',
    ],
    [
      'a: { b c: text }\n',
      'events.yaml:1:6: "b c" is no name for a field; expected letters, digits and "_", such as repair_id',
    ],
    ['a: { b: text, b?: text }\n', 'events.yaml:1:15: "b" stands here twice; a field may be given once'],
    ['a: text\n', 'events.yaml:1:4: expected the fields of "a" as a mapping, such as { repair_id: text }, got "text"'],
    ['a: { data: { b: text }, broadcast: 5 }\n', 'events.yaml:1:36: expected true or false, got 5'],
    [
      'a: { data: { b: text }, max_agee: 1 day }\n',
      'events.yaml:1:25: "max_agee" is no key of "a"; did you mean "max_age"?',
    ],
    [
      'a: { data: { b: text }, schema: { type: object } }\n',
      'events.yaml:1:1: "a" has both data and schema; keep one of them',
    ],
    [
      'message.delivered: { a: text }\n',
      'events.yaml:1:1: the engine knows the event type "message.delivered" already; leave it out',
    ],
    [
      'webhook.answered: { status: integer }\n',
      'events.yaml:1:1: the engine knows the event type "webhook.answered" already; leave it out',
    ],
    ['"a b": { a: text }\n', 'events.yaml:1:1: "a b" is no event type; expected a name such as repair.received'],
    ['- a\n', 'events.yaml:1:1: expected event types and their fields, got a list'],
  ])('%j is told', (events, message) => {
    expect(load(events).told).toEqual([message]);
  });

  it.each([
    ['phone: text\n', 'customers.yaml:1:1: every customer has "phone" already; leave it out'],
    ['consent?: text\n', 'customers.yaml:1:1: every customer has "consent" already; leave it out'],
    ['- a\n', 'customers.yaml:1:1: expected attributes and their kinds, such as "tier: text", got a list'],
  ])('customers of %j are told', (customers, message) => {
    expect(load('', customers).told).toEqual([message]);
  });
});

describe("the business's own attributes", () => {
  it('stand beside the built-in ones, and may all be absent', () => {
    const { catalogue } = load('', 'tier: text\nsince?: date\n');
    expect(catalogue.customer.fields['tier']).toEqual({ kind: { kind: 'text' }, optional: true });
    expect(catalogue.customer.fields['name']).toEqual({ kind: { kind: 'text' }, optional: true });
    expect(catalogue.customer.fields['id']).toEqual({ kind: { kind: 'text' }, optional: false });
  });

  it('may be declared in the long form', () => {
    const { catalogue, told } = load('', 'description: ours\ndata: { tier: text }\n');
    expect(told).toEqual([]);
    expect(catalogue.customer.fields['tier']).toBeDefined();
    expect(catalogue.customer.fields['description']).toBeUndefined();
  });
});
