import { watch } from 'node:fs';
import type { Problem } from '../domain/problem.js';
import type { Language } from '../language/language.js';
import { translate } from '../language/translate.js';
import { loadWithCases } from '../workspace/load-with-cases.js';
import type { Directories } from '../workspace/read-files.js';
import { tellProblem } from './tell-problem.js';
import { gatherUnknownTypes, moreOf } from './unknown-types.js';

export interface CheckOptions extends Directories {
  /** Prints an array of problems instead of lines. */
  readonly json?: boolean;
  /** Checks again whenever a file changes, until `signal` says stop. */
  readonly watch?: boolean;
  readonly signal?: AbortSignal;
  /** Of the messages. */
  readonly lang?: Language;
}

/** Where lines go; the console's stdout unless a test listens. */
export type Print = (line: string) => void;

/** Prints everything wrong in the files. 0: they are well (there may be warnings); 1: there are errors. */
export async function check(options: CheckOptions, print: Print = console.log): Promise<number> {
  const first = await checkOnce(options, print);
  return options.watch === true ? checkOnChange(options, first, print) : first.code;
}

interface Checked {
  readonly code: number;
  /** What was checked. */
  readonly files: ReadonlyMap<string, string>;
}

/** Prints nothing where the files are those that were checked `before`. */
async function checkOnce(options: CheckOptions, print: Print, before?: Checked): Promise<Checked> {
  const { workspace, problems, files } = await loadWithCases(options);
  if (before !== undefined && isSame(files, before.files)) return before;
  const lang = options.lang ?? 'en';
  if (options.json === true) print(JSON.stringify(problems.map((problem) => asJson(problem, lang))));
  else printLines(problems, workspace?.journeys.length ?? 0, lang, print);
  return { code: problems.some(isError) ? 1 : 0, files };
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([name, text]) => b.get(name) === text);
}

function asJson({ severity, position, message }: Problem, lang: Language): object {
  return { severity, ...position, message: translate(message, lang) };
}

function printLines(problems: readonly Problem[], journeys: number, lang: Language, print: Print): void {
  for (const gathered of gatherUnknownTypes(problems)) {
    print(tellProblem(gathered.problem, lang));
    if (gathered.more > 0) print(moreOf[lang](gathered));
  }
  const counts = {
    errors: problems.filter(isError).length,
    warnings: problems.filter((problem) => !isError(problem)).length,
    journeys,
  };
  print(summaries[lang](counts));
}

interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly journeys: number;
}

const summaries: Readonly<Record<Language, (counts: Counts) => string>> = {
  en: ({ errors, warnings, journeys }) => {
    const beside = warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`;
    return errors === 0 ? `well: ${counted(journeys, 'journey')}${beside}` : `${counted(errors, 'error')}${beside}`;
  },
  fa: ({ errors, warnings, journeys }) => {
    const beside = warnings === 0 ? '' : `، ${warnings.toLocaleString('fa')} هشدار`;
    const well = `درست است: ${journeys.toLocaleString('fa')} سفر`;
    return `\u2067${errors === 0 ? well : `${errors.toLocaleString('fa')} خطا`}${beside}\u2069`;
  },
};

function counted(count: number, word: string): string {
  return `${String(count)} ${word}${count === 1 ? '' : 's'}`;
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** Editors save in several strokes: what changes within the same tenth of a second is one change. */
const settleMs = 100;

async function checkOnChange(options: CheckOptions, first: Checked, print: Print): Promise<number> {
  let last = first;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    running = running.then(async () => {
      last = await checkOnce(options, print, last);
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
  return last.code;
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
