import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { printProblem } from '../domain/problem.js';
import { newJourney as scaffold } from '../scaffold/new-journey.js';
import { loadDirectories } from '../workspace/load-directories.js';
import { placeIn, type Directories } from '../workspace/read-files.js';
import type { Print } from './check.js';
import { makeDirectory } from './make-directory.js';
import { UsageError } from './usage-error.js';

/** Writes a journey, its template and its cases to start from. Overwrites nothing. */
export async function newJourney(name: string, options: Directories, print: Print = console.log): Promise<number> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw new UsageError(`"${name}" is no name for a journey; expected a kebab-case name such as good-customer`);
  const { workspace, problems } = await loadDirectories(options);
  if (workspace === undefined) {
    for (const problem of problems) if (problem.severity === 'error') console.error(printProblem(problem));
    return 1;
  }
  const made = scaffold(name, workspace, Date.now());
  if (made.kind === 'refused') {
    console.error(made.why);
    return 1;
  }
  const files = [...made.files].map(
    ([file, text]) => [placeIn(options, { file, line: 1, column: 1 }).file, text] as const,
  );
  for (const [file] of files) await refuseToOverwrite(file);
  for (const [file, text] of files) {
    await makeDirectory(path.dirname(file));
    await writeFile(file, text, { flag: 'wx' });
    print(file);
  }
  return 0;
}

async function refuseToOverwrite(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new UsageError(`${file} is there already; take another name`);
}
