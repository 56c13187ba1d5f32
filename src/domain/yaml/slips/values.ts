import { endOfWritten, lineAt, type Fault, type Slip } from './slip.js';

/** A value that YAML reads something else into, and that quotes would keep in one piece. */
export function findUnquotedValue({ code, message, at }: Fault, text: string): Slip | undefined {
  const line = lineAt(text, at);
  const isValue = /:\s+$/.test(text.slice(line.start, at));
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && isValue && text.slice(at, line.end).includes(': '))
    return quoting(
      at,
      'this value holds ": ", with which a key begins; put a text in quotes, keys in { } and a list in [ ]',
      text,
    );
  if (code === 'BAD_SCALAR_START')
    return quoting(at, `no value begins with "${text.charAt(at)}" as it is; put it in quotes`, text);
  if (message.startsWith('Missing , ')) return withComma(text.slice(0, at).trimEnd().length, text);
  if (code === 'BLOCK_IN_FLOW') return withoutComma(at, text);
  return undefined;
}

function quoting(at: number, message: string, text: string): Slip {
  const end = endOfWritten(lineAt(text, at));
  const value = text.slice(at, end).replaceAll("'", "''");
  return { at, message, repaired: `${text.slice(0, at)}'${value}'${text.slice(end)}`, isSure: false };
}

/** `{ send: x via: sms }`. */
function withoutComma(at: number, text: string): Slip | undefined {
  const line = lineAt(text, at);
  const found = /^(\S+)\s+(?=\S)/.exec(text.slice(at, line.end));
  if (found === null) return undefined;
  return withComma(at + (found[1] ?? '').length, text);
}

function withComma(behind: number, text: string): Slip {
  return {
    at: behind,
    message: 'a comma is missing here; between braces and brackets one stands between any two',
    repaired: `${text.slice(0, behind)},${text.slice(behind)}`,
    isSure: false,
  };
}
