import type { PlacedProblem } from './nodes.js';

/** What Handlebars' parser stumbled over, on one line and with its place. */
export function explainSyntax(error: Error, source: string): PlacedProblem {
  const open = unclosed(source);
  if (open !== undefined)
    return { ...placeOf(open, source), message: 'this is no Handlebars: this {{ is not closed; close it with }}' };
  const { lineNumber, column } = error as { lineNumber?: number; column?: number };
  if (lineNumber === undefined) return explainParser(error.message, source);
  const message = wronglyClosed(error.message.replace(/ - \d+:\d+$/, ''));
  return { line: lineNumber, column: (column ?? 0) + 1, message: `this is no Handlebars: ${message}` };
}

/** `if doesn't match fi`, which the parser says of `{{#if …}}…{{/fi}}`. */
function wronglyClosed(message: string): string {
  const [, opened, closed] = /^(\S+) doesn't match (\S+)$/.exec(message) ?? [];
  if (opened === undefined || closed === undefined) return message;
  return `{{#${opened}}} is closed with {{/${closed}}}; write {{/${opened}}}`;
}

/** Far above what a person writes. */
const deepest = 100;

/** Where blocks stand in blocks beyond all reason. */
export function endlessNesting(source: string): PlacedProblem | undefined {
  let depth = 0;
  for (const { 1: mark, index } of source.matchAll(/\{\{~?([#/])/g)) {
    depth = mark === '#' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > deepest) return { ...placeOf(index, source), message: 'blocks are nested too deeply here' };
  }
  return undefined;
}

/** Where a `{{` stands that the next one, or the end, comes before the `}}` of. */
function unclosed(source: string): number | undefined {
  const marks = /\\\{\{|\{\{!--[^]*?--~?\}\}|\{\{|\}\}/g;
  let open: number | undefined;
  for (const { 0: mark, index } of source.matchAll(marks)) {
    if (mark === '}}') open = undefined;
    else if (mark === '{{' && open !== undefined) return open;
    else if (mark === '{{') open = index;
  }
  return open;
}

function placeOf(offset: number, source: string): { readonly line: number; readonly column: number } {
  const before = source.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** The parser's own message has four lines: where, an excerpt, an arrow under it, what was expected. */
function explainParser(text: string, source: string): PlacedProblem {
  const open = text.endsWith("got 'EOF'") ? unclosedBlock(source) : undefined;
  if (open !== undefined) return open;
  const [first = '', excerpt = '', pointer = '', expecting] = text.split('\n');
  const line = Number(/line (\d+)/.exec(first)?.[1] ?? 1);
  const before = excerpt.slice(0, Math.max(pointer.indexOf('^'), 0)).slice(-8);
  const at = source.split(/\r?\n/)[line - 1]?.lastIndexOf(before) ?? -1;
  const column = at < 0 ? 1 : at + before.length + 1;
  return { line, column, message: `this is no Handlebars: ${expecting === undefined ? first : readable(expecting)}` };
}

/** The last block that nothing closes. */
function unclosedBlock(source: string): PlacedProblem | undefined {
  const open: RegExpExecArray[] = [];
  for (const mark of source.matchAll(/\\\{\{|\{\{!--[^]*?--~?\}\}|\{\{~?([#/])\s*(\w+)[^}]*\}\}/g)) {
    if (mark[1] === '#') open.push(mark);
    else if (mark[1] === '/') open.pop();
  }
  const [last] = open.slice(-1);
  if (last === undefined) return undefined;
  const message = `this is no Handlebars: ${last[0]} is not closed; close it with {{/${last[2] ?? ''}}}`;
  return { ...placeOf(last.index, source), message };
}

/** `Expecting 'CLOSE', …, got 'EOF'`: only the end of it means something to a person. */
function readable(expecting: string): string {
  const got = /got '(\w+)'$/.exec(expecting)?.[1] ?? '';
  return unexpected[got] ?? 'something else was expected here; is a {{…}} closed with as many braces as it was opened?';
}

const unexpected: Readonly<Record<string, string | undefined>> = {
  EOF: 'the text ends where something is still open; close each block with {{/…}}',
  OPEN_ENDBLOCK: 'this closes a block that is not open',
  INVALID: 'this cannot stand inside {{…}}; a name with unusual letters goes in brackets: {{customer.[name]}}',
};
