import type { ApiResponseOptions } from '@nestjs/swagger';

export type Schema = NonNullable<Extract<ApiResponseOptions, { schema: unknown }>['schema']>;

export const string: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };

export function object(properties: Record<string, Schema>, required = Object.keys(properties)): Schema {
  return { type: 'object', properties, required };
}

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

export function orNull(schema: Schema): Schema {
  return { ...schema, nullable: true };
}

const refusal = object({
  place: { ...string, example: 'data.cost' },
  message: { ...string, example: 'is missing; expected money' },
});

export const errors: Schema = object({ errors: list(refusal) });

export const eventExample = {
  specversion: '1.0',
  id: '4711-received',
  source: '/shop',
  type: 'repair.received',
  subject: 'customer-1',
  time: '2026-11-21T10:00:00+03:30',
  data: { repair_id: '4711', device: 'iPhone 13' },
};

export const cloudEvent: Schema = {
  ...object(
    {
      specversion: { ...string, enum: ['1.0'] },
      id: {
        ...string,
        maxLength: 256,
        description: 'With source and subject it names the event: one seen before changes nothing',
      },
      source: { ...string, maxLength: 1024 },
      type: { ...string, description: 'A type of events.yaml' },
      subject: { ...string, maxLength: 256, description: "The customer's id; a first event creates the customer" },
      time: { ...string, format: 'date-time', description: 'Absent: the arrival' },
      datacontenttype: { ...string, enum: ['application/json'] },
      data: { type: 'object', additionalProperties: true, description: 'As events.yaml declares it for the type' },
    },
    ['specversion', 'id', 'source', 'type', 'subject'],
  ),
  example: eventExample,
};

export const cloudEvents: Schema = { ...list(cloudEvent), example: [eventExample] };

const slip: Schema = { ...string, example: 'unknown attribute "phne"; did you mean phone?' };

export const eventsAnswer: Schema = {
  ...object(
    {
      accepted: count,
      duplicates: count,
      rejected: list(object({ index: count, id: string, errors: list(refusal) }, ['index', 'errors'])),
      warnings: {
        ...list(object({ index: count, id: string, messages: list(slip) })),
        description:
          'Of `customer.updated` events that were taken: attributes that neither the language nor customers.yaml knows, and consent to purposes that policy.yaml does not; absent where there are none',
      },
    },
    ['accepted', 'duplicates', 'rejected'],
  ),
  example: { accepted: 1, duplicates: 0, rejected: [] },
};

export const profile: Schema = {
  type: 'object',
  additionalProperties: true,
  description: 'What is known of a customer: the built-in attributes and those of customers.yaml',
  properties: {
    name: string,
    phone: { ...string, description: 'In any Iranian or international form; kept as E.164' },
    email: string,
    locale: string,
    timezone: string,
    birth_date: { ...string, format: 'date' },
    consent: { type: 'object', additionalProperties: { type: 'boolean', nullable: true } },
  },
  example: { name: 'سارا', phone: '09121234567', consent: { marketing: true } },
};

export const putAnswer: Schema = object(
  {
    id: string,
    created: { type: 'boolean' },
    changed: { type: 'boolean' },
    attributes: { type: 'object', additionalProperties: true },
    consent: { type: 'object', additionalProperties: { type: 'boolean' } },
    warnings: {
      ...list(slip),
      description: 'Attributes that neither the language nor customers.yaml knows; absent where there are none',
    },
  },
  ['id', 'created', 'changed', 'attributes', 'consent'],
);

export const timelineAnswer: Schema = object({
  customer: object({ id: string, created_at: { ...string, format: 'date-time' } }),
  items: list({
    ...object({
      at: { ...string, format: 'date-time' },
      kind: { ...string, enum: ['change', 'event', 'entered', 'message', 'suppressed', 'ended'] },
    }),
    additionalProperties: true,
  }),
  next: orNull({ ...string, description: 'The "before" of the next page; null on the last' }),
});

export const journeysAnswer: Schema = object({
  journeys: list(
    object({
      name: string,
      title: orNull(string),
      purpose: string,
      version: string,
      draft: { type: 'boolean' },
      people: object({ active: count, watching: count }),
    }),
  ),
});

const pauseKind: Schema = { ...string, enum: ['all', 'journey', 'channel', 'purpose'] };
const pauseName: Schema = { ...string, description: 'Of the journey, channel or purpose; empty for all' };

const pauses = list(
  object({ kind: pauseKind, name: pauseName, since: { ...string, format: 'date-time' }, reason: string }),
);

export const pausesAnswer: Schema = object({ paused: pauses });

export const pauseAnswer: Schema = object({
  changed: { ...list(object({ kind: pauseKind, name: pauseName })), description: 'What was not so before' },
  paused: pauses,
});

export const pauseScope: Schema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  description: 'Each name pauses by itself: a message that belongs to one of them does not leave',
  properties: { all: { type: 'boolean', enum: [true] }, journey: string, channel: string, purpose: string },
  example: { journey: 'repair-status' },
};

export const cancelSelection: Schema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  description: 'Messages that fit all that is given',
  properties: Object.fromEntries(
    ['message', 'journey', 'customer', 'channel', 'purpose', 'template'].map((name) => [name, string]),
  ),
  example: { journey: 'repair-status', customer: 'customer-1' },
};

export const cancelAnswer: Schema = object({
  withdrawn: count,
  under_way: {
    ...count,
    description: 'Being sent just now, or of unknown fate: they may arrive, and are not tried again',
  },
});

const texts = Object.fromEntries(
  ['id', 'customer', 'journey', 'step', 'template', 'purpose', 'channel', 'address', 'state'].map((name) => [
    name,
    string,
  ]),
);

export const messagesAnswer: Schema = object({
  messages: list(
    object({
      ...texts,
      key: orNull(string),
      text: orNull({ ...string, description: 'Null for e-mail, whose text is made when it leaves' }),
      attempts: count,
      created_at: { ...string, format: 'date-time' },
      settled_at: orNull({ ...string, format: 'date-time' }),
      provider: orNull(string),
      provider_id: orNull(string),
      reason: orNull(string),
      receipt: orNull({ ...string, description: 'What the provider told later: delivered, failed' }),
      receipt_at: orNull({ ...string, format: 'date-time' }),
    }),
  ),
  next: orNull({ ...string, description: 'The "before" of the next page; null on the last' }),
});
