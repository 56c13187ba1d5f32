import { isMap, isScalar, isSeq, parseDocument, type ParsedNode, type YAMLMap } from 'yaml';
import type { Line } from './case.js';
import type { Row } from './compare.js';
import { printItem, printItemLike } from './expect-item.js';

/** The new `expect` of one case. */
export interface NewExpect {
  readonly name: string;
  readonly rows: readonly Row[];
  /** Fields that every new item names, where there are several customers or journeys. */
  readonly more: readonly string[];
}

/** The file with these cases' `expect` as it happened. Everything else stays as it is, down to the last space. */
export function rewriteExpects(text: string, changes: readonly NewExpect[], zone: string): string {
  const document = parseDocument(text);
  const cases = isMap(document.contents) ? document.contents.get('cases', true) : undefined;
  if (!isSeq(cases)) return text;
  const edits = changes.flatMap((change) => editFor(cases.items as ParsedNode[], change, text, zone) ?? []);
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((edited, { from, to, replacement }) => edited.slice(0, from) + replacement + edited.slice(to), text);
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly replacement: string;
}

function editFor(cases: readonly ParsedNode[], change: NewExpect, text: string, zone: string): Edit | undefined {
  const map = cases.filter((item) => isMap(item)).find((item) => nameOf(item) === change.name);
  const first = map?.items[0];
  if (map === undefined || first === undefined) return undefined;
  const indent = ' '.repeat(columnOf(first.key.range[0], text));
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === 'expect');
  if (pair === undefined) return appended(map, change, indent, text, zone);
  const from = pair.key.range[1];
  const to = Math.max(text.indexOf(':', from) + 1, pair.value === null ? 0 : endOf(pair.value, text));
  if (map.flow === true) return { from, to, replacement: `: [${itemsOf(pair.value, change, text, zone).join(', ')}]` };
  return replaced(pair.value, { from, to }, itemLines(pair.value, change, `${indent}  `, text, zone), text);
}

/** The lines in place of the old list, or of whatever else stood there. */
function replaced(
  old: ParsedNode | null,
  { from, to }: Omit<Edit, 'replacement'>,
  lines: readonly string[],
  text: string,
): Edit {
  if (lines.length === 0) return { from, to, replacement: ': []' };
  const list = firstLineOf(old, text);
  if (list !== undefined) return { from: list, to, replacement: lines.join('\n') };
  // A comment behind the old value goes up to the key.
  const comment = commentAt(to, text);
  const head = comment === '' ? ':' : `: ${comment.trim()}`;
  return { from, to: to + comment.length, replacement: `${head}\n${lines.join('\n')}` };
}

/** The items without the comments that only lines of their own can have. */
function itemsOf(old: ParsedNode | null, change: NewExpect, text: string, zone: string): readonly string[] {
  const lines = itemLines(old, change, '', text, zone);
  return lines.filter((line) => !line.startsWith('#')).map((line) => line.replace(/^- /, ''));
}

/** Where the first line of a list begins whose items stand below each other. */
function firstLineOf(node: ParsedNode | null, text: string): number | undefined {
  const first = isSeq(node) && node.flow !== true ? node.items[0] : undefined;
  return first === undefined ? undefined : text.lastIndexOf('\n', first.range[0] - 1) + 1;
}

function nameOf(one: YAMLMap): unknown {
  return one.get('name');
}

/** Where the value itself ends: what follows it, be it a comment, stays. */
function endOf(node: ParsedNode, text: string): number {
  const last = isSeq(node) && node.flow !== true ? node.items.at(-1) : undefined;
  if (last === undefined) return node.range[1];
  const end = trimmed(last.range[1], text);
  return end + commentAt(end, text).length;
}

/** A comment behind a value, on its line. */
function commentAt(end: number, text: string): string {
  return /^[ \t]*#[^\n]*/.exec(text.slice(end))?.[0] ?? '';
}

/** A block scalar's or mapping's end lies behind its line end. */
function trimmed(end: number, text: string): number {
  return text.slice(0, end).trimEnd().length;
}

function appended(map: YAMLMap.Parsed, change: NewExpect, indent: string, text: string, zone: string): Edit {
  const last = map.items.at(-1)?.value ?? map;
  const end = map.flow === true ? map.range[1] - 1 : trimmed(last.range[1], text);
  const rest = commentAt(end, text);
  const items = happened(change).map((line) => printItem(line, zone, change.more));
  if (map.flow === true) {
    const before = text.slice(0, end).trimEnd().length;
    return { from: before, to: end, replacement: `, expect: [${items.join(', ')}] ` };
  }
  const lines = items.map((item) => `${indent}  - ${item}`);
  const value = lines.length === 0 ? ' []' : `\n${lines.join('\n')}`;
  return { from: end + rest.length, to: end + rest.length, replacement: `\n${indent}expect:${value}` };
}

function happened({ rows }: NewExpect): readonly Line[] {
  return rows.flatMap((row) => (row.kind === 'missing' ? [] : [row.line]));
}

/** Items that hold stay as they are written, with the comments above and behind them. */
function itemLines(
  old: ParsedNode | null,
  { rows, more }: NewExpect,
  indent: string,
  text: string,
  zone: string,
): readonly string[] {
  const items = isSeq(old) ? old.items : [];
  const dash = isSeq(old) && old.flow !== true ? dashOf(items, text) : indent;
  let index = 0;
  const lines = rows.flatMap((row) => {
    const item = row.kind === 'unlisted' ? undefined : items[index];
    if (row.kind !== 'unlisted') index += 1;
    const above = commentAbove(item, dash);
    switch (row.kind) {
      case 'missing':
        return above;
      case 'unlisted':
        return [`${dash}- ${printItem(row.line, zone, more)}`];
      case 'different':
        return [...above, `${dash}- ${printItemLike(row.expected, row.line, zone)}`];
      case 'same':
        return [...above, `${dash}- ${item === undefined ? printItem(row.line, zone, more) : sourceOf(item, text)}`];
    }
  });
  return lines;
}

/** How far the dashes of the old list stand in. */
function dashOf(items: readonly ParsedNode[], text: string): string {
  const start = items[0]?.range[0] ?? 0;
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function commentAbove(item: ParsedNode | undefined, indent: string): readonly string[] {
  const comment = item?.commentBefore;
  return comment === undefined || comment === null ? [] : comment.split('\n').map((line) => `${indent}#${line}`);
}

function sourceOf(item: ParsedNode, text: string): string {
  const end = trimmed(item.range[1], text);
  return text.slice(item.range[0], end) + commentAt(end, text);
}

function columnOf(offset: number, text: string): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
