import {
  anyOf,
  boolean,
  described,
  document,
  integer,
  mapping,
  oneOf,
  oneOrMore,
  pattern,
  text,
  type Schema,
} from './schema.js';
import { stepDefinitions } from './steps.js';
import {
  audience,
  caps,
  condition,
  definitionsOf,
  duration,
  eventType,
  hours,
  instant,
  kebab,
  limit,
  occasion,
  offset,
  purposeName,
  share,
  timeOfDay,
} from './values.js';
import type { Vocabulary } from './vocabulary.js';

/** `journeys/<name>.yaml`. */
export function journeySchema(vocabulary: Vocabulary): Schema {
  const properties = {
    journey: described('A unique kebab-case name, the file’s own.', pattern(kebab)),
    ...forPeople,
    ...entering(),
    ...leaving(),
    steps: described('What happens, in this order.', { $ref: '#/definitions/steps' }),
    at_end: described('Done however it ends: set, emit, task, take_back and webhook.', {
      $ref: '#/definitions/endSteps',
    }),
  };
  const required = ['journey', 'purpose', 'trigger', 'steps'];
  const title = 'A journey of Peyk';
  return document(title, 'What happens to a customer, and when.', mapping(properties, required), {
    ...definitionsOf(vocabulary),
    ...stepDefinitions(vocabulary),
  });
}

const forPeople = {
  title: described('For people.', text),
  description: described('For people.', text),
  owner: described('For people.', text),
  tags: described('For people.', oneOrMore(text)),
  draft: described('true: checked, simulated, tested, never started.', boolean),
};

function entering(): Record<string, Schema> {
  return {
    runs: described('The time in which it starts people.', mapping({ from: instant, to: instant })),
    purpose: described('A purpose declared in policy.yaml.', purposeName),
    policy: described(
      'In addition to the purpose’s: tighter, never looser.',
      mapping({ caps, quiet_hours: hours, not_after: limit }),
    ),
    priority: described('1 (first) to 9: who gets a scarce cap slot.', integer(1, 9)),
    about: described('A field of the triggering event, or =expression: one enrolment for each value.', text),
    trigger: described('What starts it.', oneOrMore(trigger())),
    entry: described(
      'When somebody may enter again.',
      mapping({
        again: described('always, never, or after 30 days.', pattern('^(always|never|after +.+)$')),
        while_inside: described('When it starts again for someone inside.', oneOf(['ignore', 'restart', 'update'])),
      }),
    ),
    limits: described(
      'Past one of them the journey pauses itself.',
      mapping({
        entries: anyOf(integer(1), pattern('^\\d+( +per +.+)?$')),
        credit: pattern('^\\d+ (toman|rial)s?( +per +.+)?$'),
      }),
    ),
    holdout: described('The share kept out as the control group.', share),
    on_change: described('What happens to people inside when the file changes.', oneOf(['pin', 'move', 'exit'])),
    renamed: described('Under on_change: move, the new ids of steps.', {
      type: 'object',
      additionalProperties: { type: 'string' },
    }),
    lasts_at_most: described('The longest that an enrolment lives (1 year).', duration),
  };
}

function leaving(): Record<string, Schema> {
  const goal = {
    event: eventType,
    when: condition,
    value: described('An expression to sum.', { type: ['string', 'number'] }),
    within: described('So long after the entry it still counts (30 days).', duration),
    continue: described('true: it does not end the enrolment.', boolean),
  };
  return {
    exit: described(
      'Leaves at once, even in the middle of a wait.',
      oneOrMore(mapping({ event: eventType, when: condition })),
    ),
    goal: described('Counted once an enrolment; ends it.', oneOrMore(mapping(goal))),
  };
}

function trigger(): Schema {
  const common = {
    when: condition,
    audience: described('Who may be started; everyone is built in.', audience),
    max_age: described('How old it may be and still start somebody (1 day).', duration),
    as: described('A name, for started_by.', text),
  };
  const kind = (main: string, says: string, schema: Schema, options: Record<string, Schema> = {}): Schema =>
    described(says, mapping({ [main]: schema, ...options, ...common }, [main]));
  const at = timeOfDay;
  const every = [
    'day',
    'month',
    'saturday',
    'sunday',
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'sat',
    'sun',
    'mon',
    'tue',
    'wed',
    'thu',
    'fri',
  ];
  const inputs = { type: 'object', additionalProperties: true };
  return anyOf(
    kind('event', 'An event.', eventType),
    kind('every', 'Each day, weekday or month.', oneOf(every), { at }),
    kind('cron', 'POSIX’s five fields, on the workspace’s clock.', pattern('^\\S+( +\\S+){4}$', '0 18 1,15 * *')),
    kind('occasion', 'An occasion of occasions.yaml.', occasion, { offset, at, edge: oneOf(['start', 'end']) }),
    kind('anniversary', 'A date of the customer’s, each year.', pattern('^customer\\.', 'customer.birth_date'), {
      calendar: oneOf(['jalali', 'gregorian']),
      at,
    }),
    kind('absence', 'None of these events for so long.', oneOrMore(eventType), { for: duration, at }),
    kind('credit_expiring', 'So long before credit expires.', duration, { at }),
    kind('manual', 'Launched by hand, with these inputs.', anyOf(inputs, { type: 'null' })),
  );
}
