import { commonFields, formOf, kindNames, lineKinds, type FieldForm } from '../simulate/cases/line-kinds.js';
import { reasonsOf } from '../simulate/cases/reasons.js';
import type { Kind } from '../simulate/cases/case.js';
import {
  anyOf,
  anything,
  boolean,
  described,
  document,
  integer,
  listOf,
  mapping,
  oneOf,
  oneOrMore,
  text,
  type Schema,
} from './schema.js';
import { audience, channel, definitionsOf, eventType, instant, journeyName, money, template } from './values.js';
import type { Vocabulary } from './vocabulary.js';

/** `journeys/<name>.cases.yaml`. */
export function casesSchema(vocabulary: Vocabulary): Schema {
  const result = oneOf(['failed', 'silent']);
  const one = mapping(
    {
      name: described('What this case shows, in a few words.', text),
      customers: described('Who is there before the first event.', listOf(customer(vocabulary))),
      timeline: described('What happens.', listOf(item())),
      from: described('Events before it are history: they start nothing.', instant),
      until: described('The last instant.', instant),
      journeys: described('Others that run too.', oneOrMore(journeyName)),
      channel_results: described(
        'Where it is not a delivery.',
        mapping(Object.fromEntries(vocabulary.channels.map((name) => [name, result]))),
      ),
      webhook_results: described('What web hooks answer, by step.', {
        type: 'object',
        additionalProperties: mapping({ status: integer(100, 599), body: anything }),
      }),
      expect: described(
        'What happens, in order. What is sent, suppressed, deferred, granted and exited must be listed.',
        listOf(expected()),
      ),
    },
    ['name', 'until'],
  );
  return document(
    'Cases of a journey',
    'What the journey is expected to do.',
    mapping({ cases: listOf(one) }, ['cases']),
    definitionsOf(vocabulary),
  );
}

function customer({ attributes }: Vocabulary): Schema {
  const names = Object.fromEntries(attributes.map((name) => [name, name === 'consent' ? consent : anything]));
  return { type: 'object', properties: { ...names, id: text }, required: ['id'] };
}

const consent = described('{ marketing: true }', { type: 'object', additionalProperties: boolean });

function item(): Schema {
  const event = mapping(
    {
      ...{ type: eventType, subject: described('The customer’s id.', text), data: { type: 'object' } },
      ...{ time: described('Its own time, where it is not at.', instant), arrives_at: instant },
      ...{ id: text, source: text, specversion: text, datacontenttype: text },
    },
    ['type'],
  );
  const launch = anyOf({ type: 'null' }, mapping({ audience: audience, inputs: { type: 'object' } }));
  return anyOf(mapping({ at: instant, event }, ['at', 'event']), mapping({ at: instant, launch }, ['at', 'launch']));
}

function expected(): Schema {
  return anyOf(...kindNames.map((kind) => expectedKind(kind)));
}

function expectedKind(kind: Kind): Schema {
  const { main, others } = lineKinds[kind];
  const fields = [...commonFields, ...others].map((field) => [field, mayBeNothing(fieldSchema(field, kind))]);
  const contains = kind === 'sent' ? { text_contains: described('Texts that stand in it.', oneOrMore(text)) } : {};
  const anyValue = kind === 'goal' || kind === 'waiting' ? [boolean] : [];
  const mainSchema = anyOf(fieldSchema(main, kind), { type: 'null' }, ...anyValue);
  return mapping({ [kind]: mainSchema, ...(Object.fromEntries(fields) as Record<string, Schema>), ...contains }, [
    kind,
  ]);
}

/** Nothing: the field is not there. */
function mayBeNothing(schema: Schema): Schema {
  return anyOf(schema, { type: 'null' });
}

function fieldSchema(field: string, kind: Kind): Schema {
  const reasons = reasonsOf(kind, undefined);
  if (field === 'reason' && reasons !== undefined) return oneOf(reasons);
  return named[field] ?? forms[formOf(field)];
}

const named: Readonly<Record<string, Schema | undefined>> = { template, channel, journey: journeyName };

const forms: Readonly<Record<FieldForm, Schema>> = {
  instant,
  amount: anyOf(money, integer(0)),
  number: integer(0),
  data: anything,
  branch: text,
  address: text,
  text,
};
