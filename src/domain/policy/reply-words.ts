import { fold } from '../message/folding.js';
import type { Node } from '../yaml/node.js';
import type { Problems } from '../yaml/problems.js';
import { oneOrMore, readMap, readText, unknownWord, type Fields } from '../yaml/read.js';
import type { Purpose, ReplyWords } from './policy.js';

/** `opt_out` and `opt_in`; a word stands in one of them. */
export function readReplyWords(
  policy: Fields,
  purposes: ReadonlyMap<string, Purpose>,
  problems: Problems,
): { readonly optOut: ReplyWords | undefined; readonly optIn: ReplyWords | undefined } {
  const optOut = readOne('opt_out', policy, purposes, problems);
  const optIn = readOne('opt_in', policy, purposes, problems);
  const both = optIn?.words.find((word) => optOut?.words.includes(word));
  if (both !== undefined)
    problems.error(policy.keyAt('opt_in'), `"${both}" is a word of opt_out too; it can mean one of the two`);
  return { optOut, optIn };
}

function readOne(
  key: string,
  policy: Fields,
  purposes: ReadonlyMap<string, Purpose>,
  problems: Problems,
): ReplyWords | undefined {
  const node = policy.get(key);
  const fields = node && readMap(node, { what: key, keys: ['words', 'purposes'] }, problems);
  if (fields === undefined) return undefined;
  const words = readAll(fields, 'words', (item) => readReplyWord(item, problems), problems);
  const named = readAll(fields, 'purposes', (item) => readPurposeName(item, purposes, problems), problems);
  return { words, purposes: named };
}

function readAll(
  fields: Fields,
  key: 'words' | 'purposes',
  read: (item: Node) => string | undefined,
  problems: Problems,
): readonly string[] {
  const items = oneOrMore(fields.get(key));
  if (items.length === 0)
    problems.error(fields.at, `${key} is missing; write ${key}: [${key === 'words' ? '"11", لغو' : 'marketing'}]`);
  return [...new Set(items.flatMap((item) => read(item) ?? []))];
}

function readReplyWord(node: Node, problems: Problems): string | undefined {
  const text = readText(node, 'a word such as "11"', problems);
  if (text === undefined || fold(text) !== '') return text && fold(text);
  return problems.error(node.at, `nothing is left of "${text}" to compare a reply with; write letters or digits`);
}

function readPurposeName(node: Node, purposes: ReadonlyMap<string, Purpose>, problems: Problems): string | undefined {
  const name = readText(node, 'a purpose', problems);
  if (name === undefined || purposes.has(name)) return name;
  const names = [...purposes.keys()];
  const there = `there are ${names.join(', ')}`;
  return problems.error(node.at, unknownWord(`there is no purpose "${name}"`, name, names, there));
}
