import {
  anyOf,
  anything,
  boolean,
  described,
  integer,
  listOf,
  mapping,
  oneOf,
  oneOrMore,
  pattern,
  text,
  type Schema,
} from './schema.js';
import {
  amount,
  channel,
  condition,
  duration,
  eventType,
  expression,
  kebab,
  limit,
  moment,
  name,
  purposeName,
  share,
  template,
  timeOfDay,
} from './values.js';
import type { Vocabulary } from './vocabulary.js';

const steps: Schema = { $ref: '#/definitions/steps' };
const saveAs = described('A name for what comes of it, for expressions and templates below.', name);
const since = described('Which earlier events count.', oneOf(['entry', 'last_wait']));
const weekdays = ['sat', 'sun', 'mon', 'tue', 'wed', 'thu', 'fri'];

/** The definitions that a journey's steps need; the kinds of section 5. */
export function stepDefinitions(vocabulary: Vocabulary): Record<string, Schema> {
  const kinds = stepKinds(vocabulary);
  const atEnd = ['set', 'emit', 'task', 'take_back', 'webhook'];
  return {
    steps: { type: 'array', items: { $ref: '#/definitions/step' } },
    step: anyOf(...Object.keys(kinds).map((kind) => ({ $ref: `#/definitions/step-${kind}` }))),
    endSteps: listOf(anyOf(...atEnd.map((kind) => ({ $ref: `#/definitions/step-${kind}` })))),
    ...Object.fromEntries(Object.entries(kinds).map(([kind, schema]) => [`step-${kind}`, schema])),
  };
}

interface Kind {
  readonly says: string;
  readonly main: Schema;
  readonly options?: Readonly<Record<string, Schema>>;
}

function stepKinds(vocabulary: Vocabulary): Record<string, Schema> {
  const kinds: Record<string, Kind> = { ...messages(), ...waits(), ...branches(), ...deeds(vocabulary) };
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, { says, main, options = {} }]) => [kind, step(kind, says, main, options)]),
  );
}

function step(kind: string, says: string, main: Schema, options: Readonly<Record<string, Schema>>): Schema {
  const id = described('The id of this step, kebab-case; it stays when steps are moved.', pattern(kebab));
  return described(says, mapping({ [kind]: described(says, main), id, ...options }, [kind]));
}

function messages(): Record<string, Kind> {
  const options = {
    via: described(
      'The channels to try, in this order; reply: where they last wrote.',
      oneOrMore(anyOf(channel, oneOf(['reply']))),
    ),
    with: described('More names for the template.', { type: 'object' }),
    purpose: described('Another purpose than the journey’s.', purposeName),
    fallback_after: described('The next channel, if there is no receipt by then.', duration),
    not_after: described('Later than this it is not sent.', limit),
    else: described('Done when it was suppressed or failed on every channel.', steps),
  };
  const ask = {
    answers: described('1..5, a list, { yes: [1, بله], no: [2, نه] }, or text.', answers),
    within: described('How long an answer is waited for (3 days).', limit),
    unless: described('One of these events closes it.', oneOrMore(eventType)),
    reask: described('How often it is sent again after a reply that fits none.', integer(0)),
    save_as: saveAs,
  };
  return {
    send: { says: 'Sends a template.', main: template, options },
    ask: { says: 'Sends a template and waits for an answer.', main: template, options: { ...options, ...ask } },
  };
}

const word: Schema = { type: ['string', 'number', 'boolean'] };
const answers = anyOf(pattern('^\\d+\\.\\.\\d+$', '1..5'), oneOf(['text']), listOf(word, 1), {
  type: 'object',
  additionalProperties: oneOrMore(word),
});

function waits(): Record<string, Kind> {
  const window = {
    days: described('All days by default.', listOf(oneOf(weekdays), 1)),
    from: timeOfDay,
    to: timeOfDay,
    after: duration,
    at: timeOfDay,
  };
  const arm = mapping(
    {
      event: eventType,
      when: condition,
      since,
      save_as: saveAs,
      then: steps,
      stay: described('And goes on waiting.', boolean),
    },
    ['event'],
  );
  const clock = mapping({ after: duration, when: condition, then: steps }, ['after']);
  const late = { at_most: described('The longest that it waits.', limit), else: described('Done on time-out.', steps) };
  return {
    wait: {
      says: 'Waits so long, or until such a time.',
      main: anyOf(duration, oneOf(['working']), mapping(window)),
      options: { after: described('So long beforehand.', duration), at: timeOfDay },
    },
    wait_until: {
      says: 'Waits until a moment.',
      main: anyOf(oneOf(['best_hour']), moment, duration),
      options: {
        then: described('Done when it comes, not when it had passed.', steps),
        else: described('Done when it had passed.', steps),
      },
    },
    wait_for: {
      says: 'Waits for an event, or for the first of several.',
      main: anyOf(eventType, arm, listOf(anyOf(arm, clock), 1)),
      options: { when: condition, since, save_as: saveAs, ...late },
    },
  };
}

function branches(): Record<string, Kind> {
  const otherwise = mapping({ else: steps }, ['else']);
  return {
    choose: {
      says: 'Takes the first alternative whose condition is true.',
      main: listOf(anyOf(mapping({ when: condition, then: steps }, ['when']), otherwise), 1),
    },
    split: {
      says: 'Divides the customers by chance; what is left of 100% goes on.',
      main: listOf(mapping({ name: text, weight: share, then: steps }, ['name', 'weight']), 1),
    },
  };
}

function deeds(vocabulary: Vocabulary): Record<string, Kind> {
  const otherwise = described('Done where it fails.', steps);
  return {
    grant: {
      says: 'Gives the customer credit.',
      main: amount,
      options: {
        expires: limit,
        at_most: amount,
        round_to: described('Rounded down to whole steps of this.', amount),
        save_as: saveAs,
      },
    },
    take_back: {
      says: 'Takes back the rest of the grant, or the open task, saved under that name.',
      main: name,
      options: { at_most: amount, save_as: saveAs },
    },
    set: {
      says: 'Sets attributes of the customer.',
      main: { type: 'object', minProperties: 1, propertyNames: oneOf(vocabulary.attributes) },
    },
    emit: {
      says: 'Sends an event out, which comes back in.',
      main: eventType,
      options: { data: { type: 'object' }, subject: described('Default: this customer.', text) },
    },
    webhook: {
      says: 'Calls a web hook, signed and retried.',
      main: { type: 'string' },
      options: {
        method: oneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
        body: anything,
        time_out: duration,
        save_as: saveAs,
        else: otherwise,
      },
    },
    task: {
      says: 'Opens a task for somebody.',
      main: text,
      options: {
        assign_to: text,
        due: limit,
        results: described('What it may end in.', oneOrMore(text)),
        within: described('The journey waits until it is done, so long at most.', limit),
        save_as: saveAs,
        else: described('Done where it is not done in time.', steps),
      },
    },
    stop: { says: 'Ends the journey here, for this reason.', main: anyOf(text, expression) },
  };
}
