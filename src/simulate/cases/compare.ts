import type { Json } from '../../domain/json.js';
import { isJsonObject } from '../../domain/json.js';
import { parseMoney } from '../../domain/policy/money.js';
import type { Expected, Line } from './case.js';
import { lineKinds, mustBeListed } from './line-kinds.js';

/** What was expected beside what happened. Without one of them: it did not happen, or was not listed. */
export type Row =
  | { readonly kind: 'same'; readonly expected: Expected; readonly line: Line }
  | { readonly kind: 'different'; readonly expected: Expected; readonly line: Line }
  | { readonly kind: 'missing'; readonly expected: Expected }
  | { readonly kind: 'unlisted'; readonly line: Line };

/** The list and the lines, brought side by side. A case holds where every row is the same. */
export function compare(expected: readonly Expected[], lines: readonly Line[]): readonly Row[] {
  return fitting(expected, lines) ?? align(expected, listed(expected, lines));
}

export function holds(rows: readonly Row[]): boolean {
  return rows.every(({ kind }) => kind === 'same');
}

/** Whether a line is what an item of the list says, as far as the item says something. */
export function fits(expected: Expected, line: Line): boolean {
  return (
    expected.kind === line.kind &&
    Object.entries(expected.fields).every(([field, wanted]) => isEqual(wanted, line[field], field)) &&
    lacking(expected, line).length === 0
  );
}

/** The fields in which a line of the same kind is another one. */
export function differing(expected: Expected, line: Line): readonly string[] {
  const fields = Object.entries(expected.fields).filter(([field, wanted]) => !isEqual(wanted, line[field], field));
  return fields.map(([field]) => field);
}

/** The texts that should stand in it and do not. */
export function lacking({ textContains }: Expected, line: Line): readonly string[] {
  const text = typeof line['text'] === 'string' ? line['text'] : '';
  return textContains.filter((part) => !text.includes(part));
}

function isEqual(wanted: Json, got: Json | undefined, field: string): boolean {
  if (field === 'text' && typeof wanted === 'string' && typeof got === 'string') return wanted.trim() === got.trim();
  if (field === 'for') return equal(asList(wanted), asList(got ?? null));
  return equal(wanted, got ?? null);
}

function asList(value: Json): Json {
  return Array.isArray(value) ? value : [value];
}

/** Money may be written with its unit. */
function equal(wanted: Json, got: Json): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(got) &&
      got.length === wanted.length &&
      wanted.every((item, index) => equal(item, got[index] ?? null))
    );
  if (isJsonObject(wanted)) {
    if (!isJsonObject(got)) return false;
    const names = new Set([...Object.keys(wanted), ...Object.keys(got)]);
    return [...names].every((name) => equal(wanted[name] ?? null, got[name] ?? null));
  }
  if (typeof wanted === 'string' && typeof got === 'number') return parseMoney(wanted) === got;
  return wanted === got;
}

/** The lines that a comparison is about: the others may be left out, and nobody has listed them. */
function listed(expected: readonly Expected[], lines: readonly Line[]): readonly Line[] {
  const kinds = new Set([...mustBeListed, ...expected.map(({ kind }) => kind)]);
  return lines.filter(({ kind }) => kinds.has(kind));
}

/** Every item with its line, where there is one for each and none is left that must be listed. */
function fitting(expected: readonly Expected[], lines: readonly Line[]): readonly Row[] | undefined {
  const rows: Row[] = [];
  for (const line of lines) {
    // The first line that fits will do: a later one of its kind may be left out just as well.
    const wanted = expected[rows.length];
    if (wanted !== undefined && fits(wanted, line)) rows.push({ kind: 'same', expected: wanted, line });
    else if (mustBeListed.has(line.kind)) return undefined;
  }
  return rows.length === expected.length ? rows : undefined;
}

/** For a reader: what is most alike stands side by side. */
function align(expected: readonly Expected[], lines: readonly Line[]): readonly Row[] {
  const best = likenesses(expected, lines);
  const rows: Row[] = [];
  let [item, at] = [0, 0];
  while (item < expected.length || at < lines.length) {
    const [wanted, line] = [expected[item], lines[at]];
    const here = valueAt(best, item, at);
    if (
      wanted !== undefined &&
      line !== undefined &&
      here === valueAt(best, item + 1, at + 1) + likeness(wanted, line)
    ) {
      rows.push({ kind: fits(wanted, line) ? 'same' : 'different', expected: wanted, line });
      item += 1;
      at += 1;
    } else if (wanted !== undefined && (line === undefined || here === valueAt(best, item + 1, at))) {
      rows.push({ kind: 'missing', expected: wanted });
      item += 1;
    } else {
      if (line !== undefined && mustBeListed.has(line.kind)) rows.push({ kind: 'unlisted', line });
      at += 1;
    }
  }
  return rows;
}

/** Two of one kind are one thing that came out differently; of several kinds they are nothing of the kind. */
function likeness(expected: Expected, line: Line): number {
  if (expected.kind !== line.kind) return -Infinity;
  if (fits(expected, line)) return 5;
  const { main } = lineKinds[line.kind];
  return isEqual(expected.fields[main] ?? line[main] ?? null, line[main], main) ? 4 : 2;
}

type Table = readonly (readonly number[])[];

/** `[item][at]`: how much alike the rows from there on can be. */
function likenesses(expected: readonly Expected[], lines: readonly Line[]): Table {
  const table: number[][] = Array.from({ length: expected.length + 1 }, () => Array<number>(lines.length + 1).fill(0));
  for (let item = expected.length - 1; item >= 0; item -= 1) {
    for (let at = lines.length - 1; at >= 0; at -= 1) {
      const [wanted, line, row] = [expected[item], lines[at], table[item]];
      if (wanted === undefined || line === undefined || row === undefined) continue;
      const together = valueAt(table, item + 1, at + 1) + likeness(wanted, line);
      row[at] = Math.max(together, valueAt(table, item + 1, at), valueAt(table, item, at + 1));
    }
  }
  return table;
}

function valueAt(table: Table, item: number, at: number): number {
  return table[item]?.[at] ?? 0;
}
