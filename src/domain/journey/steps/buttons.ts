import { fold } from '../../message/folding.js';
import type { ChannelName, Content } from '../../message/message.js';
import type { Answers, MessageStep } from '../step.js';

/** Messengers that show buttons. */
const shown: readonly ChannelName[] = ['telegram', 'bale'];
/** More than so many are no choice at a glance. */
const most = 11;

/** A question with its listed answers to press; a press comes back as a reply with the button's text. */
export function withButtons(content: Content, step: MessageStep): Content {
  if (content.channel === 'sms' || content.channel === 'email' || !shown.includes(content.channel)) return content;
  const buttons = 'answers' in step ? buttonsFor((step as { readonly answers: Answers }).answers) : [];
  return buttons.length === 0 ? content : { ...content, buttons };
}

/** None where any text is an answer, or where there are too many. */
export function buttonsFor(answers: Answers): readonly string[] {
  switch (answers.kind) {
    case 'text':
      return [];
    case 'range': {
      const count = answers.to - answers.from + 1;
      return count > most ? [] : Array.from({ length: count }, (_, place) => String(answers.from + place));
    }
    case 'words':
      return answers.options.length > most ? [] : answers.options.map(labelOf);
  }
}

type Option = Extract<Answers, { kind: 'words' }>['options'][number];

/** The answer's own name where writing it is an answer too; else its first word that is no number, else its first. */
function labelOf({ value, words }: Option): string {
  const name = String(value);
  if (words.includes(fold(name))) return name;
  return words.find((word) => !/^-?\d+$/.test(word)) ?? words[0] ?? name;
}
