import {
  anyOf,
  described,
  document,
  listOf,
  mapping,
  named,
  oneOf,
  oneOrMore,
  pattern,
  text,
  type Schema,
} from './schema.js';
import { audience, caps, channel, definitionsOf, hours, limit, money, occasion, purposeName, share } from './values.js';
import type { Vocabulary } from './vocabulary.js';

/** `journeys/policy.yaml`. */
export function policySchema(vocabulary: Vocabulary): Schema {
  const words = mapping({ words: listOf(text, 1), purposes: oneOrMore(purposeName) }, ['words', 'purposes']);
  const row = anyOf(listOf(channel, 1), mapping({ audience: audience, try: oneOrMore(channel) }, ['audience', 'try']));
  const properties = {
    timezone: described('The workspace’s clock, such as Asia/Tehran.', { type: 'string' }),
    calendar: described('What months, years and printed dates go by.', oneOf(['jalali', 'gregorian'])),
    working_hours: workingHours(),
    purposes: described(
      'In the order in which they leave when there is more than the rates allow.',
      named('^[a-z][a-z0-9_-]*$', purpose(vocabulary)),
    ),
    opt_out: described('Words that withdraw consent.', words),
    opt_in: described('Words that give consent.', words),
    channel_order: described(
      'The channels to try, in order; a row for an audience.',
      anyOf(listOf(channel, 1), listOf(row, 1)),
    ),
    channels: described('How each channel is served.', mapping(channels(vocabulary))),
  };
  return document(
    'policy.yaml',
    'The rules that every message keeps.',
    mapping(properties, ['purposes']),
    definitionsOf(vocabulary),
  );
}

function workingHours(): Schema {
  return described('On which days somebody works, and when.', {
    type: 'object',
    properties: { closed: described('Occasions on which nobody works.', oneOrMore(occasion)) },
    additionalProperties: oneOrMore(hours),
  });
}

function purpose(vocabulary: Vocabulary): Schema {
  return mapping({
    consent: described(
      'required, not_needed, or another purpose, whose consent counts.',
      oneOf(['required', 'not_needed', ...vocabulary.purposes]),
    ),
    quiet_hours: described('Messages wait until these hours are over.', hours),
    caps,
    when_capped: described('Past a cap: wait, or drop it.', oneOf(['defer', 'drop'])),
    blackout: described('Days on which nothing leaves.', oneOrMore(occasion)),
    except: described('Audiences that get none.', oneOrMore(audience)),
    not_after: described('Held longer than this, it is not sent.', limit),
    footer: described('Appended to SMS.', text),
    sample: described('The share that is sent: surveys are thinned out.', share),
    in_doubt: described('A message whose fate a crash left unknown.', oneOf(['again', 'never'])),
  });
}

function channels({ channels: names }: Vocabulary): Record<string, Schema> {
  const rate = pattern('^\\d+ +per +.+$', '50 per second');
  const settings = mapping(
    {
      provider: described('Who delivers it.', oneOrMore(text)),
      sender: described('The number or address that it comes from.', text),
      rate: described('So many messages in so long.', rate),
      cost: described('What a message costs; of SMS, a part.', money),
    },
    ['provider'],
  );
  return Object.fromEntries(names.map((name) => [name, anyOf(settings, listOf(anyOf(settings, text), 1))]));
}
