import { verbatimElements } from './elements.js';

export interface Attribute {
  readonly name: string;
  readonly value: string;
  /** Of its name. */
  readonly offset: number;
}

/** What MJML is made of. The inside of `mj-text` and its like is one text, whatever it holds. */
export type Token =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly offset: number;
      readonly end: number;
      readonly attributes: readonly Attribute[];
      /** What stands in the tag and is no attribute. */
      readonly stray: string | undefined;
      /** Whether it has no inside. */
      readonly closed: boolean;
      /** Whether its `>` is there. */
      readonly ended: boolean;
    }
  | { readonly kind: 'close'; readonly name: string; readonly offset: number; readonly end: number }
  | { readonly kind: 'comment' | 'text' | 'verbatim'; readonly offset: number; readonly end: number };

export type OpenTag = Extract<Token, { kind: 'open' }>;

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
    if (token.kind === 'open' && !token.closed && verbatimElements.has(token.name)) {
      const end = endOfInside(text, at);
      tokens.push({ kind: 'verbatim', offset: at, end });
      at = end;
    }
  }
  return tokens;
}

function tokenAt(text: string, offset: number): Token {
  if (text.startsWith('<!--', offset)) {
    const end = text.indexOf('-->', offset + 4);
    return { kind: 'comment', offset, end: end < 0 ? text.length : end + 3 };
  }
  tag.lastIndex = offset;
  const found = tag.exec(text);
  if (found !== null) return tagOf(found, offset);
  const next = text.indexOf('<', offset + 1);
  return { kind: 'text', offset, end: next < 0 ? text.length : next };
}

function tagOf([whole, slash, name = '', inside = '', bracket]: RegExpExecArray, offset: number): Token {
  const end = offset + whole.length;
  if (slash === '/') return { kind: 'close', name, offset, end };
  const start = offset + 1 + name.length;
  const closed = inside.endsWith('/');
  const given = closed ? inside.slice(0, -1) : inside;
  const attributes = [...given.matchAll(attribute)].map((each) => ({
    name: each[1] ?? '',
    value: each[2] ?? each[3] ?? '',
    offset: start + each.index,
  }));
  const stray = given.replace(attribute, '').trim();
  const ended = bracket === '>';
  return { kind: 'open', name, offset, end, attributes, stray: stray === '' ? undefined : stray, closed, ended };
}

/** At the next tag of MJML, whichever it is: one that is not its own end tells that this is missing. */
function endOfInside(text: string, from: number): number {
  const inside = text.slice(from).replace(/<!--[^]*?-->/g, (comment) => ' '.repeat(comment.length));
  const end = inside.search(/<\/?(?:mjml|mj-[a-z-]+)\b/i);
  return end < 0 ? text.length : from + end;
}

const tag = /<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)(>|(?=<))/iy;
const attribute = /([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
