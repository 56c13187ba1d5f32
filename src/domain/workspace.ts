import { createHash } from 'node:crypto';
import type { Catalogue } from './catalogue/catalogue.js';
import { engineTypes } from './catalogue/engine-types.js';
import { loadCatalogue, type CatalogueFile } from './catalogue/load.js';
import { withoutTypes } from './catalogue/without-types.js';
import type { Journey } from './journey/journey.js';
import { loadJourney as load, type LoadedJourney } from './journey/load/load-journey.js';
import type { JourneyParts } from './journey/load/context.js';
import { loadTemplates, type CheckedTemplates } from './message/templates.js';
import { loadPolicy } from './policy/load.js';
import type { Policy } from './policy/policy.js';
import type { Problem } from './problem.js';
import { sortFiles, type JourneyFile } from './workspace/files.js';
import { compareText, Problems } from './yaml/problems.js';

/** Every file of the two directories by its name, such as `journeys/welcome.yaml` and `templates/welcome/sms.hbs`. */
export type WorkspaceFiles = ReadonlyMap<string, string>;

/** One set of files that checks well: what a business runs. */
export interface Workspace {
  /** SHA-256 of all names and texts, in hex: the bundle that decisions are made with. */
  readonly hash: string;
  readonly files: WorkspaceFiles;
  readonly policy: Policy;
  readonly catalogue: Catalogue;
  readonly templates: CheckedTemplates;
  /** By name, in code point order. */
  readonly journeys: readonly Journey[];
}

/** The workspace, undefined exactly where there is an error; and all problems, by file, line and column. */
export interface LoadedWorkspace {
  readonly workspace: Workspace | undefined;
  readonly problems: readonly Problem[];
}

export function loadWorkspace(files: WorkspaceFiles): LoadedWorkspace {
  const problems = new Problems();
  const sorted = sortFiles(files, problems);
  const policy = loadPolicy('journeys/policy.yaml', files.get('journeys/policy.yaml'), problems);
  const catalogue = loadCatalogue(
    { events: fileAt('journeys/events.yaml', files), customers: fileAt('journeys/customers.yaml', files) },
    problems,
  );
  const loaded = loadTemplates(sorted.templates, {
    zone: policy?.timezone ?? 'UTC',
    calendar: policy?.calendar ?? 'gregorian',
  });
  problems.add(loaded.problems);
  const parts = { policy, catalogue, templates: loaded.templates };
  const journeys = hasTypes(files, catalogue, problems)
    ? loadJourneys(sorted.journeys, parts, problems)
    : loadWithoutTypes(sorted.journeys, parts, problems, files);
  const good = policy !== undefined && !problems.failed;
  return {
    workspace: good ? { hash: hashOf(files), files, ...parts, policy, journeys } : undefined,
    problems: problems.sorted(),
  };
}

/** One journey beside an existing workspace: how versions that still hold people are tested against today's files. */
export function loadJourney(source: string, name: string, parts: JourneyParts): LoadedJourney {
  return load(source, name, parts);
}

function fileAt(name: string, files: WorkspaceFiles): CatalogueFile | undefined {
  const text = files.get(name);
  return text === undefined ? undefined : { name, text };
}

function loadJourneys(files: readonly JourneyFile[], parts: JourneyParts, problems: Problems): readonly Journey[] {
  const loaded = files.map(({ file, name, text }) => load(text, name, parts, file));
  for (const journey of loaded) problems.add(journey.problems);
  return loaded.flatMap(({ journey }) => journey ?? []).sort((a, b) => compareText(a.name, b.name));
}

const events = 'journeys/events.yaml';

/** Whether `events.yaml` is there, and can be read at all. */
function hasTypes(files: WorkspaceFiles, { types, customer }: Catalogue, problems: Problems): boolean {
  const isUnread = types.length === engineTypes(customer).length && problems.failedIn(events);
  return files.has(events) && !isUnread;
}

/** That the file is not there is one mistake, however many types the journeys name; without any there is none. */
function loadWithoutTypes(
  journeys: readonly JourneyFile[],
  parts: JourneyParts,
  problems: Problems,
  files: WorkspaceFiles,
): readonly Journey[] {
  const { catalogue, missed } = withoutTypes(parts.catalogue);
  const loaded = loadJourneys(journeys, { ...parts, catalogue }, problems);
  if (missed.size > 0 && !files.has(events)) {
    const names = [...missed].sort(compareText).join(', ');
    problems.error(
      { file: events, line: 1, column: 1 },
      `there is no events.yaml; it declares the event types that the journeys name: ${names}`,
    );
  }
  return loaded;
}

/** Lengths stand before the texts, so that no two sets of files look alike. */
function hashOf(files: WorkspaceFiles): string {
  const hash = createHash('sha256');
  for (const [name, text] of [...files].sort(([a], [b]) => compareText(a, b))) {
    hash.update(`${String(name.length)}:${name}${String(text.length)}:${text}`, 'utf8');
  }
  return hash.digest('hex');
}
