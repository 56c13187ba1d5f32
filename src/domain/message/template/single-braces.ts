import { helpers } from './helpers.js';
import type { PlacedProblem, TemplateNode, TextNode } from './nodes.js';

/** Where a text says `{customer.name}`: that is no Handlebars, and would reach the customer as it stands. */
export function singleBraces(nodes: readonly TemplateNode[]): readonly PlacedProblem[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text') return inText(node);
    return node.kind === 'block' ? singleBraces([...node.body, ...node.otherwise]) : [];
  });
}

function inText({ value, place = { line: 1, column: 1 } }: TextNode): readonly PlacedProblem[] {
  return [...value.matchAll(inBraces)].flatMap(({ 0: written, 1: inside = '', index }) => {
    if (!isMeant(inside)) return [];
    const before = value.slice(0, index).split('\n');
    const column = (before.length > 1 ? 1 : place.column) + (before.at(-1)?.length ?? 0);
    const message = `"${written}" reaches the customer as it stands; write {{${inside}}}`;
    return [{ line: place.line + before.length - 1, column, message }];
  });
}

/** A name, or a helper and what it takes; other words in braces are the author's own. */
function isMeant(inside: string): boolean {
  const [first = '', ...more] = inside.split(/ +/);
  return more.length === 0 || helpers.has(first);
}

/** Not `\{{raw}}`, which is meant to be printed. */
const inBraces = /(?<!\{)\{ ?([a-z_][\w.]*(?: +[\w."/]+){0,3}) ?\}{1,2}/g;
