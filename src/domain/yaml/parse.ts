import type { Position } from '../problem.js';
import { convertNode } from './convert.js';
import { readSoundly } from './faults.js';
import { placesIn } from './lines.js';
import type { Node } from './node.js';
import type { Problems } from './problems.js';
import type { Values } from './traps.js';

/** A file's text, with places in it. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  readonly values: Values;
  at(offset: number): Position;
}

/**
 * Reads one YAML 1.2 file. Every error and warning of YAML's is a problem; undefined where its structure cannot be trusted
 * or there is nothing in it.
 */
export function parseYaml(
  name: string,
  text: string,
  problems: Problems,
  values: Values = 'of a journey',
): Node | undefined {
  // The parser calls itself for each level: it is not even asked.
  const deep = endlessNesting(text);
  if (deep !== undefined)
    return problems.error(placesIn(name, text)(deep), 'this is nested too deeply to be a journey file');
  try {
    const sound = readSoundly(name, text, values, problems);
    return sound && convertNode(sound.document.contents, { name, text: sound.text, values, at: sound.at }, problems);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const start = { file: name, line: 1, column: 1 };
    return problems.error(start, `this is no YAML that can be read: ${error.message}`);
  }
}

const DEEPEST = 1_000;

/** Where a text nests beyond all reason, in brackets or in marks of lists on one line. */
function endlessNesting(text: string): number | undefined {
  if (text.length <= DEEPEST) return undefined;
  const marks = new RegExp(`^ *(?:[-?] +){${String(DEEPEST)}}`, 'm').exec(text);
  if (marks !== null) return marks.index;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const bracket = text.charAt(index);
    if (bracket === '[' || bracket === '{') depth += 1;
    else if (bracket === ']' || bracket === '}') depth = Math.max(0, depth - 1);
    if (depth > DEEPEST) return index;
  }
  return undefined;
}
