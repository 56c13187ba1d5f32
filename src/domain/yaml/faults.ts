import { isScalar, type Document } from 'yaml';
import type { Position } from '../problem.js';
import { readDocument } from './document.js';
import { placesAsWritten, placesIn, type PlaceOf } from './lines.js';
import type { Problems } from './problems.js';
import { findSlip, findSlipInValue } from './slips/find-slip.js';
import type { Fault, Slip } from './slips/slip.js';
import { expressionBefore, quoteIt, type Values } from './traps.js';

/** A document whose structure can be trusted, and the text that it was read from. */
export interface Sound {
  readonly text: string;
  readonly at: PlaceOf;
  readonly document: Document.Parsed;
}

/** As many slips of one file as anybody mends at a time; others are told when these are. */
const MOST_SLIPS = 10;
const LONGEST = 50_000;

/** One reading of a text, with all that YAML stumbles over. */
interface Reading extends Sound {
  readonly faults: readonly Fault[];
}

/**
 * Reads a text, and tells what is wrong in it. One slip makes YAML stumble many times: each is told where it was made, and
 * the text is read again without it, so that only what is wrong besides is told too.
 */
export function readSoundly(name: string, text: string, values: Values, problems: Problems): Sound | undefined {
  const told = new Set<number>();
  let isSure = true;
  for (let reading = readOnce(text, placesIn(name, text)); ;) {
    const slip = text.length < LONGEST ? slipIn(reading, values) : undefined;
    if (slip === undefined && reading.faults.length === 0) return isSure ? reading : undefined;
    // Behind what may have been meant otherwise, what follows from that cannot be told from what does not.
    if (slip === undefined || !isNew(slip, told, isSure, reading)) {
      if (isSure && told.size < MOST_SLIPS) tellRest(reading, values, told, problems);
      return undefined;
    }
    const place = reading.at(slip.at);
    problems.error(place, slip.message);
    told.add(place.line);
    isSure &&= slip.isSure;
    reading = readOnce(slip.repaired, placesAsWritten(name, slip.repaired, text));
  }
}

function readOnce(text: string, at: PlaceOf): Reading {
  const document = readDocument(text);
  const errors = [...document.errors, ...document.warnings];
  const faults = errors.map(({ code, message, pos }) => ({ code, message, at: pos[0] }));
  return { text, document, faults: faults.toSorted((a, b) => a.at - b.at), at };
}

/** Whether it is to be told, and the text to be read without it. */
function isNew(slip: Slip, told: ReadonlySet<number>, isSure: boolean, { at }: Reading): boolean {
  return told.size < MOST_SLIPS && !told.has(at(slip.at).line) && (isSure || slip.isSure);
}

function slipIn({ faults: [first], text, document }: Reading, values: Values): Slip | undefined {
  const fault = first ?? lonelyText(document);
  return fault && slipOf(fault, text, values);
}

/** A file of one plain text: a key whose colon is missing. */
function lonelyText({ contents }: Document.Parsed): Fault | undefined {
  if (!isScalar(contents) || contents.type !== 'PLAIN' || !/^[A-Za-z_][\w.?-]*(?::|\s)/.test(String(contents.value)))
    return undefined;
  return { code: 'MULTILINE_IMPLICIT_KEY', message: '', at: contents.range[0] };
}

/** Nothing is mended in an expression: what is to be quoted there is told. */
function slipOf(fault: Fault, text: string, values: Values): Slip | undefined {
  const slip = findSlip(fault, text);
  if (slip !== undefined || expressionBefore(text, fault.at, values) !== undefined) return slip;
  return findSlipInValue(fault, text);
}

/** The first fault of each line. */
function tellRest({ faults, text, at }: Reading, values: Values, told: ReadonlySet<number>, problems: Problems): void {
  const lines = new Set(told);
  for (const fault of faults) {
    const { line } = at(fault.at);
    if (!lines.has(line)) problems.error(...explain(fault, text, values, at));
    lines.add(line);
  }
}

function explain(fault: Fault, text: string, values: Values, at: PlaceOf): [Position, string] {
  const expression = expressionBefore(text, fault.at, values);
  if (expression !== undefined) return [at(expression), `${quoteIt}: YAML takes it apart (${lowered(fault.message)})`];
  return [at(fault.at), `this is no YAML: ${lowered(fault.message)}${remedies[fault.code] ?? ''}`];
}

function lowered(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

const remedies: Readonly<Record<string, string | undefined>> = {
  BLOCK_AS_IMPLICIT_KEY: '; quote a value that holds ": "',
  UNEXPECTED_TOKEN: '; quote a value that begins with a quote or a bracket',
  MULTIPLE_DOCS: '; a file holds one document',
  TAG_RESOLVE_FAILED: '; quote a value that begins with "!"',
};
