import { createHash } from 'node:crypto';
import type { Audience, Score } from './audience/audience.js';
import { loadAudiences } from './audience/load.js';
import type { Catalogue } from './catalogue/catalogue.js';
import { loadCatalogue, type CatalogueFile } from './catalogue/load.js';
import { withoutTypes } from './catalogue/without-types.js';
import type { Journey } from './journey/journey.js';
import { loadJourney as load, type LoadedJourney } from './journey/load/load-journey.js';
import type { JourneyParts } from './journey/load/context.js';
import type { LinkCodes } from './message/short-links.js';
import { loadTemplates, type CheckedTemplates } from './message/templates.js';
import { unusedTemplates } from './message/unused-templates.js';
import { loadOccasions } from './occasions/load.js';
import type { Occasions } from './occasions/occasions.js';
import { loadPolicy } from './policy/load.js';
import { checkPolicyNames } from './policy/mentions.js';
import type { Policy } from './policy/policy.js';
import type { Problem } from './problem.js';
import { warnOfCircles } from './workspace/emit-circles.js';
import { sortJourneys, templatesAmong, type JourneyFile } from './workspace/files.js';
import { policyLimits } from './workspace/policy-limits.js';
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
  readonly occasions: Occasions;
  /** By name, `everyone` among them. */
  readonly audiences: ReadonlyMap<string, Audience>;
  readonly scores: ReadonlyMap<string, Score>;
  /** By name, in code point order. */
  readonly journeys: readonly Journey[];
  /** What `link` and `unsubscribe` become where they are served; not of the files, but of who runs them. */
  readonly links?: LinkCodes | undefined;
}

/** The workspace, undefined exactly where there is an error; and all problems, by file, line and column. */
export interface LoadedWorkspace {
  readonly workspace: Workspace | undefined;
  readonly problems: readonly Problem[];
}

/** `kept`: these files were well when they were kept. */
export function loadWorkspace(files: WorkspaceFiles, kept = false): LoadedWorkspace {
  return loadBeside(loadParts(files), files, kept);
}

/** The workspace of files of which those that are no journeys have been read. */
export function loadBeside(loaded: LoadedParts, files: WorkspaceFiles, kept = false): LoadedWorkspace {
  const { parts, catalogue } = loaded;
  const problems = new Problems();
  problems.add(loaded.problems);
  const journeys = loadJourneys(sortJourneys(files, problems), kept ? { ...parts, kept } : parts, problems);
  tellMissed(loaded, files, problems);
  const { policy } = parts;
  const good = policy !== undefined && !problems.failed;
  return {
    workspace: good ? { ...parts, hash: hashOf(files), files, policy, catalogue, journeys } : undefined,
    problems: problems.sorted(),
  };
}

/** All that journeys name. */
export interface LoadedParts {
  /** What journeys are checked against; without `events.yaml` it has every type that is asked for. */
  readonly parts: JourneyParts;
  readonly catalogue: Catalogue;
  readonly missed: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** In the order in which one file needs the others. */
export function loadParts(files: WorkspaceFiles): LoadedParts {
  const problems = new Problems();
  const catalogue = loadCatalogue(
    { events: fileAt('journeys/events.yaml', files), customers: fileAt('journeys/customers.yaml', files) },
    problems,
  );
  const usable = hasTypes(files, problems) ? { catalogue, missed: new Set<string>() } : withoutTypes(catalogue);
  const occasions = loadOccasions('journeys/occasions.yaml', files.get('journeys/occasions.yaml'), problems);
  const linked = loadAudiences(
    { audiences: fileAt('journeys/audiences.yaml', files), scores: fileAt('journeys/scores.yaml', files) },
    usable.catalogue,
    problems,
  );
  const known = { catalogue: usable.catalogue, occasions, ...linked };
  const policy = loadOnePolicy(known, files, problems);
  const { timezone: zone = 'UTC', calendar = 'gregorian' } = policy ?? {};
  const { templates, problems: found } = loadTemplates(templatesAmong(files), { zone, calendar });
  problems.add(found);
  return { parts: { ...known, policy, templates }, catalogue, missed: usable.missed, problems: problems.sorted() };
}

function loadOnePolicy(
  known: Omit<JourneyParts, 'policy' | 'templates'>,
  files: WorkspaceFiles,
  problems: Problems,
): Policy | undefined {
  const name = 'journeys/policy.yaml';
  const { occasions, audiences } = known;
  const policy = loadPolicy(name, files.get(name), problems, { occasions, readLimit: policyLimits(known) });
  if (policy !== undefined)
    checkPolicyNames(policy, { occasions: occasions.names, audiences: audiences.keys() }, problems);
  return policy;
}

/** One journey beside an existing workspace: how versions that still hold people are tested against today's files. */
export function loadJourney(source: string, name: string, parts: JourneyParts): LoadedJourney {
  return load(source, name, parts);
}

/** The same for one that was well when it was kept: what is judged otherwise since is a warning, and no reason to refuse it. */
export function loadKeptJourney(source: string, name: string, parts: JourneyParts): LoadedJourney {
  return load(source, name, { ...parts, kept: true });
}

function fileAt(name: string, files: WorkspaceFiles): CatalogueFile | undefined {
  const text = files.get(name);
  return text === undefined ? undefined : { name, text };
}

function loadJourneys(files: readonly JourneyFile[], parts: JourneyParts, problems: Problems): readonly Journey[] {
  const loaded = files.map(({ file, name, text }) => load(text, name, parts, file));
  for (const journey of loaded) problems.add(journey.problems);
  const journeys = loaded.flatMap(({ journey }) => journey ?? []).sort((a, b) => compareText(a.name, b.name));
  if (journeys.length === loaded.length && journeys.length > 0) {
    warnOfCircles(journeys, problems);
    const sent = new Set(loaded.flatMap(({ templates }) => [...templates]));
    problems.add(unusedTemplates(sent, parts.templates));
  }
  return journeys;
}

const events = 'journeys/events.yaml';

/** Whether `events.yaml` is there, and well: else it may be meant to declare any type that is named. */
function hasTypes(files: WorkspaceFiles, problems: Problems): boolean {
  return files.has(events) && !problems.failedIn(events);
}

/** That the file is not there is one mistake, however many types are named; without any there is none. */
function tellMissed({ missed }: LoadedParts, files: WorkspaceFiles, problems: Problems): void {
  if (missed.size === 0 || files.has(events)) return;
  const names = [...missed].sort(compareText).join(', ');
  problems.error(
    { file: events, line: 1, column: 1 },
    `there is no events.yaml; it declares the event types that are named: ${names}`,
  );
}

/** Lengths stand before the texts, so that no two sets of files look alike. */
function hashOf(files: WorkspaceFiles): string {
  const hash = createHash('sha256');
  for (const [name, text] of [...files].sort(([a], [b]) => compareText(a, b))) {
    hash.update(`${String(name.length)}:${name}${String(text.length)}:${text}`, 'utf8');
  }
  return hash.digest('hex');
}
