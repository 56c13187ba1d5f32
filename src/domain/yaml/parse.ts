import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import type { Position } from '../problem.js';
import { convertNode } from './convert.js';
import type { Node } from './node.js';
import type { Problems } from './problems.js';
import { expressionBefore, quoteIt } from './traps.js';

/** A file's text, with places in it. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
  at(offset: number): Position;
}

/**
 * Reads one YAML 1.2 file. Every error and warning of YAML's is a problem; undefined where its structure cannot be trusted
 * or there is nothing in it.
 */
export function parseYaml(name: string, text: string, problems: Problems): Node | undefined {
  const lines = new LineCounter();
  const file: SourceFile = { name, text, at: (offset) => positionAt(name, lines, offset) };
  // The parser calls itself for each level: it is not even asked.
  const deep = endlessNesting(text);
  if (deep !== undefined) return problems.error(file.at(deep), 'this is nested too deeply to be a journey file');
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      version: '1.2',
      logLevel: 'error',
    });
    return readDocument(document, file, problems);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return problems.error(file.at(0), `this is no YAML that can be read: ${error.message}`);
  }
}

function readDocument(document: Document.Parsed, file: SourceFile, problems: Problems): Node | undefined {
  const faults: YAMLError[] = [...document.errors, ...document.warnings];
  for (const fault of firstOfEachLine(faults, file)) problems.error(...explain(fault, file));
  if (faults.some(({ code }) => code !== 'DUPLICATE_KEY')) return undefined;
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
  if (fault.code === 'DUPLICATE_KEY') return [file.at(fault.pos[0]), duplicateKey(fault, file)];
  const expression = expressionBefore(file.text, fault.pos[0]);
  if (expression !== undefined)
    return [file.at(expression), `${quoteIt}: YAML takes it apart (${lowered(fault.message)})`];
  const remedy = remedies[fault.code] ?? '';
  return [file.at(fault.pos[0]), `this is no YAML: ${lowered(fault.message)}${remedy}`];
}

function duplicateKey({ pos }: YAMLError, { text }: SourceFile): string {
  const key = /^[^\s:]+/.exec(text.slice(pos[0]))?.[0] ?? 'this key';
  return `"${key}" stands here twice; a key may be given once`;
}

function lowered(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
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
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text[offset];
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > DEEPEST) return offset;
  }
  return undefined;
}
