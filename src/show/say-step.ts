import { isJsonObject, type Json, type JsonObject } from '../domain/json.js';
import type { Language } from '../language/language.js';
import { phrase, type Phrase } from './phrases.js';
import { sayList, sayValue } from './said-values.js';

/** One step: its sentence, and what hangs below it. */
export interface SaidStep {
  readonly sentence: string;
  readonly below: readonly { readonly head: string; readonly steps: Json | undefined }[];
}

export function sayStep(step: JsonObject, language: Language): SaidStep {
  const teller = new Teller(step, language);
  const main = Object.keys(tellings).find((key) => key in step);
  return main === undefined ? { sentence: '', below: [] } : (tellings[main] ?? nothing)(teller);
}

const nothing = (): SaidStep => ({ sentence: '', below: [] });

/** Fills phrases from one step's options. */
class Teller {
  constructor(
    readonly step: JsonObject,
    readonly language: Language,
  ) {}

  say(name: Phrase, slots: Readonly<Record<string, string>> = {}): string {
    return phrase(this.language, name, slots);
  }

  value(key: string): string {
    return sayValue(this.step[key], this.language);
  }

  /** The phrase with that option in it, or nothing where the option is not given. */
  option(key: string, name: Phrase, slot: string): string {
    const value = this.value(key);
    return value === '' ? '' : this.say(name, { [slot]: value });
  }

  below(key: string, head: Phrase): SaidStep['below'] {
    return this.step[key] === undefined ? [] : [{ head: this.say(head), steps: this.step[key] }];
  }
}

const tellings: Readonly<Record<string, (teller: Teller) => SaidStep>> = {
  send: (t) => ({
    sentence: `${t.say('send', { template: t.value('send') })}${messageOptions(t)}`,
    below: t.below('else', 'if_unsent'),
  }),
  ask: (t) => ({
    sentence: `${t.say('ask', { template: t.value('ask'), answers: sayAnswers(t) })}${messageOptions(t)}${t.option('within', 'within', 'limit')}${remember(t)}`,
    below: t.below('else', 'if_unanswered'),
  }),
  wait: sayWait,
  wait_until: (t) => ({
    sentence: t.say('wait_until', {
      moment: t.step['wait_until'] === 'best_hour' ? t.say('best_hour') : t.value('wait_until'),
    }),
    below: [...t.below('then', 'when_it_comes'), ...t.below('else', 'if_past')],
  }),
  wait_for: sayWaitFor,
  choose: (t) => ({ sentence: t.say('choose'), below: listed(t.step['choose']).map((one) => sayAlternative(one, t)) }),
  split: (t) => ({
    sentence: t.say('split'),
    below: listed(t.step['split']).map((one) => ({
      head: t.say('share', { weight: sayValue(one['weight'], t.language), name: sayValue(one['name'], t.language) }),
      steps: one['then'],
    })),
  }),
  grant: (t) =>
    plain(
      t.say('grant', { amount: t.value('grant') }) +
        t.option('round_to', 'round_to', 'amount') +
        t.option('at_most', 'at_most_amount', 'amount') +
        t.option('expires', 'expires', 'limit') +
        remember(t),
    ),
  take_back: (t) =>
    plain(t.say('take_back', { name: t.value('take_back') }) + t.option('at_most', 'at_most_amount', 'amount')),
  set: (t) => plain(t.say('set', { values: t.value('set') })),
  emit: (t) => plain(t.say('emit', { type: t.value('emit') })),
  webhook: (t) => ({
    sentence: t.say('webhook', { url: t.value('webhook') }) + remember(t),
    below: t.below('else', 'if_failed'),
  }),
  task: (t) => ({
    sentence:
      t.say('task', { title: t.value('task') }) +
      t.option('assign_to', 'assign_to', 'who') +
      t.option('due', 'due', 'limit') +
      t.option('within', 'wait_done', 'limit') +
      remember(t),
    below: t.below('else', 'if_not_done'),
  }),
  stop: (t) => plain(t.say('stop', { reason: t.value('stop') })),
};

function plain(sentence: string): SaidStep {
  return { sentence, below: [] };
}

function remember(t: Teller): string {
  return t.option('save_as', 'save_as', 'name');
}

function messageOptions(t: Teller): string {
  return (
    t.option('via', 'via', 'channels') +
    t.option('purpose', 'with_purpose', 'purpose') +
    t.option('fallback_after', 'fallback', 'duration') +
    t.option('not_after', 'not_after', 'limit')
  );
}

function sayAnswers({ step: { answers = null }, language }: Teller): string {
  return isJsonObject(answers) ? sayList(Object.keys(answers), language) : sayValue(answers, language);
}

function sayWait(t: Teller): SaidStep {
  const main = t.step['wait'] ?? null;
  let said = t.say('wait', { duration: t.value('wait') });
  if (main === 'working') said = t.say('wait_working');
  if (isJsonObject(main)) said = t.say('wait_window', { window: sayWindow(main, t) });
  const after = t.value('after');
  const at = t.value('at');
  if (after !== '') said = t.say('wait_after', { wait: said, after });
  return plain(at === '' ? said : t.say('wait_at', { wait: said, at }));
}

function sayWindow(window: JsonObject, t: Teller): string {
  const slot = (name: string): string => sayValue(window[name], t.language);
  const days = slot('days') === '' ? [] : [t.say('window_days', { days: slot('days') })];
  const hours = slot('from') === '' ? [] : [t.say('window_hours', { from: slot('from'), to: slot('to') })];
  const rest = ['after', 'at'].map(slot).filter((one) => one !== '');
  return [...days, ...hours, ...rest].join(' ');
}

function sayWaitFor(t: Teller): SaidStep {
  const main = t.step['wait_for'] ?? null;
  const late = t.below('else', 'on_time_out');
  const limit = t.option('at_most', 'at_most', 'limit');
  if (typeof main === 'string') {
    const condition = t.option('when', 'condition', 'when');
    return { sentence: t.say('wait_for', { event: main }) + condition + limit + remember(t), below: late };
  }
  return {
    sentence: `${t.say('wait_for_any')}${limit}:`,
    below: [...listed(main).map((arm) => sayArm(arm, t)), ...late],
  };
}

function sayArm(arm: JsonObject, { language }: Teller): SaidStep['below'][number] {
  const own = new Teller(arm, language);
  const slots = {
    event: own.value('event'),
    duration: own.value('after'),
    condition: own.option('when', 'condition', 'when'),
    remember: remember(own),
  };
  if ('after' in arm) return { head: own.say('arm_after', slots), steps: arm['then'] };
  return { head: own.say(arm['stay'] === true ? 'arm_stay' : 'arm_event', slots), steps: arm['then'] };
}

function sayAlternative(one: JsonObject, t: Teller): SaidStep['below'][number] {
  if ('else' in one) return { head: t.say('otherwise'), steps: one['else'] };
  return { head: t.say('alternative', { when: sayValue(one['when'], t.language) }), steps: one['then'] };
}

function listed(value: Json | undefined): readonly JsonObject[] {
  const items = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return items.filter(isJsonObject);
}
