import type { Unreached } from './coverage.js';
import type { Row } from './compare.js';
import type { CaseResult } from './run-case.js';
import { tellRow, widthOf, type ToldRow } from './tell-row.js';

/** What a person reads: a line a case, and for one that failed the two lists side by side. */
export function printResults(
  results: readonly CaseResult[],
  unreached: readonly Unreached[],
  zone: string,
): readonly string[] {
  const journeys = [...new Set(results.map(({ journey }) => journey))];
  const failed = results.filter(({ ok }) => !ok).length;
  return [
    ...journeys.flatMap((journey) => [
      journey,
      ...results.filter((result) => result.journey === journey).flatMap((result) => printResult(result, zone)),
      ...unreached
        .filter((one) => one.journey === journey)
        .map(({ places }) => `  no case reaches: ${places.join(', ')}`),
    ]),
    failed === 0 ? `${counted(results.length)} ok` : `${String(failed)} of ${counted(results.length)} failed`,
  ];
}

export function counted(cases: number): string {
  return `${String(cases)} ${cases === 1 ? 'case' : 'cases'}`;
}

function printResult({ case: one, ok, rows, warnings }: CaseResult, zone: string): readonly string[] {
  const { file, line, column } = one.position;
  const told = warnings.map((warning) => `    warning: ${warning}`);
  if (ok) return [`  ok      ${one.name}`, ...told];
  return [
    `  failed  ${one.name}  (${file}:${String(line)}:${String(column)})`,
    ...told,
    ...sideBySide(rows, zone).map((text) => `    ${text}`),
  ];
}

/** Wider than this the two stand one below the other. */
const widest = 72;

export function sideBySide(rows: readonly Row[], zone: string): readonly string[] {
  const told = rows.map((row) => ({ ...tellRow(row, zone), mark: row.kind === 'same' ? ' ' : '✗' }));
  const widths = told.map(({ expected }) => widthOf(expected));
  const width = Math.max('expected'.length, ...widths.filter((one) => one <= widest));
  return [`  ${padded('expected', width)} | happened`, ...told.flatMap((row) => printRow(row, width))];
}

function printRow(
  { mark, expected, happened, notes }: ToldRow & { readonly mark: string },
  width: number,
): readonly string[] {
  const below = notes.map((note) => `    ${note}`);
  if (widthOf(expected) > width) return [`${mark} ${expected}`, `  ${padded('', width)} | ${happened}`, ...below];
  return [`${mark} ${padded(expected, width)} | ${happened}`, ...below];
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
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
