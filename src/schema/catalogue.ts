import {
  anyOf,
  boolean,
  described,
  document,
  listOf,
  mapping,
  named,
  oneOf,
  oneOrMore,
  pattern,
  text,
  integer,
  type Schema,
} from './schema.js';
import { date, duration } from './values.js';

const kind: Schema = { $ref: '#/definitions/kind' };
const definitions = {
  kind: described(
    'text, integer, number, money, boolean, time, date, [kind] or { … }; ? after a name marks what may be absent.',
    anyOf(
      oneOf(['text', 'integer', 'number', 'money', 'boolean', 'time', 'date']),
      { type: 'array', items: kind, minItems: 1, maxItems: 1 },
      { $ref: '#/definitions/fields' },
    ),
  ),
  fields: named('^[A-Za-z_]\\w*\\??$', kind),
};

/** `journeys/events.yaml`. */
export function eventsSchema(): Schema {
  const long = {
    data: { $ref: '#/definitions/fields' },
    schema: described('A JSON Schema instead of data.', { type: 'object' }),
    description: text,
    max_age: described('How old one may be and still start a journey.', duration),
    broadcast: described('It has no subject: its trigger is tried on every member of its audience.', boolean),
  };
  const isLong: Schema = {
    anyOf: ['data', 'schema'].map((key) => ({ properties: { [key]: { type: 'object' } }, required: [key] })),
  };
  const type: Schema = {
    anyOf: [
      { type: 'null' },
      { type: 'object', if: isLong, then: mapping(long), else: { $ref: '#/definitions/fields' } },
    ],
  };
  return document(
    'events.yaml',
    'The types of events that come in.',
    named('^[A-Za-z0-9][\\w.:/-]*$', type),
    definitions,
  );
}

/** `journeys/customers.yaml`. */
export function customersSchema(): Schema {
  const isLong = { properties: { data: { type: 'object' } }, required: ['data'] };
  const long = mapping({ data: { $ref: '#/definitions/fields' }, description: text });
  const own = {
    anyOf: [{ type: 'null' }, { type: 'object', if: isLong, then: long, else: { $ref: '#/definitions/fields' } }],
  };
  return document('customers.yaml', 'The business’s own attributes of a customer.', own, definitions);
}

/** `journeys/audiences.yaml` and `journeys/scores.yaml`. */
export function expressionsSchema(title: string, description: string): Schema {
  const expression = described('An expression in CEL.', { type: ['string', 'number', 'boolean'] });
  const all = { anyOf: [{ type: 'null' }, named('^[a-z0-9]+(-[a-z0-9]+)*$', expression)] };
  return document(title, description, all);
}

/** `journeys/occasions.yaml`. */
export function occasionsSchema(): Schema {
  const day = described('A month and a day: 09-30.', pattern('^\\d\\d-\\d\\d$', '09-30'));
  const range = mapping({ from: date, to: date }, ['from', 'to']);
  const dates = described('These days; one of them wins over the computed lunar one.', oneOrMore(date));
  const days = described('How many days it lasts.', integer(1, 350));
  const yearly = ['jalali', 'gregorian', 'hijri'].map((calendar) =>
    mapping({ [calendar]: day, dates, days }, [calendar]),
  );
  const occasion = anyOf(...yearly, mapping({ dates, days }, ['dates']), range, listOf(range, 1));
  const all = { anyOf: [{ type: 'null' }, named('^[^\\s=]+$', occasion)] };
  return document('occasions.yaml', 'The days that journeys and policy know by name.', all);
}
