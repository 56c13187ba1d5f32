import { LineCounter, type Document, type YAMLError } from 'yaml';
import type { Position } from '../problem.js';
import { convertNode } from './convert.js';
import { readDocument } from './document.js';
import type { Node } from './node.js';
import type { Problems } from './problems.js';
import { expressionBefore, quoteIt, type Values } from './traps.js';

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
  const lines = linesOf(text);
  const file: SourceFile = { name, text, values, at: (offset) => positionAt(name, lines, offset) };
  // The parser calls itself for each level: it is not even asked.
  const deep = endlessNesting(text);
  if (deep !== undefined) return problems.error(file.at(deep), 'this is nested too deeply to be a journey file');
  try {
    return takeDocument(readDocument(text), file, problems);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return problems.error(file.at(0), `this is no YAML that can be read: ${error.message}`);
  }
}

function takeDocument(document: Document.Parsed, file: SourceFile, problems: Problems): Node | undefined {
  const faults: YAMLError[] = [...document.errors, ...document.warnings];
  for (const fault of firstOfEachLine(faults, file)) problems.error(...explain(fault, file));
  if (faults.length > 0) return undefined;
  return convertNode(document.contents, file, problems);
}

/** One slip makes YAML stumble several times. */
function firstOfEachLine(faults: readonly YAMLError[], file: SourceFile): readonly YAMLError[] {
  const lines = new Set<number>();
  return faults.filter(({ pos }) => {
    const { line } = file.at(pos[0]);
    return !lines.has(line) && lines.add(line);
  });
}

function explain(fault: YAMLError, file: SourceFile): [Position, string] {
  const expression = expressionBefore(file.text, fault.pos[0], file.values);
  if (expression !== undefined)
    return [file.at(expression), `${quoteIt}: YAML takes it apart (${lowered(fault.message)})`];
  const remedy = remedies[fault.code] ?? '';
  return [file.at(fault.pos[0]), `this is no YAML: ${lowered(fault.message)}${remedy}`];
}

function lowered(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** Where lines begin; the parser's own count goes wrong where it stumbles. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
  return lines;
}

function positionAt(file: string, lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

const remedies: Readonly<Record<string, string | undefined>> = {
  BLOCK_AS_IMPLICIT_KEY: '; quote a value that holds ": "',
  UNEXPECTED_TOKEN: '; quote a value that begins with a quote or a bracket',
  MULTIPLE_DOCS: '; a file holds one document',
  BAD_SCALAR_START: '; quote it',
  TAG_RESOLVE_FAILED: '; quote a value that begins with "!"',
};

const DEEPEST = 1_000;

/** Where a text nests beyond all reason, in brackets or in marks of lists on one line. */
function endlessNesting(text: string): number | undefined {
  const marks = new RegExp(`^ *(?:[-?] +){${String(DEEPEST)}}`, 'm').exec(text);
  if (marks !== null) return marks.index;
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST) return index;
  }
  return undefined;
}
