import { directionOf } from '../html-page.js';
import type { Edit } from './edits.js';
import type { OpenTag, Token } from './tags.js';

/** How a text runs: what its author says on `<mjml>`, or what its language asks for. */
export interface Running {
  readonly language: string;
  readonly direction: string;
}

export function runningOf(tokens: readonly Token[], language: string): Running {
  const root = tagNamed(tokens, 'mjml');
  const spoken = (root && attributeOf(root, 'lang')) ?? language;
  const said = root && attributeOf(root, 'dir');
  return { language: spoken, direction: said === 'rtl' || said === 'ltr' ? said : directionOf(spoken) };
}

/**
 * Says it on `<mjml>`, and on each element to which MJML gives a direction or an alignment of its own (columns and wrappers run
 * from left to right otherwise, whatever is around them). What the author says on an element, or for all of them, goes before it.
 */
export function runningEdits(tokens: readonly Token[], { language, direction }: Running): readonly Edit[] {
  const root = tagNamed(tokens, 'mjml');
  if (root === undefined || root.closed) return [];
  const marks = [
    ...(attributeOf(root, 'lang') === undefined ? [` lang="${language}"`] : []),
    ...(attributeOf(root, 'dir') === undefined ? [` dir="${direction}"`] : []),
  ];
  const name = root.offset + '<mjml'.length;
  return [{ offset: name, end: name, text: marks.join('') }, defaultsEdit(tokens, root, defaultsOf(tokens, direction))];
}

function defaultsOf(tokens: readonly Token[], direction: string): string {
  const aligned = tokens.some((token) => isOpen(token, 'mj-all') && attributeOf(token, 'align') !== undefined);
  const texts = direction === 'rtl' && !aligned ? '<mj-text align="right" /><mj-table align="right" />' : '';
  const all = `<mj-all direction="${direction}" font-family="Tahoma, Arial, sans-serif" />`;
  return `<mj-attributes>${all}${texts}</mj-attributes>`;
}

function defaultsEdit(tokens: readonly Token[], root: OpenTag, defaults: string): Edit {
  const head = tagNamed(tokens, 'mj-head');
  if (head === undefined) return { offset: root.end, end: root.end, text: `<mj-head>${defaults}</mj-head>` };
  if (!head.closed) return { offset: head.end, end: head.end, text: defaults };
  return { offset: head.offset, end: head.end, text: `<mj-head>${defaults}</mj-head>` };
}

/** Mail programs drop what stands on `<html>`, so that it stands on `<body>` too, and in its style. */
export function runningBody(html: string, { language, direction }: Running): string {
  const align = direction === 'rtl' ? 'right' : 'left';
  const marks = `<body lang="${language}" dir="${direction}"`;
  return html.replace('<body style="', `${marks} style="direction:${direction};text-align:${align};`);
}

function tagNamed(tokens: readonly Token[], name: string): OpenTag | undefined {
  return tokens.find((token) => isOpen(token, name));
}

function isOpen(token: Token, name: string): token is OpenTag {
  return token.kind === 'open' && token.name === name;
}

function attributeOf(tag: OpenTag, name: string): string | undefined {
  return tag.attributes.find((attribute) => attribute.name === name)?.value;
}
