import { isUtf8 } from 'node:buffer';
import type { Refusal } from '../intake.js';
import { faultIn } from './json-fault.js';

export type Parsed<Value = unknown> = { readonly value: Value } | { readonly refusal: Refusal };

/** JSON out of bytes. What is none is refused with the line and column where it stops being any. */
export function parseJson(bytes: Buffer, place = 'body'): Parsed {
  if (bytes.length === 0) return refuse(place, 'is empty; send an event as JSON');
  if (!isUtf8(bytes)) return refuse(place, 'is not UTF-8; send JSON in UTF-8');
  const text = withoutMark(bytes.toString('utf8'));
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return refuse(place, explain(text));
  }
}

/** A byte order mark in front means nothing. */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function refuse(place: string, message: string): { readonly refusal: Refusal } {
  return { refusal: { place, message } };
}

function explain(text: string): string {
  const offset = faultIn(text);
  const what = offset >= text.length ? 'ends too early' : `has an unexpected ${printable(text, offset)}`;
  return `is not JSON: it ${what} at line ${String(lineOf(text, offset))}, column ${String(columnOf(text, offset))}`;
}

function printable(text: string, offset: number): string {
  return JSON.stringify(String.fromCodePoint(text.codePointAt(offset) ?? 32));
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function columnOf(text: string, offset: number): number {
  return offset - text.lastIndexOf('\n', offset - 1);
}
