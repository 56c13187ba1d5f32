import type { Entry, Node } from '../yaml/node.js';
import { printNode } from '../yaml/node.js';
import { parseYaml } from '../yaml/parse.js';
import type { Problems } from '../yaml/problems.js';
import { isNothing } from '../yaml/read.js';
import { occasionsOf, type Occasions } from './occasions.js';
import { readRule } from './read-rule.js';
import type { Rule } from './rule.js';

/** Reads `occasions.yaml`, which need not be there: as many as can be read; what cannot is a problem. */
export function loadOccasions(name: string, text: string | undefined, problems: Problems): Occasions {
  const node = text === undefined ? undefined : parseYaml(name, text, problems);
  if (node === undefined) return occasionsOf(namesIn(text ?? ''));
  return occasionsOf(isNothing(node) ? new Map() : readRules(node, problems));
}

/** Of a file that is no YAML: the names are there, so that nobody is told that they are not. */
function namesIn(text: string): ReadonlyMap<string, Rule> {
  return new Map(Array.from(text.matchAll(/^ *["']?([^\s:"'#]+)["']?\s*:/gm), ([, name = '']) => [name, never]));
}

function readRules(node: Node, problems: Problems): ReadonlyMap<string, Rule> {
  const rules = new Map<string, Rule>();
  if (node.kind !== 'map') {
    problems.error(node.at, `expected occasions, such as yalda: { jalali: 09-30 }, got ${printNode(node)}`);
    return rules;
  }
  for (const entry of node.entries) {
    // One that cannot be read is there nevertheless: whoever names it is not to blame.
    if (isName(entry, problems)) rules.set(entry.key, readRule(entry.value, problems) ?? never);
  }
  return rules;
}

function isName({ key, at }: Entry, problems: Problems): boolean {
  if (/^[^\s=]+$/.test(key)) return true;
  problems.error(at, `"${key}" is no name of an occasion; write one word, such as mothers-day`);
  return false;
}

const never: Rule = { kind: 'listed', spans: [] };
