import { caseWords } from './case-words.js';
import { sideBySide } from './print-results.js';
import type { CaseResult } from './run-case.js';

/** JUnit's XML, as CI servers read it: a suite a journey. */
export function printJUnit(results: readonly CaseResult[], zone: string): string {
  const journeys = [...new Set(results.map(({ journey }) => journey))];
  const suites = journeys.map((journey) =>
    printSuite(
      journey,
      results.filter((result) => result.journey === journey),
      zone,
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals(results)}>\n${suites.join('')}</testsuites>\n`;
}

function printSuite(journey: string, results: readonly CaseResult[], zone: string): string {
  const cases = results.map((result) => printCase(result, zone)).join('');
  return `  <testsuite name="${escaped(journey)}" ${totals(results)}>\n${cases}  </testsuite>\n`;
}

function totals(results: readonly CaseResult[]): string {
  const failures = results.filter(({ ok }) => !ok).length;
  const time = results.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return `tests="${String(results.length)}" failures="${String(failures)}" errors="0" time="${seconds(time)}"`;
}

function printCase({ journey, file, case: one, ok, rows, milliseconds }: CaseResult, zone: string): string {
  const head = `    <testcase classname="${escaped(journey)}" name="${escaped(one.name)}" file="${escaped(file)}" line="${String(one.position.line)}" time="${seconds(milliseconds)}"`;
  if (ok) return `${head}/>\n`;
  const text = escaped(sideBySide(rows, zone, caseWords.en).join('\n'));
  return `${head}>\n      <failure message="what happened is not what was expected">${text}</failure>\n    </testcase>\n`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1_000).toFixed(3);
}

/** Control characters have no place in XML, not even escaped. */
function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // oxlint-disable-next-line no-control-regex -- they are what is taken out
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  );
}
