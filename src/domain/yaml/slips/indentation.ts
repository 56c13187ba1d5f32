import { indentOf, lineAbove, lineAt, lineBelow, type Fault, type Line, type Slip } from './slip.js';

/** A line that begins with a tab, or with other spaces than those that it belongs with. */
export function findWrongIndentation({ code, message, at }: Fault, text: string): Slip | undefined {
  const line = lineAt(text, at);
  if (code === 'TAB_AS_INDENT') return withoutTabs(line, text);
  if (!isAboutIndentation(code, message)) return undefined;
  const guilty = isInValue(line, at) || line.text.trim() === '' ? lineBelow(text, line) : line;
  return guilty && !isFlowing(text, guilty) ? besideOthers(guilty, text) : undefined;
}

function withoutTabs(line: Line, text: string): Slip {
  const [tabs = ''] = /^\s*/.exec(line.text) ?? [];
  const spaces = tabs.replaceAll('\t', '  ');
  const repaired = text.slice(0, line.start) + spaces + text.slice(line.start + tabs.length);
  return { at: line.start, message: 'this line begins with a tab; indent it with spaces', repaired, isSure: false };
}

function isAboutIndentation(code: Fault['code'], message: string): boolean {
  if (code === 'BAD_INDENT') return message.startsWith('All ');
  return (
    ['BLOCK_AS_IMPLICIT_KEY', 'MULTILINE_IMPLICIT_KEY'].includes(code) ||
    /^(?:Sequence item without - indicator|Unexpected scalar at node end)/.test(message)
  );
}

/** Behind a key and its colon: it is the next line that YAML takes for a part of the value. */
function isInValue({ start, text }: Line, at: number): boolean {
  return /^\s*(?:- +)*[\w.?-]+:\s+$/.test(text.slice(0, at - start));
}

/** A line that goes on in brackets which an earlier one opened stands as it likes. */
function isFlowing(text: string, line: Line): boolean {
  const above = lineAbove(text, line);
  return above !== undefined && /[,{[]\s*$/.test(above.text);
}

/** Where keys and items of lists stand in the lines above, from the inmost on. */
interface Levels {
  readonly keys: readonly number[];
  readonly items: readonly number[];
  /** The line that begins the outermost. */
  readonly outermost: Line | undefined;
}

function besideOthers(line: Line, text: string): Slip | undefined {
  const isItem = /^\s*- /.test(line.text);
  const isKey = /^\s*[\w.?-]+:(?:\s|$)/.test(line.text);
  if (!isItem && !isKey) return undefined;
  const { keys, items, outermost } = levelsAbove(line, text);
  const indent = indentOf(line);
  if (outermost !== undefined && indent === 0 && indentOf(outermost) > 0) return moved(outermost, [0], text);
  const [own, others] = isItem ? [items, keys] : [keys, items];
  if (own.includes(indent)) return undefined;
  const among = isItem ? belowKey : betweenItems;
  const beside = others.includes(indent) ? among(line, indent, text) : undefined;
  return beside ?? moved(line, nearest(indent, own), text);
}

/** The next one outwards and the next one inwards. */
function nearest(indent: number, levels: readonly number[]): readonly number[] {
  const inwards = levels.findLast((level) => level > indent);
  const outwards = levels.find((level) => level < indent);
  return [inwards, outwards].filter((level) => level !== undefined);
}

function levelsAbove(line: Line, text: string): Levels {
  const [keys, items]: [number[], number[]] = [[], []];
  let least = Infinity;
  let outermost: Line | undefined;
  for (let above = lineAbove(text, line); above !== undefined && least > 0; above = lineAbove(text, above)) {
    const indent = indentOf(above);
    if (indent >= least) continue;
    for (const level of levelsOf(above).toReversed()) {
      if (level.column >= least) continue;
      (level.isItem ? items : keys).push(level.column);
      least = level.column;
    }
    outermost = above;
  }
  return { keys, items, outermost };
}

/** `- - send: x` has two items and a key. */
function levelsOf({ text }: Line): readonly { readonly column: number; readonly isItem: boolean }[] {
  const levels: { column: number; isItem: boolean }[] = [];
  let column = /^ */.exec(text)?.[0].length ?? 0;
  for (let dash = /^- +/.exec(text.slice(column)); dash !== null; dash = /^- +/.exec(text.slice(column))) {
    levels.push({ column, isItem: true });
    column += dash[0].length;
  }
  return [...levels, { column, isItem: false }];
}

function moved(line: Line, levels: readonly number[], text: string): Slip | undefined {
  const [first] = levels;
  if (first === undefined) return undefined;
  const indent = indentOf(line);
  const best = levels.reduce((a, b) => (Math.abs(b - indent) < Math.abs(a - indent) ? b : a), first);
  const expected = levels.map((level) => (level === 0 ? 'none' : String(level))).join(' or ');
  return {
    at: line.start + indent,
    message: `this line begins with ${spaces(indent)}; expected ${expected}, like the lines that it belongs with`,
    repaired: text.slice(0, line.start) + ' '.repeat(best) + text.slice(line.start + indent),
    isSure: false,
  };
}

function spaces(count: number): string {
  return count === 1 ? '1 space' : `${String(count)} spaces`;
}

/** A key in the column of a list's "- ". */
function betweenItems(line: Line, indent: number, text: string): Slip {
  const [key = ''] = /^[\w.?-]+/.exec(line.text.trimStart()) ?? [];
  return {
    at: line.start + indent,
    message: `"${key}" stands below the "-" of a list; begin the line with 2 spaces more if it belongs to the item above it, or write "- ${key}:"`,
    repaired: `${text.slice(0, line.start)}  ${text.slice(line.start)}`,
    isSure: false,
  };
}

/** A list's "- " in the column of a key that has a value: that key was to begin the first item. */
function belowKey(line: Line, indent: number, text: string): Slip | undefined {
  const [first, second] = keysAbove(line, indent, text);
  if (second !== undefined) return strayDash(line, indent, text);
  const key = first && /^[\w.?-]+(?=:\s)/.exec(first.text.trimStart())?.[0];
  if (first === undefined || key === undefined) return undefined;
  return {
    at: first.start + indent,
    message: `"${key}" has no "- " before it, and the items below it have; write "- ${key}:"`,
    repaired: `${text.slice(0, first.start + indent)}- ${text.slice(first.start + indent)}`,
    isSure: false,
  };
}

/** The lines of that column above, as far as they belong together. */
function keysAbove(line: Line, indent: number, text: string): readonly Line[] {
  const keys: Line[] = [];
  for (let above = lineAbove(text, line); above !== undefined; above = lineAbove(text, above)) {
    if (indentOf(above) < indent) break;
    if (indentOf(above) === indent) keys.push(above);
  }
  return keys;
}

function strayDash(line: Line, indent: number, text: string): Slip {
  const at = line.start + indent;
  return {
    at,
    message: 'this "- " stands among keys that have none; take it away, or write it further to the right',
    repaired: text.slice(0, at) + text.slice(at + 2),
    isSure: false,
  };
}
