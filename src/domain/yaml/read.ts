import { nearest } from '../did-you-mean.js';
import type { Position } from '../problem.js';
import { parseDuration, parseDurationProblem, type Duration } from '../time/duration.js';
import { printNode, type Node } from './node.js';
import type { Problems } from './problems.js';

/** The keys that a mapping may have; those of `later` are known to the language and not built yet. */
export interface Shape {
  /** As a sentence names it: `a trigger`, `policy.yaml`. */
  readonly what: string;
  readonly keys: readonly string[];
  readonly later?: readonly string[];
  /** What somebody who writes one word instead has meant: `exit: { event: order.delivered }`. */
  readonly meant?: (word: string) => string;
}

/** The keys of one mapping that are given, each with its value. */
export interface Fields {
  readonly at: Position;
  get(key: string): Node | undefined;
  has(key: string): boolean;
  /** Where the key itself stands. */
  keyAt(key: string): Position;
  /** Whether it is given, or something that has been told to be a slip of the pen for it. */
  mentions(key: string): boolean;
}

/** A mapping with those keys and no others; what it has too many is a problem, and so is anything but a mapping. */
export function readMap(node: Node, shape: Shape, problems: Problems): Fields | undefined {
  if (node.kind !== 'map') {
    return problems.error(
      node.at,
      `expected ${shape.what} as a mapping (${shape.keys.join(', ')}), got ${printNode(node)}${meantBy(node, shape)}`,
    );
  }
  const entries = new Map(node.entries.map((entry) => [entry.key, entry]));
  for (const entry of node.entries) {
    if (!refuseKey(entry.key, entry.at, shape, problems)) continue;
    // What stands below it is read as what is meant, so that no step in it is unknown.
    const meant = slipFor(entry.key, shape);
    if (meant !== undefined && !entries.has(meant) && entry.value.kind !== 'scalar') entries.set(meant, entry);
  }
  return {
    at: node.at,
    get: (key) => entries.get(key)?.value,
    has: (key) => entries.has(key),
    keyAt: (key) => entries.get(key)?.at ?? node.at,
    mentions: (key) => entries.has(key) || node.entries.some((entry) => slipFor(entry.key, shape) === key),
  };
}

function meantBy(node: Node, { meant, keys }: Shape): string {
  if (isNothing(node)) return '; begin the lines that belong to it with 2 spaces more';
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return '';
  if (tightKey(node.text, keys) !== undefined) return `; ${spaceAfterColon(node.text)}`;
  return /^\S+$/.test(node.text) && meant !== undefined ? `; write ${meant(node.text)}` : '';
}

/** `event:visit` is one word to YAML, which holds the key `event`. */
export function tightKey(word: string, keys: readonly string[]): string | undefined {
  return keys.find((key) => word.startsWith(`${key}:`) && word.length > key.length + 1);
}

function slipFor(word: string, { keys, later = [] }: Shape): string | undefined {
  if (keys.includes(word) || later.includes(word)) return undefined;
  return tightKey(word, keys) ?? nearest(word, [...keys, ...later]);
}

export function spaceAfterColon(word: string): string {
  return `write a space after the colon: "${word.replace(':', ': ')}"`;
}

/** Whether there is no such key. */
function refuseKey(key: string, at: Position, { what, keys, later = [] }: Shape, problems: Problems): boolean {
  if (keys.includes(key)) return false;
  if (later.includes(key)) problems.error(at, `${key} is not supported yet`);
  else if (tightKey(key, keys) !== undefined) problems.error(at, spaceAfterColon(key));
  else
    problems.error(
      at,
      unknownWord(`"${key}" is no key of ${what}`, key, [...keys, ...later], `expected ${keys.join(', ')}`),
    );
  return true;
}

/** The sentence, then the nearest of the words that there are, or else all of them. */
export function unknownWord(sentence: string, word: string, candidates: readonly string[], otherwise: string): string {
  const near = nearest(word, candidates);
  return near === undefined ? `${sentence}; ${otherwise}` : `${sentence}; did you mean "${near}"?`;
}

/** A text; numbers and booleans stand for what is written. */
export function readText(node: Node | undefined, what: string, problems: Problems): string | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar' && node.text.trim() !== '' && node.value !== null) return node.text;
  return problems.error(node.at, `expected ${what}, got ${printNode(node)}`);
}

export function readBoolean(node: Node | undefined, problems: Problems): boolean | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  return problems.error(node.at, `expected true or false, got ${printNode(node)}`);
}

export function readDuration(node: Node | undefined, problems: Problems): Duration | undefined {
  const text = readText(node, 'a duration such as "2 days"', problems);
  if (node === undefined || text === undefined) return undefined;
  return parseDuration(text) ?? problems.error(node.at, parseDurationProblem(text) ?? `"${text}" is no duration`);
}

/** One of a few words. */
export function readWord<Word extends string>(
  node: Node | undefined,
  words: readonly Word[],
  problems: Problems,
  later: readonly string[] = [],
): Word | undefined {
  const text = readText(node, words.join(' or '), problems);
  if (node === undefined || text === undefined) return undefined;
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  if (later.includes(text)) return problems.error(node.at, `${text} is not supported yet`);
  return problems.error(
    node.at,
    unknownWord(`expected ${words.join(' or ')}, got "${text}"`, text, words, `write one of them`),
  );
}

/** The items of a list; one item may stand for a list of one. */
export function oneOrMore(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

export function readList(node: Node | undefined, what: string, problems: Problems): readonly Node[] {
  if (node === undefined) return [];
  if (node.kind === 'list') return node.items;
  problems.error(node.at, `expected ${what}, as a list (each item after "- "), got ${printNode(node)}`);
  return [];
}

export function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}
