import { LineCounter } from 'yaml';
import type { Position } from '../problem.js';

/** Where an offset of a text is, in lines and columns. */
export type PlaceOf = (offset: number) => Position;

export function placesIn(file: string, text: string): PlaceOf {
  const lines = linesOf(text);
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

/** Places in a text that was mended a little, line by line, as they are in what is written. */
export function placesAsWritten(file: string, mended: string, written: string): PlaceOf {
  const at = placesIn(file, mended);
  const lengths = written.split('\n').map(({ length }) => length);
  return (offset) => {
    const { line, column } = at(offset);
    return { file, line, column: Math.min(column, (lengths[line - 1] ?? 0) + 1) };
  };
}

/** Where lines begin; the parser's own count goes wrong where it stumbles. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
  return lines;
}
