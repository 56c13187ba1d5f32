import type { Workspace } from '../../domain/workspace.js';
import { printTraceJson } from '../print-trace.js';
import { simulate } from '../simulator.js';
import type { Case, CasesFile, Line } from './case.js';
import { compare, holds, type Row } from './compare.js';

/** What became of one case. */
export interface CaseResult {
  readonly file: string;
  readonly journey: string;
  readonly case: Case;
  readonly rows: readonly Row[];
  readonly ok: boolean;
  /** Everything that happened. */
  readonly lines: readonly Line[];
  /** What the simulator warned of, such as a chain of events that was cut. */
  readonly warnings: readonly string[];
  readonly milliseconds: number;
}

export function runCases(files: readonly CasesFile[], workspace: Workspace): readonly CaseResult[] {
  return files.flatMap(({ file, journey, cases }) =>
    cases.map((one) => ({ file, journey, ...runCase(one, workspace) })),
  );
}

export function runCase(one: Case, workspace: Workspace): Omit<CaseResult, 'file' | 'journey'> {
  const start = performance.now();
  const { lines, warnings } = happening(one, workspace);
  const rows = compare(one.expect, lines);
  return { case: one, rows, ok: holds(rows), lines, warnings, milliseconds: performance.now() - start };
}

/** Only the case's journeys run. */
function happening(one: Case, workspace: Workspace): { lines: readonly Line[]; warnings: readonly string[] } {
  const lines: Line[] = [];
  const warnings: string[] = [];
  const { customers, events, launches, from, until, channelResults, webhookResults } = one;
  simulate({
    workspace: { ...workspace, journeys: workspace.journeys.filter(({ name }) => one.journeys.has(name)) },
    ...{ customers, events, launches, from, until, channelResults, webhookResults },
    print: (line) => lines.push(JSON.parse(printTraceJson(line)) as Line),
    warn: (message: string) => warnings.push(message),
  });
  return { lines, warnings };
}
