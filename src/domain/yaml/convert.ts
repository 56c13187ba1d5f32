import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { readDocument } from './document.js';
import { spotsOf } from './spots.js';
import type { Entry, ListNode, MapNode, Node, ScalarNode } from './node.js';
import type { SourceFile } from './parse.js';
import type { Problems } from './problems.js';
import { depthOf, quoteIt } from './traps.js';

/** The library's tree as our own: strings for keys, places for everything, no aliases. */
export function convertNode(
  node: ParsedNode | null,
  file: SourceFile,
  problems: Problems,
  depth = 0,
): Node | undefined {
  if (node === null) return undefined;
  if (depth > deepest)
    return problems.error(file.at(node.range[0]), 'this is nested too deeply; a journey stays far below that');
  if (isAlias(node))
    return problems.error(file.at(node.range[0]), 'an alias (*) is not part of the language; write it out');
  refuseMarks(node, file, problems);
  if (isMap(node)) return convertMap(node, file, problems, depth + 1);
  return isSeq(node) ? convertList(node, file, problems, depth + 1) : convertScalar(node, file);
}

/** Far above what a person writes, far below what would exhaust the stack. */
const deepest = 100;

function refuseMarks(node: Exclude<ParsedNode, Alias.Parsed>, file: SourceFile, problems: Problems): void {
  const at = file.at(node.range[0]);
  if (node.anchor !== undefined) {
    problems.error(at, 'an anchor (&) is not part of the language; write it out where it is needed');
  }
  if (node.tag !== undefined)
    problems.error(at, `a tag (!) is not part of the language; ${quoteIt}, or the text, if it begins with "!"`);
}

function convertMap(map: YAMLMap.Parsed, file: SourceFile, problems: Problems, depth: number): MapNode {
  const at = file.at(map.range[0]);
  const entries = map.items.flatMap(({ key, value }) => convertEntry(key, value, file, problems, depth));
  tellTwice(entries, problems);
  return { kind: 'map', at, entries: map.flow === true ? withoutCutRests(entries) : entries };
}

function tellTwice(entries: readonly Entry[], problems: Problems): void {
  const keys = new Set<string>();
  for (const { key, at } of entries) {
    if (keys.has(key)) problems.error(at, `"${key}" stands here twice; a key may be given once`);
    keys.add(key);
  }
}

function convertEntry(
  key: ParsedNode,
  value: ParsedNode | null,
  file: SourceFile,
  problems: Problems,
  depth: number,
): Entry[] {
  const at = file.at(key.range[0]);
  if (!isScalar(key)) {
    problems.error(at, 'a key must be a plain word');
    return [];
  }
  refuseMarks(key, file, problems);
  const [word] = /^[\w.?-]+(?= +[{[])/.exec(textOf(key, file)) ?? [];
  if (word !== undefined && key.type === 'PLAIN' && value !== null)
    return [withoutColon(word, key.range[0], value.range[1], file, problems)];
  const converted = convertNode(value, file, problems, depth) ?? nothingAt(file, key.range[1]);
  return [{ key: textOf(key, file), at, value: converted }];
}

/** `service { consent: required }`, which has a key "service { consent" to YAML. */
function withoutColon(key: string, start: number, end: number, file: SourceFile, problems: Problems): Entry {
  const at = file.at(start);
  problems.error(at, `a colon is missing after "${key}"; write "${key}:"`);
  const begin = start + key.length;
  const rest = { ...file, text: file.text.slice(begin, end), at: (offset: number) => file.at(begin + offset) };
  const { contents, errors } = readDocument(rest.text);
  const value = errors.length === 0 ? convertNode(contents, rest, problems) : undefined;
  return { key, at, value: value ?? nothingAt(file, begin) };
}

function convertList(list: YAMLSeq.Parsed, file: SourceFile, problems: Problems, depth: number): ListNode {
  const items = list.items.map((item) => convertNode(item, file, problems, depth) ?? nothingAt(file, list.range[0]));
  return { kind: 'list', at: file.at(list.range[0]), items };
}

function convertScalar(scalar: Scalar.Parsed, file: SourceFile): ScalarNode {
  const [start, end] = scalar.range;
  const text = textOf(scalar, file);
  const plain = scalar.type === 'PLAIN' || scalar.type === undefined;
  let spots: readonly number[] | undefined;
  const spot = (offset: number): ReturnType<SourceFile['at']> => {
    spots ??= spotsOf(text, file.text.slice(start, end));
    return file.at(start + (spots[Math.min(offset, text.length)] ?? 0));
  };
  return {
    kind: 'scalar',
    at: file.at(start),
    value: valueOf(scalar),
    text,
    plain,
    cutAt: plain ? cutBehind(file, end) : undefined,
    spot,
  };
}

/** Numbers and booleans keep the text that they are written with, as an expression needs it. */
function textOf(scalar: Scalar.Parsed, file: SourceFile): string {
  if (typeof scalar.value === 'string') return scalar.value;
  return file.text.slice(scalar.range[0], scalar.range[1]);
}

function valueOf({ value }: Scalar.Parsed): ScalarNode['value'] {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? value : null;
}

function cutBehind({ text }: SourceFile, end: number): string | undefined {
  return /^(?: +#|\s*,)/.exec(text.slice(end, end + 200))?.[0].trimStart();
}

function nothingAt(file: SourceFile, offset: number): ScalarNode {
  const at = file.at(offset);
  return { kind: 'scalar', at, value: null, text: '', plain: true, cutAt: undefined, spot: () => at };
}

/** `{ when: f(a, b) > 1 }` is, to YAML, `when: f(a` and a key `b) > 1`: the rest is left to the message about `when`. */
function withoutCutRests(entries: readonly Entry[]): readonly Entry[] {
  let depth = 0;
  return entries.filter(({ key, value }) => {
    if (depth > 0 && value.kind === 'scalar' && value.value === null && value.text === '') {
      depth += depthOf(key);
      return false;
    }
    depth = mayBeCut(key, value) ? depthOf(value.text) : 0;
    return true;
  });
}

function mayBeCut(key: string, value: Node): value is ScalarNode {
  return value.kind === 'scalar' && value.plain && (key === 'when' || key === 'value' || value.text.startsWith('='));
}
