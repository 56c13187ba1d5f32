import { endOfWritten, inserted, lineAt, type Fault, type Line, type Slip } from './slip.js';
import { lexemesOf, openBrackets } from './lexemes.js';

/** A text whose closing quote is missing: YAML goes on to the next quote, or to the end of the file. */
export function findOpenQuote({ at }: Fault, text: string): Slip | undefined {
  const line = lineAt(text, at);
  const quoted = lexemesOf(text).find(
    ({ source, start }) => isOpen(source) && start <= at && start + source.length >= line.start,
  );
  if (quoted === undefined) return undefined;
  const first = lineAt(text, quoted.start);
  const end = endOfText(first, quoted.start, text);
  const quote = quoted.source.charAt(0);
  return {
    at: quoted.start,
    message: 'this text has no closing quote; write the missing one where the text ends',
    repaired: inserted(text, end, quote),
    isSure: end === endOfWritten(first),
  };
}

function isOpen(source: string): boolean {
  const quote = source.charAt(0);
  return /["']/.test(quote) && (source.length === 1 || !source.endsWith(quote) || source.includes('\n'));
}

/** In brackets it ends before a comma or the closing one, else with the line. */
function endOfText(line: Line, start: number, text: string): number {
  const written = endOfWritten(line);
  if (openBrackets(text, start).length === 0) return written;
  const behind = /\s*[,}\]]/.exec(text.slice(start, written));
  return behind === null ? written : start + behind.index;
}

/** `'don't'`, `"a" b`. */
export function findEarlyEnd({ code, message, at }: Fault, text: string): Slip | undefined {
  const line = lineAt(text, at);
  const quote = /(["'])\s*$/.exec(text.slice(line.start, at))?.[1];
  if (code !== 'UNEXPECTED_TOKEN' || !message.startsWith('Unexpected scalar') || quote === undefined) return undefined;
  const behind = text.slice(at, endOfWritten(line)).replaceAll('"', "'");
  return {
    at,
    message: `the text in quotes ends before "${behind}"; put all of it in quotes, and take the other sort where it holds one itself`,
    repaired: text.slice(0, at).trimEnd() + text.slice(endOfWritten(line)),
    isSure: false,
  };
}
