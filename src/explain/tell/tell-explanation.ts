import type { Asked, Tested } from '../../domain/journey/witness.js';
import type { Language } from '../../language/language.js';
import { translate } from '../../language/translate.js';
import { sectionsOf, untouched, type Explanation, type Item, type Section } from '../explanation.js';
import type { HeardTurn } from '../testimony.js';
import { tellAsked } from './tell-asked.js';
import { tellHappened } from './tell-happened.js';
import { tellMessage, tellPassed } from './tell-message.js';
import { tellStanding } from './tell-standing.js';
import { tellTested } from './tell-tested.js';
import { tellUntouched } from './tell-triggers.js';
import { Speech } from './values.js';

/** For people: the story of each enrolment with the rules that led to it, then what never had a say. */
export function tellExplanation(explanation: Explanation, language: Language): readonly string[] {
  const { policy } = explanation.workspace;
  const clock = explanation.heard.at(-1)?.turn.clock ?? { zone: policy.timezone, calendar: policy.calendar };
  const speech = new Speech(language, clock);
  const stories = sectionsOf(explanation).map((section) => tellSection(section, explanation, speech));
  const closing = [
    ...untouched(explanation).map((journey) =>
      tellUntouched(journey, explanation.notRun.get(journey.name) ?? [], speech),
    ),
    ...explanation.gaps.map((why) => speech.say('gap', { why: translate(why, language) })),
  ];
  const all = closing.length === 0 ? stories : [...stories, closing];
  if (stories.length === 0 && explanation.gaps.length === 0) {
    all.unshift([speech.say('nothing', { customer: explanation.customer })]);
  }
  return all.flatMap((lines, place) => (place === 0 ? lines : ['', ...lines]));
}

function tellSection(section: Section, explanation: Explanation, speech: Speech): readonly string[] {
  const { journey: name, standing, messages } = section;
  const journey = explanation.workspace.journeys.find((one) => one.name === name);
  const now = standing && tellStanding(standing, journey, explanation.pauses, speech);
  return [
    tellHead(section, journey?.title, speech),
    ...section.items.flatMap((item) => tellItem(item, explanation, speech)),
    ...messages.flatMap((message) => [
      `  ${tellMessage(message, explanation.pauses, speech)}`,
      ...tellPassed(message, speech).map((line) => `      ${line}`),
    ]),
    ...(now === undefined ? [] : [`  ${speech.say('now', { text: now })}`]),
  ];
}

function tellHead({ journey, key, enrolment }: Section, title: string | undefined, speech: Speech): string {
  const name = key === undefined ? journey : `${journey} · ${key}`;
  const what = enrolment === undefined ? `: ${speech.say('refused_starts')}` : '';
  return `${name}${title === undefined ? '' : ` — ${title}`}${what}`;
}

function tellItem({ turn, line, rules }: Item, explanation: Explanation, speech: Speech): readonly string[] {
  const own = new Speech(speech.language, turn.clock);
  const step = line?.step === undefined ? '' : `${line.step}: `;
  const [happened = '', ...text] = (line === undefined ? tellNothing(turn, own) : tellHappened(line, own)).split('\n');
  return [
    `  ${own.instant(line?.at ?? turn.at)}  ${step}${happened}`,
    ...text.map((part) => `    ${part}`),
    ...rules.map((rule) => `      ${tellRule(rule, turn, explanation, own)}`),
  ];
}

function tellRule(rule: Asked | Tested, turn: HeardTurn, { workspace }: Explanation, speech: Speech): string {
  return 'question' in rule ? tellAsked(rule, turn, workspace, speech) : tellTested(rule, speech);
}

/** Rules were asked, and nothing came of it. */
function tellNothing({ event, stimulus, startedBy = '', enrolment }: HeardTurn, speech: Speech): string {
  if (event !== undefined) return speech.say('nothing_came', { event: event.type });
  if (enrolment === undefined || stimulus === 'start') return speech.say('not_started', { name: startedBy });
  return speech.say('looked_again');
}
