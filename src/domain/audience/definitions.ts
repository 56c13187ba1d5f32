import type { Position } from '../problem.js';
import { readSource } from '../yaml/expression-source.js';
import { printNode, type Entry, type ScalarNode } from '../yaml/node.js';
import { parseYaml } from '../yaml/parse.js';
import type { Problems } from '../yaml/problems.js';
import { everyone } from './audience.js';

/** A file's name as problems print it, and its text. */
export interface DefinitionFile {
  readonly name: string;
  readonly text: string;
}

/** One line of `audiences.yaml` or `scores.yaml`; `source` is missing where it could not be read. */
export interface Definition {
  readonly what: 'audience' | 'score';
  readonly name: string;
  readonly position: Position;
  readonly source: ScalarNode | undefined;
}

const examples: Readonly<Record<Definition['what'], string>> = {
  audience: 'vip: count("purchase.completed", "1 year") > 5',
  score: 'loyalty: count("purchase.completed", "1 year") * 10',
};

export function readDefinitions(
  what: Definition['what'],
  file: DefinitionFile | undefined,
  problems: Problems,
): readonly Definition[] {
  const node = file && parseYaml(file.name, file.text, problems, 'expressions');
  if (file === undefined || (node?.kind === 'scalar' && node.value === null)) return [];
  if (node === undefined) return namesIn(what, file);
  if (node.kind === 'map') return node.entries.flatMap((entry) => readDefinition(what, entry, problems) ?? []);
  problems.error(node.at, `expected ${what}s by name, such as "${examples[what]}", got ${printNode(node)}`);
  return [];
}

function readDefinition(
  what: Definition['what'],
  { key, at, value }: Entry,
  problems: Problems,
): Definition | undefined {
  if (what === 'audience' && key === everyone.name) {
    return problems.error(at, `the audience "${key}" is built in; leave it out, or take another name`);
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key)) {
    problems.error(at, `"${key}" is no name for ${article(what)}; expected a kebab-case name such as ${samples[what]}`);
  }
  return { what, name: key, position: at, source: readSource(value, problems) };
}

/** Of a file that is no YAML: the names are there, so that nobody is told that they are not. */
function namesIn(what: Definition['what'], { name: file, text }: DefinitionFile): readonly Definition[] {
  return Array.from(text.matchAll(/^ *["']?([a-z0-9-]+)["']?\s*:/gm), ([, name = '']) => {
    return { what, name, position: { file, line: 1, column: 1 }, source: undefined };
  });
}

const samples: Readonly<Record<Definition['what'], string>> = { audience: 'has-bought', score: 'loyalty' };

function article(what: Definition['what']): string {
  return what === 'audience' ? 'an audience' : 'a score';
}
