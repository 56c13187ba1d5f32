import type { EmailContent } from '../../domain/message/message.js';

/** Longer ones are shown by no mail program, and refused by some servers. */
const LONGEST = 250;

/** A text as it may stand in a header: on one line, turning nothing around it, meaning what it says, not endless. */
export function headerText(text: string): string {
  // `=?` would begin an encoded word, which may hold what was taken out.
  const line = text.replace(directions, '').replace(breaks, ' ').replaceAll('=?', '= ?').trim();
  // No character takes more than two units: this many are one too many, and few to look at.
  const characters = Array.from(line.slice(0, 2 * LONGEST + 2));
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line;
}

/** Embeddings, overrides and isolates; the marks U+200E and U+200F and the joiners of Persian words do no harm. */
const directions = /[\u202a-\u202e\u2066-\u2069]/g;
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** The way out that mail programs show beside the sender, by one click (RFC 8058). */
export function unsubscribeHeaders({ unsubscribe }: EmailContent): Readonly<Record<string, string>> {
  if (unsubscribe === undefined || !/^https?:\/\/[!-;=?-~]+$/.test(unsubscribe)) return {};
  return { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
