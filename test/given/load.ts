import {
  loadBeside,
  loadParts,
  type LoadedParts,
  type LoadedWorkspace,
  type WorkspaceFiles,
} from '../../src/domain/workspace.js';
import { sortJourneys } from '../../src/domain/workspace/files.js';
import { Problems } from '../../src/domain/yaml/problems.js';

/** What is beside the journeys is the same in most tests: it is read once. */
const kept = new Map<string, LoadedParts>();

/** As `loadWorkspace`. */
export function loadGiven(files: WorkspaceFiles): LoadedWorkspace {
  return loadBeside(partsOf(files), files);
}

function partsOf(files: WorkspaceFiles): LoadedParts {
  const journeys = new Set(sortJourneys(files, new Problems()).map(({ file }) => file));
  const key = JSON.stringify([...files].filter(([file]) => !journeys.has(file)));
  const before = kept.get(key);
  if (before !== undefined) return before;
  const loaded = loadParts(files);
  // A catalogue that stands in for one that is not there gathers what it is asked for.
  if (loaded.parts.catalogue === loaded.catalogue) kept.set(key, loaded);
  return loaded;
}
