import type { Problem } from '../domain/problem.js';
import { loadWorkspace, type LoadedWorkspace, type Workspace, type WorkspaceFiles } from '../domain/workspace.js';
import { compareText } from '../domain/yaml/problems.js';
import { placeIn, readWorkspaceFiles, type Directories } from './read-files.js';

export interface LoadedDirectories extends LoadedWorkspace {
  /** What could be read, by the names that a workspace gives. */
  readonly files: WorkspaceFiles;
}

/** Reads and checks both directories. Problems name files as the user would. */
export async function loadDirectories(directories: Directories): Promise<LoadedDirectories> {
  const read = await readWorkspaceFiles(directories);
  const checked = loadWorkspace(read.files);
  const unread = new Set(read.problems.map(({ position }) => position.file));
  const told = checked.problems.filter((problem) => !followsFrom(problem, unread));
  const problems = [...read.problems, ...told].map((problem) => ({
    ...problem,
    position: placeIn(directories, problem.position),
  }));
  const workspace: Workspace | undefined = read.problems.length === 0 ? checked.workspace : undefined;
  return { workspace, problems: problems.sort(byPlace), files: read.files };
}

/** A file that could not be read is not also told to be missing, nor what misses it. */
function followsFrom({ position: { file, line, column }, message }: Problem, unread: ReadonlySet<string>): boolean {
  const missing = file === 'journeys/policy.yaml' && line === 1 && column === 1 && unread.has('journeys');
  return unread.has(file) || missing || (unread.has('templates') && message.startsWith('there is no template'));
}

/** As problems are told: by file, line and column. */
export function byPlace({ position: a }: Problem, { position: b }: Problem): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}
