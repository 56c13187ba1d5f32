import type { Asked, Question, Seen } from '../../domain/journey/witness.js';
import type { HeardTurn } from '../testimony.js';
import { kindOfField, kindOfName, type Place } from './kinds.js';
import type { Speech } from './values.js';

type Files = Place['workspace'];

/** `trigger purchase: event.amount >= toman(100000) → no: event.amount is 50,000 rials`. */
export function tellAsked(asked: Asked, turn: HeardTurn, workspace: Files, speech: Speech): string {
  const { question, source, result } = asked;
  const rule = tellRule(question, turn, speech);
  if (source === undefined) return speech.say('no_condition', { rule });
  const place = { workspace, journey: turn.journey, event: question.event?.type ?? turn.event?.type };
  const seen = speech.list(asked.seen.map((one) => tellSeen(one, place, speech)));
  const said = speech.say(result === 'unknown' ? 'unknown' : result ? 'yes' : 'no');
  return speech.say(seen === '' ? 'asked' : 'asked_seen', { rule, source, result: said, seen });
}

function tellRule(question: Question, turn: HeardTurn, speech: Speech): string {
  const { event } = question;
  const rule = ruleOf(question, speech);
  // An event of the past, at entry or at a wait.
  const isEarlier = event !== undefined && event.id !== turn.event?.id;
  return isEarlier ? speech.say('of_event', { rule, at: speech.instant(event.time) }) : rule;
}

function ruleOf({ of, name, number }: Question, speech: Speech): string {
  if ((of === 'exit' || of === 'goal') && name !== undefined) return speech.say(`q_${of}_by`, { name });
  return speech.say(`q_${of}`, { name: name ?? '', number: number === undefined ? '' : speech.number(number) });
}

/** A name with its value, or what a call over history and standing found. */
export function tellSeen({ what, value, call }: Seen, place: Place, speech: Speech): string {
  if (call !== undefined) return tellCall({ call, value }, place, speech);
  if (value === undefined || value === null) return speech.say('is_unknown', { name: what });
  return speech.say('is', { name: what, value: speech.value(value, kindOfName(what, place)) });
}

interface Called {
  readonly call: NonNullable<Seen['call']>;
  readonly value: Seen['value'];
}

function tellCall({ call, value }: Called, place: Place, speech: Speech): string {
  const { of, name = '', from } = call;
  const since = from === undefined ? '' : speech.say('since', { at: speech.instant(from) });
  if (of === 'last' && value === undefined) return speech.say('last_none', { name });
  if (value === undefined) return speech.say('call_unknown', { name: name === '' ? of : name, since });
  return tellFound({ call, value }, since, place, speech);
}

const ofMoney = { kind: 'money' } as const;

function tellFound(
  { call: { of, name = '', field = '' }, value }: Called,
  since: string,
  place: Place,
  speech: Speech,
): string {
  switch (of) {
    case 'count':
    case 'events':
      return speech.say('count', { name, since, value: speech.text(value) });
    case 'sum': {
      const kind = kindOfField(name, field.split('.'), place.workspace.catalogue);
      return speech.say('sum', { name, field, since, value: speech.value(value, kind) });
    }
    case 'last':
      return speech.say('last', { name, value: speech.moment(value) });
    case 'quintile':
      return speech.say('quintile', { name, value: speech.text(value) });
    case 'credit':
    case 'rest':
    case 'spent':
      return speech.say(of, { name, since, value: speech.value(value, ofMoney) });
  }
}
