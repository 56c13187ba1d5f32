import type { Unreached } from './coverage.js';
import type { Row } from './compare.js';
import type { CaseResult } from './run-case.js';
import { padded, widthOf } from '../text-width.js';
import { caseWords, type CaseWords } from './case-words.js';
import { tellRow, type ToldRow } from './tell-row.js';

/** What a person reads: a line a case, and for one that failed the two lists side by side. */
export function printResults(
  results: readonly CaseResult[],
  unreached: readonly Unreached[],
  zone: string,
  words: CaseWords = caseWords.en,
): readonly string[] {
  const journeys = [...new Set(results.map(({ journey }) => journey))];
  const failed = results.filter(({ ok }) => !ok).length;
  return [
    ...journeys.flatMap((journey) => [
      journey,
      ...results.filter((result) => result.journey === journey).flatMap((result) => printResult(result, zone, words)),
      ...unreached.filter((one) => one.journey === journey).map(({ places }) => `  ${words.unreached(places)}`),
    ]),
    failed === 0 ? words.allOk(results.length) : words.someFailed(failed, results.length),
  ];
}

function printResult({ case: one, ok, rows, warnings }: CaseResult, zone: string, words: CaseWords): readonly string[] {
  const { file, line, column } = one.position;
  const told = warnings.map((warning) => `    ${words.warning}: ${warning}`);
  const width = Math.max(widthOf(words.ok), widthOf(words.failed));
  if (ok) return [`  ${padded(words.ok, width)}  ${one.name}`, ...told];
  return [
    `  ${padded(words.failed, width)}  ${one.name}  (${file}:${String(line)}:${String(column)})`,
    ...told,
    ...sideBySide(rows, zone, words).map((text) => `    ${text}`),
  ];
}

/** Wider than this the two stand one below the other. */
const widest = 72;

export function sideBySide(rows: readonly Row[], zone: string, words: CaseWords): readonly string[] {
  const told = rows.map((row) => ({ ...tellRow(row, zone, words), mark: row.kind === 'same' ? ' ' : '✗' }));
  const widths = told.map(({ expected }) => widthOf(expected));
  const width = Math.max(widthOf(words.expected), ...widths.filter((one) => one <= widest));
  return [`  ${padded(words.expected, width)} | ${words.happened}`, ...told.flatMap((row) => printRow(row, width))];
}

function printRow(
  { mark, expected, happened, notes }: ToldRow & { readonly mark: string },
  width: number,
): readonly string[] {
  const below = notes.map((note) => `    ${note}`);
  if (widthOf(expected) > width) return [`${mark} ${expected}`, `  ${padded('', width)} | ${happened}`, ...below];
  return [`${mark} ${padded(expected, width)} | ${happened}`, ...below];
}

/** For programs: everything of the above as one object. */
export function resultsAsJson(results: readonly CaseResult[], unreached: readonly Unreached[]): object {
  return {
    ok: results.every(({ ok }) => ok),
    cases: results.map(({ file, journey, case: one, ok, rows, warnings, milliseconds }) => ({
      ...{ journey, name: one.name, ok, file, line: one.position.line, column: one.position.column },
      milliseconds: Math.round(milliseconds * 10) / 10,
      ...(warnings.length === 0 ? {} : { warnings }),
      ...(ok ? {} : { rows: rows.map(rowAsJson) }),
    })),
    unreached,
  };
}

function rowAsJson(row: Row): object {
  const expected =
    row.kind === 'unlisted'
      ? undefined
      : {
          kind: row.expected.kind,
          ...row.expected.fields,
          ...(row.expected.textContains.length === 0 ? {} : { text_contains: row.expected.textContains }),
        };
  return { row: row.kind, expected, happened: row.kind === 'missing' ? undefined : row.line };
}
