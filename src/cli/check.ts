import { watch } from 'node:fs';
import { printProblem, type Problem } from '../domain/problem.js';
import { loadDirectories } from '../workspace/load-directories.js';
import type { Directories } from '../workspace/read-files.js';

export interface CheckOptions extends Directories {
  /** Prints an array of problems instead of lines. */
  readonly json?: boolean;
  /** Checks again whenever a file changes, until `signal` says stop. */
  readonly watch?: boolean;
  readonly signal?: AbortSignal;
}

/** Where lines go; the console's stdout unless a test listens. */
export type Print = (line: string) => void;

/** Prints everything wrong in the files. 0: they are well (there may be warnings); 1: there are errors. */
export async function check(options: CheckOptions, print: Print = console.log): Promise<number> {
  const code = await checkOnce(options, print);
  return options.watch === true ? checkOnChange(options, code, print) : code;
}

async function checkOnce(options: CheckOptions, print: Print): Promise<number> {
  const { workspace, problems } = await loadDirectories(options);
  if (options.json === true) print(JSON.stringify(problems.map(asJson)));
  else printLines(problems, workspace?.journeys.length ?? 0, print);
  return problems.some(isError) ? 1 : 0;
}

function asJson({ severity, position, message }: Problem): object {
  return { severity, ...position, message };
}

function printLines(problems: readonly Problem[], journeys: number, print: Print): void {
  for (const problem of problems) print(printProblem(problem));
  print(summary(problems, journeys));
}

function summary(problems: readonly Problem[], journeys: number): string {
  const errors = problems.filter(isError).length;
  const warnings = problems.length - errors;
  const beside = warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`;
  return errors === 0 ? `well: ${counted(journeys, 'journey')}${beside}` : `${counted(errors, 'error')}${beside}`;
}

function counted(count: number, word: string): string {
  return `${String(count)} ${word}${count === 1 ? '' : 's'}`;
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** Editors save in several strokes: what changes within the same tenth of a second is one change. */
const settleMs = 100;

async function checkOnChange(options: CheckOptions, first: number, print: Print): Promise<number> {
  let code = first;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    running = running.then(async () => {
      code = await checkOnce(options, print);
    });
  };
  const stop = watchDirectories(options, () => {
    clearTimeout(timer);
    timer = setTimeout(again, settleMs);
  });
  await stopped(options.signal);
  stop();
  clearTimeout(timer);
  await running;
  return code;
}

/** A directory that is not there cannot be watched; the check has told it. */
function watchDirectories({ journeys, templates }: Directories, changed: () => void): () => void {
  const watchers = [journeys, templates].flatMap((directory) => {
    try {
      return [watch(directory, { recursive: true }, changed)];
    } catch {
      return [];
    }
  });
  for (const watcher of watchers) watcher.on('error', changed);
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}

async function stopped(signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal?.aborted === true) resolve();
    else
      (signal ?? new AbortController().signal).addEventListener('abort', () => {
        resolve();
      });
  });
}
