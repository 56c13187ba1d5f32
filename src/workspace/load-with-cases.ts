import type { CasesFile } from '../simulate/cases/case.js';
import { loadCases } from '../simulate/cases/load-cases.js';
import { byPlace, loadDirectories, type LoadedDirectories } from './load-directories.js';
import { placeIn, type Directories } from './read-files.js';

/** Reads and checks both directories, the journeys' cases with them. */
export async function loadWithCases(
  directories: Directories,
): Promise<LoadedDirectories & { readonly cases: readonly CasesFile[] }> {
  const loaded = await loadDirectories(directories);
  const { cases, problems } = loadCases(loaded.files, loaded.workspace);
  const placed = problems.map((problem) => ({ ...problem, position: placeIn(directories, problem.position) }));
  return { ...loaded, cases, problems: [...loaded.problems, ...placed].sort(byPlace) };
}
