import { readBody } from '../../src/channels/guarded-http/call-result.js';
import { changed } from '../../src/domain/journey/facts.js';
import type { JsonObject } from '../../src/domain/json.js';
import { createEventValidator } from '../../src/intake/validate-event.js';
import { KeptCustomer } from '../given/desk.js';
import { compile, scopeWith } from '../given/expression.js';
import { givenWorkspace, journeyText, toldOf } from '../given/workspace.js';

/** What every object has without having been given it. */
const inherited = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];
/** `__proto__` and `prototype` cannot be names in a file, and are told so. */
const namable = inherited.filter((name) => name !== '__proto__' && name !== 'prototype');

const { workspace } = givenWorkspace({
  'journeys/events.yaml': 'visit: { shop?: text }\norder.placed: { schema: { type: object } }\n',
  'journeys/test.yaml': journeyText({ trigger: 'trigger: { event: visit }', steps: '  - stop: "{{customer.name}}"' }),
});
if (workspace === undefined) throw new Error('the workspace is not well');
const { catalogue } = workspace;
const validate = createEventValidator(catalogue);

/** As it comes in: only JSON.parse makes `__proto__` a name like any other. */
const jsonWith = (name: string, value: unknown): JsonObject =>
  JSON.parse(`{${JSON.stringify(name)}: ${JSON.stringify(value)}}`) as JsonObject;
const eventWith = (type: string, data: JsonObject) => ({
  ...{ specversion: '1.0', id: 'e1', source: '/shop', type, subject: 'c1', data },
});

/** Whatever was done: nothing has reached what all objects share, nor our own tables. */
afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(inherited.slice(0, -1));
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  expect(catalogue.checkCustomer({ phone: '09121234567', email: 'A@Example.com' })).toMatchObject({
    patch: { phone: '+989121234567', email: 'A@example.com' },
    problems: [],
  });
  expect(catalogue.checkCustomer({ phone: 'x', timezone: 'Mars' }).problems).toHaveLength(2);
});

describe.each(inherited)('an attribute named %s', (name) => {
  it.each(['phone', 'timezone', 'x', true, 7, { admin: true }, ['admin']])('is kept as it is: %j', (value) => {
    const { patch } = catalogue.checkCustomer(jsonWith(name, value));
    expect(Object.getOwnPropertyDescriptor(patch, name)?.value).toEqual(value);
    const after = changed({ id: 'c1', attributes: {}, consent: {}, closed: {} }, patch);
    expect(Object.getPrototypeOf(after.attributes)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(after.attributes, name)?.value).toEqual(value);
    // And is forgotten again.
    expect(Object.hasOwn(changed(after, jsonWith(name, null)).attributes, name)).toBe(false);
  });

  it('deep inside is one too', () => {
    const deep = { inner: jsonWith(name, { admin: true }) };
    const before = { id: 'c1', attributes: { inner: { a: 1 } }, consent: {}, closed: {} };
    const { attributes } = changed(before, catalogue.checkCustomer(deep).patch);
    expect(JSON.parse(JSON.stringify(attributes))).toEqual({ inner: { a: 1, ...jsonWith(name, { admin: true }) } });
    expect((attributes['inner'] as { admin?: boolean }).admin).toBeUndefined();
  });

  it('in an event is data or refused, and a purpose of that name is nobody’s consent', () => {
    const validated = validate(eventWith('order.placed', jsonWith(name, { admin: true })));
    expect('refusals' in validated).toBe(name === '__proto__');
    const customer = new KeptCustomer(workspace, { phone: '+989121234567', name: 'سارا' });
    customer.take({ type: 'customer.updated', at: 0, data: jsonWith(name, 'x') });
    customer.take({ type: 'customer.updated', at: 1, data: { consent: jsonWith(name, true) } });
    customer.take({ type: 'consent.withdrawn', at: 2, data: { purpose: name } });
    customer.take({ type: 'order.placed', at: 3, data: jsonWith(name, { admin: true }) });
    customer.take({ type: 'visit', at: 4 });
    expect(customer.trace).toMatchObject([{ kind: 'entered' }, { kind: 'exited', reason: 'سارا' }]);
  });

  it('is no type of event, nor a customer’s id that does harm', () => {
    expect(validate(eventWith(name, {}))).toHaveProperty('refusals');
    expect(validate({ ...eventWith('visit', {}), subject: name, id: name, source: name })).toHaveProperty('event');
  });

  it('is reached in expressions as data only', () => {
    const scope = scopeWith({ trigger: { extra: {} } });
    for (const source of [`trigger.extra["${name}"]`, `trigger.extra["${name}"]["${name}"]`]) {
      expect(compile(source).expression?.evaluate(scope)).toBeUndefined();
    }
    const given = scopeWith({ trigger: { extra: jsonWith(name, 'mine') } });
    expect(compile(`trigger.extra["${name}"]`).expression?.evaluate(given)).toBe('mine');
  });
});

describe.each(namable)('a name of the files’ own, %s,', (name) => {
  it('is one like any other: the checker does not fall over it', () => {
    const steps = (save: string) => `  - choose:
      - when: event.repair_id == "1"
        then: [{ task: call, within: 1 day, save_as: ${save} }]
      - when: event.repair_id == "2"
        then: [{ webhook: https://example.com, save_as: ${save} }]
  - choose: [ { when: known(${save}), then: [{ stop: there }] } ]
  - set: { ${save}: x }
  - { send: hello, with: { ${save}: 1 } }`;
    const like = (save: string) =>
      toldOf({
        'journeys/test.yaml': journeyText({ steps: steps(save).replaceAll('event.', 'trigger.') }),
        'journeys/customers.yaml': `tier: text\n${save}: text\n`,
        'journeys/events.yaml': `repair.received: { repair_id: text, ${save}?: text }\n`,
      }).map((line) => line.replaceAll(save, 'NAME'));
    expect(like(name)).toEqual(like('ordinary_name'));
  });
});

describe('an answer from outside', () => {
  it.each(inherited)('that names %s is data, or text', (name) => {
    const body = readBody(Buffer.from(JSON.stringify(jsonWith(name, { admin: true }))), false);
    expect(typeof body).toBe(name === '__proto__' ? 'string' : 'object');
  });
});
