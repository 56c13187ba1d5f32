import type { PlacedProblem } from '../nodes.js';
import { textElements } from './elements.js';
import { htmlSlips } from './html-slips.js';
import { imageFault } from './image-addresses.js';
import type { MarkedText } from './marked-text.js';
import type { Token } from './tags.js';

/** Here HTML may begin what another one ends, or there is none. */
const withoutPairs: ReadonlySet<string> = new Set(['mj-raw', 'mj-title', 'mj-preview']);

/** What looks like a slip of the pen in MJML that can be made HTML: a mail goes out, and does not look as it was meant to. */
export function slipsOf(marked: MarkedText, tokens: readonly Token[]): readonly PlacedProblem[] {
  return tokens.flatMap((token, index) => {
    if (token.kind === 'verbatim') return inText(tokens[index - 1], token, marked);
    return token.kind === 'open' ? inAttributes(token, marked) : [];
  });
}

function inText(element: Token | undefined, { offset, end }: Token, marked: MarkedText): readonly PlacedProblem[] {
  if (element?.kind !== 'open' || !textElements.has(element.name) || withoutPairs.has(element.name)) return [];
  return htmlSlips(marked, offset, end);
}

function inAttributes({ attributes }: Extract<Token, { kind: 'open' }>, marked: MarkedText): readonly PlacedProblem[] {
  return attributes.flatMap((attribute) => {
    const message = imageFault(attribute, marked);
    return message === undefined ? [] : [{ ...marked.placeOf(attribute.offset), message }];
  });
}
