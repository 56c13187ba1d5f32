import { isJsonObject, type Json, type JsonObject } from '../domain/json.js';
import type { Language } from '../language/language.js';
import { phrase, type Phrase } from './phrases.js';
import { sayList, sayValue } from './said-values.js';
import { sayStep, type SaidStep } from './say-step.js';

/** A journey's file as sentences, in the order in which one would tell it. */
export function readAloud(journey: JsonObject, language: Language): readonly string[] {
  const say = (name: Phrase, slots: Readonly<Record<string, string>> = {}): string => phrase(language, name, slots);
  const value = (name: string): string => sayValue(journey[name], language);
  const title = value('title');
  return [
    title === '' ? value('journey') : `${value('journey')} — ${title}`,
    ...(value('description') === '' ? [] : [say('description', { text: value('description') })]),
    ...(journey['draft'] === true ? [say('draft')] : []),
    say('starts', {
      trigger: all(journey['trigger'])
        .map((one) => sayTrigger(one, language))
        .join(say('or')),
    }),
    ...sayEntry(journey, language),
    say('purpose', { purpose: value('purpose') }),
    ...all(journey['exit']).map((rule) => say('exit', { rule: sayRule(rule, language) })),
    ...all(journey['goal']).map((rule) => say('goal', { rule: sayRule(rule, language) })),
    say('steps'),
    ...sayBlock(journey['steps'], language, 1),
    ...(journey['at_end'] === undefined ? [] : [say('at_end'), ...sayBlock(journey['at_end'], language, 1)]),
  ];
}

export function all(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function sayTrigger(trigger: Json, language: Language): string {
  if (!isJsonObject(trigger)) return sayValue(trigger, language);
  const slot = (name: string): string => sayValue(trigger[name], language);
  const when = slot('when');
  const audience = slot('audience');
  return [
    sayStart(trigger, language),
    when === '' ? '' : phrase(language, 'trigger_when', { when }),
    audience === '' ? '' : phrase(language, 'trigger_audience', { audience }),
  ].join('');
}

function sayStart(trigger: JsonObject, language: Language): string {
  const slot = (name: string): string => sayValue(trigger[name], language);
  if ('event' in trigger) return phrase(language, 'on_event', { event: slot('event') });
  if ('every' in trigger) return phrase(language, 'on_every', { every: slot('every'), at: slot('at') });
  if ('cron' in trigger) return phrase(language, 'on_cron', { cron: slot('cron') });
  if ('occasion' in trigger) return phrase(language, 'on_occasion', { occasion: sayValue(trigger, language) });
  if ('anniversary' in trigger)
    return phrase(language, 'on_anniversary', { field: slot('anniversary'), at: slot('at') });
  if ('absence' in trigger)
    return phrase(language, 'on_absence', { for: slot('for'), events: sayList(all(trigger['absence']), language) });
  if ('credit_expiring' in trigger) return phrase(language, 'on_credit', { lead: slot('credit_expiring') });
  return phrase(language, 'on_manual');
}

function sayEntry(journey: JsonObject, language: Language): readonly string[] {
  const entry = isJsonObject(journey['entry'] ?? null) ? (journey['entry'] as JsonObject) : {};
  const said: string[] = [];
  const about = sayValue(journey['about'], language);
  if (about !== '') said.push(phrase(language, 'about', { about }));
  if (entry['again'] === 'never') said.push(phrase(language, 'once'));
  const after = /^after +(.+)$/.exec(sayValue(entry['again'], 'en'))?.[1];
  if (after !== undefined) said.push(phrase(language, 'again', { duration: sayValue(after, language) }));
  if (entry['while_inside'] === 'restart') said.push(phrase(language, 'restart'));
  if (entry['while_inside'] === 'update') said.push(phrase(language, 'update'));
  const limits = sayValue(journey['limits'], language);
  if (limits !== '') said.push(phrase(language, 'limits', { limits }));
  const share = sayValue(journey['holdout'], language);
  if (share !== '') said.push(phrase(language, 'holdout', { share }));
  return said;
}

function sayRule(rule: Json, language: Language): string {
  if (!isJsonObject(rule)) return sayValue(rule, language);
  const event = sayValue(rule['event'], language);
  const when = sayValue(rule['when'], language);
  if (when === '') return phrase(language, 'rule_event', { event });
  return event === '' ? phrase(language, 'rule_when', { when }) : phrase(language, 'rule_both', { event, when });
}

/** The steps of a block, numbered; what hangs below one stands further in. */
function sayBlock(steps: Json | undefined, language: Language, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  return all(steps).flatMap((step, index) => {
    if (!isJsonObject(step)) return [];
    const { sentence, below } = sayStep(step, language);
    return [`${indent}${numbered(index + 1, language)} ${sentence}`, ...sayBelow(below, language, depth + 1)];
  });
}

function sayBelow(below: SaidStep['below'], language: Language, depth: number): readonly string[] {
  return below.flatMap(({ head, steps }) => {
    const inner = sayBlock(steps, language, depth + 1);
    const line = `${'  '.repeat(depth)}- ${head}`;
    return inner.length === 0 ? [`${line} ${phrase(language, 'go_on')}`] : [line, ...inner];
  });
}

function numbered(number: number, language: Language): string {
  return language === 'fa' ? `${number.toLocaleString('fa')}.` : `${String(number)}.`;
}
