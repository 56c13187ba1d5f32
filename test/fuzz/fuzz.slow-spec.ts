import type { Problem } from '../../src/domain/problem.js';
import { printProblem } from '../../src/domain/problem.js';
import { loadWorkspace, type LoadedWorkspace } from '../../src/domain/workspace.js';
import { loadCases } from '../../src/simulate/cases/load-cases.js';
import { Random } from '../torture/random.js';
import { spoil } from './mutations.js';
import { targets, type Target } from './targets.js';

/** `PEYK_FUZZ_FROM=48213 PEYK_FUZZ_RUNS=1` tries one of them again. */
const runs = Number(process.env['PEYK_FUZZ_RUNS'] ?? 500);
const first = Number(process.env['PEYK_FUZZ_FROM'] ?? 1);
/** Milliseconds of the processor, and one of two tries: on a busy machine the clock says little. */
const longest = 10_000;

type Files = ReadonlyMap<string, string>;

/** What is wrong with the checker's answer to these files; undefined where nothing is. */
function complaint(files: Files): string | undefined {
  const { workspace, problems, cases, took } = checked(files);
  if (took > longest && checked(files).took > longest) return `it took ${String(Math.round(took))} ms`;
  const failed = problems.some(({ severity }) => severity === 'error');
  if (failed === (workspace !== undefined)) return 'there is a workspace and an error, or neither';
  // A carriage return alone ends a line to Handlebars, and none to YAML.
  const readings = [/\n/, /\r\n?|\n/].map((end) => new Map([...files].map(([file, text]) => [file, text.split(end)])));
  for (const problem of [...problems, ...cases.problems]) {
    if (problem.message.trim() === '') return `a problem says nothing: ${printProblem(problem)}`;
    if (!readings.some((lines) => hasPlace(problem, lines))) return `there is no such place: ${printProblem(problem)}`;
  }
  return undefined;
}

function checked(
  files: Files,
): LoadedWorkspace & { readonly cases: ReturnType<typeof loadCases>; readonly took: number } {
  const start = process.cpuUsage();
  const loaded = loadWorkspace(files);
  const cases = loadCases(files, loaded.workspace);
  const { user, system } = process.cpuUsage(start);
  return { ...loaded, cases, took: (user + system) / 1_000 };
}

/** A file that is not there is spoken of at its first letter. */
function hasPlace(
  { position: { file, line, column } }: Problem,
  files: ReadonlyMap<string, readonly string[]>,
): boolean {
  const there = (files.get(file) ?? [''])[line - 1];
  return there !== undefined && column >= 1 && column <= there.length + 1;
}

function tried(number: number): string | undefined {
  const random = new Random(number);
  const { file, files } = random.one(targets);
  const spoiled = new Map(files).set(file, spoil(files.get(file) ?? '', random));
  if (random.share() < 0.02) spoiled.delete(random.one([...spoiled.keys()]));
  try {
    const found = complaint(spoiled);
    return found && `run ${String(number)}, ${file}: ${found}`;
  } catch (error) {
    return `run ${String(number)}, ${file}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

function errorsIn({ files }: Target): readonly string[] {
  const { workspace, problems } = loadWorkspace(files);
  const all = [...problems, ...loadCases(files, workspace).problems];
  return all.filter(({ severity }) => severity === 'error').map(printProblem);
}

describe('spoiled files', () => {
  it('are well before', () => {
    const sets = [...new Map(targets.map((target) => [[...target.files.keys()].join(), target])).values()];
    expect(sets.flatMap(errorsIn)).toEqual([]);
  });

  it('never crash the checker nor hold it up: they are well, or each problem has a place in them', () => {
    const found: string[] = [];
    for (let number = first; number < first + runs && found.length < 20; number += 1) {
      const wrong = tried(number);
      if (wrong !== undefined) found.push(wrong);
    }
    expect(found).toEqual([]);
  }, 86_400_000);
});
