import { anyOf, boolean, described, mapping, oneOf, pattern, type Schema } from './schema.js';
import type { Vocabulary } from './vocabulary.js';

/** The values of the language (section 4). */
export const kebab = '^[a-z0-9]+(-[a-z0-9]+)*$';

export const expression = described(
  'An expression, as in a spreadsheet: = and then CEL.',
  pattern('^=', '=trigger.due_date'),
);

export const condition = described(
  'An expression in CEL, with and, or, not: event.amount >= toman(100000)',
  anyOf({ type: 'string' }, boolean),
);

const units = '(?:second|minute|hour|day|week|month|year|working hour|working day)s?';
export const duration = described(
  'A whole number and a unit: second, minute, hour, day, week, month, year, working hour, working day.',
  pattern(`^\\d+ +${units}$`, '2 days', '4 working hours'),
);
export const offset = described('A duration that may be negative.', pattern(`^[+-]?\\d+ +${units}$`, '-1 day'));
export const timeOfDay = described(
  'An hour of the day, in quotes: "18:00".',
  pattern('^\\d\\d:\\d\\d(:\\d\\d)?$', '18:00'),
);
export const hours = described(
  'Hours of the day, in quotes: "22:00-08:00".',
  pattern('^\\d\\d:\\d\\d *[-–] *\\d\\d:\\d\\d$', '22:00-08:00'),
);
export const date = described('A day: 2026-12-21, or Jalali 1405-09-30.', pattern('^\\d{4}-\\d\\d-\\d\\d$'));
export const instant = described(
  'An instant with its offset (2026-12-21T18:00:00+03:30), or a day.',
  pattern('^\\d{4}-\\d\\d-\\d\\d([Tt]\\d\\d:\\d\\d(:\\d\\d([.,]\\d+)?)?([Zz]|[+-]\\d\\d:?\\d\\d))?$'),
);
export const money = described(
  'Money with its unit: 20000 toman, 200000 rial.',
  pattern('^\\d+ (toman|rial)s?$', '20000 toman'),
);
export const amount = anyOf(money, expression);
export const share = described('A share: 5%.', pattern('^\\d+([.]\\d+)?%$', '5%'));
export const name = pattern('^[A-Za-z_]\\w*$');

/** What stands in `definitions`, so that each word is said once. */
const ref = (definition: string): Schema => ({ $ref: `#/definitions/${definition}` });

export const eventType = ref('eventType');
export const template = ref('template');
export const purposeName = ref('purpose');
export const audience = ref('audience');
export const occasion = ref('occasion');
export const channel = ref('channel');
export const journeyName = ref('journey');
export const moment = ref('moment');
/** Where a duration is allowed a moment is too, and the other way round. */
export const limit = ref('limit');

/** The workspace's own words, and the values that are made of several parts. */
export function definitionsOf(vocabulary: Vocabulary): Record<string, Schema> {
  return {
    eventType: described('A type of events.yaml, or one that the engine knows.', oneOf(vocabulary.events)),
    template: described('A folder of templates/.', oneOf(vocabulary.templates)),
    purpose: described('A purpose of policy.yaml.', oneOf(vocabulary.purposes)),
    audience: described('An audience of audiences.yaml, or everyone.', oneOf(vocabulary.audiences)),
    occasion: described('An occasion of occasions.yaml.', oneOf(vocabulary.occasions)),
    channel: oneOf(vocabulary.channels),
    journey: oneOf(vocabulary.journeys),
    moment: anyOf(instant, expression, ofOccasion, ofDate),
    limit: anyOf(duration, moment),
  };
}

const ofOccasion = described(
  'An occasion: the first one that is not before now.',
  mapping(
    {
      occasion: anyOf(occasion, expression),
      offset,
      at: timeOfDay,
      edge: described('The last day of one that lasts.', oneOf(['start', 'end'])),
    },
    ['occasion'],
  ),
);
const ofDate = described(
  'A date, moved and at an hour.',
  mapping({ date: anyOf(instant, expression), offset, at: timeOfDay }, ['date']),
);

const cap = pattern(`^\\d+ +per +\\d+ +${units}$`, '1 per 1 day');
export const caps = described(
  'So many messages in so long, for each customer: 1 per 1 day.',
  anyOf(cap, { type: 'array', items: cap }),
);
