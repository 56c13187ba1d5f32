import { inserted, lineAbove, lineAt, type Fault, type Line, type Slip } from './slip.js';

/** `send:welcome`, `purpose service`, `trigger` alone, `-send: welcome`. */
export function findMissingColon({ code, at }: Fault, text: string): Slip | undefined {
  const line = lineAt(text, at);
  const above = lineAbove(text, line);
  const dash = withoutSpaceAfterDash(line, text) ?? (above && withoutSpaceAfterDash(above, text));
  if (dash !== undefined) return dash;
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return beforeBraces(line, text);
  return code === 'MULTILINE_IMPLICIT_KEY' || code === 'MISSING_CHAR' ? afterKey(line, at, text) : undefined;
}

function withoutSpaceAfterDash({ start, text: written }: Line, text: string): Slip | undefined {
  const found = /^(\s*(?:- +)*-)([A-Za-z_]+)\s*:/.exec(written);
  if (found === null) return undefined;
  const [, before = '', word = ''] = found;
  const at = start + before.length;
  return {
    at: at - 1,
    message: `a space is missing after "-"; write "- ${word}:"`,
    repaired: inserted(text, at, ' '),
    isSure: true,
  };
}

/** `survey { consent: required }`. */
function beforeBraces(line: Line, text: string): Slip | undefined {
  const [, before = '', key = ''] = /^(\s*(?:- +)*)([\w.?-]+) +[{[]/.exec(line.text) ?? [];
  return key === '' ? undefined : withColon(line.start + before.length, key, text);
}

function afterKey(line: Line, at: number, text: string): Slip | undefined {
  const before = text.slice(line.start, at);
  if (!/^\s*(?:- +)*$/.test(before)) return undefined;
  const written = text.slice(at, line.end);
  const wide = /^([\w.?-]+)\s*[\uff1a\ufe55]/.exec(written)?.[1];
  if (wide !== undefined) return withPlainColon(at + wide.length, written.slice(wide.length), text);
  const tight = /^([A-Za-z_][\w.?-]*):(?=\S)/.exec(written)?.[1];
  if (tight !== undefined) return withSpace(at, tight, written, text);
  const key = /^[\w.?-]+(?=\s|$)/.exec(written)?.[0];
  return key === undefined || /^-+$/.test(key) ? undefined : withColon(at, key, text);
}

function withSpace(at: number, key: string, written: string, text: string): Slip {
  const behind = written
    .slice(key.length + 1)
    .replace(/\s#.*$/, '')
    .trim();
  const value = behind.length > 40 ? '…' : behind;
  return {
    at: at + key.length,
    message: `a space is missing after the colon; write "${key}: ${value.replaceAll('"', "'")}"`,
    repaired: inserted(text, at + key.length + 1, ' '),
    isSure: true,
  };
}

/** A keyboard's other colon. */
function withPlainColon(at: number, behind: string, text: string): Slip {
  const [found = ''] = /^\s*\S/.exec(behind) ?? [];
  const colon = found.trimStart();
  const repaired = `${text.slice(0, at)}: ${text.slice(at + found.length)}`;
  return { at, message: `"${colon}" is no colon to YAML; write ": "`, repaired, isSure: true };
}

function withColon(at: number, key: string, text: string): Slip {
  return {
    at,
    message: `a colon is missing after "${key}"; write "${key}:"`,
    repaired: inserted(text, at + key.length, ':'),
    isSure: true,
  };
}
