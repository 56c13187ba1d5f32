import type { Position } from '../../../problem.js';
import type { AskStep } from '../../step.js';
import type { StepContext } from '../context.js';

/**
 * A question that goes by e-mail alone. Peyk reads no mailbox: words come back only where somebody passes them on, and a click on
 * a link is no answer. Where an event closes the question, such as that of a form, it need not be answered in words.
 */
export function warnOfDeafQuestion(
  { template, via, unless }: Pick<AskStep, 'template' | 'via' | 'unless'>,
  at: Position,
  { parts: { templates }, problems }: Pick<StepContext, 'parts' | 'problems'>,
): void {
  if (unless.length > 0) return;
  const named = via === undefined || via.includes('reply') ? undefined : via;
  const channels = templates.channels(template).filter((channel) => named?.includes(channel) ?? true);
  if (channels.length === 0 || channels.some((channel) => channel !== 'email')) return;
  problems.warning(
    at,
    'this question goes by e-mail alone, and Peyk reads no mailbox: an answer comes only where you pass it on as message.received; ask on another channel too, or name in unless the event that a link in it leads to',
  );
}
