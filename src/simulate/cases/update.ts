import type { CaseResult } from './run-case.js';
import { rewriteExpects } from './rewrite.js';

/** The text of a file of cases, the `expect` of its failing cases as it happened. */
export function updatedFile(text: string, results: readonly CaseResult[], zone: string): string {
  const failing = results.filter(({ ok }) => !ok);
  const changes = failing.map((result) => ({
    name: result.case.name,
    rows: result.rows,
    more: fieldsThatDiffer(result),
  }));
  return rewriteExpects(text, changes, zone);
}

/** With several customers or journeys a line says whose it is. */
function fieldsThatDiffer({ lines }: CaseResult): readonly string[] {
  return ['customer', 'journey'].filter((field) => new Set(lines.map((line) => line[field])).size > 1);
}
