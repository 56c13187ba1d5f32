import type { Content } from './message.js';
import { smsParts } from './sms-parts.js';

/** An SMS with the purpose's footer on a line of its own, its parts counted anew; other channels have no footer. */
export function withFooter(content: Content, footer: string | undefined): Content {
  const line = footer?.trim() ?? '';
  if (content.channel !== 'sms' || line === '') return content;
  const text = `${content.text.trim()}\n${line}`;
  return { ...content, text, parts: smsParts(text) };
}
