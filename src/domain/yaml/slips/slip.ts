import type { ErrorCode } from 'yaml';

/** Where YAML stumbled, in its own words. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
  /** An offset in the text. */
  readonly at: number;
}

/** What somebody who writes by hand has got wrong, and the text without it; lines keep their numbers. */
export interface Slip {
  readonly at: number;
  readonly message: string;
  readonly repaired: string;
  /** Whether this can only be what was meant, so that the rest of the file can be read. */
  readonly isSure: boolean;
}

export type FindSlip = (fault: Fault, text: string) => Slip | undefined;

export function inserted(text: string, at: number, more: string): string {
  return text.slice(0, at) + more + text.slice(at);
}

/** One line of a text. */
export interface Line {
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
  readonly text: string;
}

export function lineAt(text: string, offset: number): Line {
  // Before the first character there is no line end, not even one at the first.
  const start = offset > 0 ? text.lastIndexOf('\n', offset - 1) + 1 : 0;
  const next = text.indexOf('\n', start);
  const end = next === -1 ? text.length : next;
  return { start, end, text: text.slice(start, end) };
}

/** The next line with something on it. */
export function lineBelow(text: string, { end }: Line): Line | undefined {
  for (let start = end + 1; start < text.length; start = lineAt(text, start).end + 1) {
    const line = lineAt(text, start);
    if (!isBlank(line)) return line;
  }
  return undefined;
}

export function lineAbove(text: string, { start }: Line): Line | undefined {
  for (let line = start; line > 0;) {
    const above = lineAt(text, line - 1);
    if (!isBlank(above)) return above;
    line = above.start;
  }
  return undefined;
}

function isBlank({ text }: Line): boolean {
  return /^\s*(?:#|$)/.test(text);
}

export function indentOf({ text }: Line): number {
  return /^ */.exec(text)?.[0].length ?? 0;
}

/** Where what is written on a line ends: before a comment and spaces. */
export function endOfWritten({ start, text }: Line): number {
  return start + text.replace(/\s+#.*$/, '').trimEnd().length;
}
