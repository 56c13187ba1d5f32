import { writeFile } from 'node:fs/promises';
import type { Workspace } from '../domain/workspace.js';
import type { CasesFile } from '../simulate/cases/case.js';
import { unreached } from '../simulate/cases/coverage.js';
import { printJUnit } from '../simulate/cases/junit.js';
import { caseWords } from '../simulate/cases/case-words.js';
import { printResults, resultsAsJson } from '../simulate/cases/print-results.js';
import { runCases, type CaseResult } from '../simulate/cases/run-case.js';
import { updatedFile } from '../simulate/cases/update.js';
import { fileReason } from '../workspace/file-reason.js';
import { loadWithCases } from '../workspace/load-with-cases.js';
import { placeIn, type Directories } from '../workspace/read-files.js';
import type { Language } from '../language/language.js';
import type { Print } from './check.js';
import { noSuchJourney } from './no-such-journey.js';
import { tellProblem } from './tell-problem.js';
import { UsageError } from './usage-error.js';

export interface TestOptions extends Directories {
  /** Writes what happened into the failing cases. */
  readonly update?: boolean;
  /** A file for JUnit's XML. */
  readonly junit?: string;
  readonly json?: boolean;
  readonly lang?: Language;
}

/** Runs the cases of a journey, or of all. 0: each holds; 1: one fails, or the files are not well. */
export async function test(
  name: string | undefined,
  options: TestOptions,
  print: Print = console.log,
  warn: Print = console.error,
): Promise<number> {
  const { lang = 'en' } = options;
  const { workspace, cases, problems } = await loadWithCases(options);
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) warn(tellProblem(problem, lang));
  if (workspace === undefined || errors.length > 0) return 1;
  const chosen = choose(name, cases, workspace);
  if (chosen.length === 0) return tellNone(name, warn);
  const results = runCases(chosen, workspace);
  await tell(results, workspace, options, print);
  if (options.update !== true) return results.every(({ ok }) => ok) ? 0 : 1;
  const updated = await update(results, workspace, options);
  if (options.json !== true && updated > 0) print(caseWords[lang].updated(updated));
  return 0;
}

async function tell(
  results: readonly CaseResult[],
  workspace: Workspace,
  options: TestOptions,
  print: Print,
): Promise<void> {
  const zone = workspace.policy.timezone;
  const gaps = unreached(results, workspace);
  const told = placed(results, options);
  if (options.json === true) print(JSON.stringify(resultsAsJson(told, gaps)));
  else for (const line of printResults(told, gaps, zone, caseWords[options.lang ?? 'en'])) print(line);
  if (options.junit !== undefined) await write(options.junit, printJUnit(told, zone));
}

function choose(name: string | undefined, cases: readonly CasesFile[], { journeys }: Workspace): readonly CasesFile[] {
  if (name === undefined) return cases.filter((file) => file.cases.length > 0);
  const names = journeys.map((journey) => journey.name);
  if (names.includes(name)) return cases.filter(({ journey, cases: some }) => journey === name && some.length > 0);
  throw noSuchJourney(name, names);
}

function tellNone(name: string | undefined, warn: Print): number {
  const file = name ?? '<name>';
  warn(`there are no cases${name === undefined ? '' : ` of "${name}"`}; write journeys/${file}.cases.yaml`);
  return name === undefined ? 0 : 1;
}

/** Files as the user names them. */
function placed(results: readonly CaseResult[], directories: Directories): readonly CaseResult[] {
  return results.map((result) => {
    const position = placeIn(directories, result.case.position);
    return { ...result, file: position.file, case: { ...result.case, position } };
  });
}

async function update(
  results: readonly CaseResult[],
  { files, policy }: Workspace,
  directories: Directories,
): Promise<number> {
  const failing = results.filter(({ ok }) => !ok);
  for (const file of new Set(failing.map((result) => result.file))) {
    const text = files.get(file);
    if (text === undefined) continue;
    const changed = updatedFile(
      text,
      failing.filter((result) => result.file === file),
      policy.timezone,
    );
    await write(placeIn(directories, { file, line: 1, column: 1 }).file, changed);
  }
  return failing.length;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${fileReason(error)}`);
  }
}
