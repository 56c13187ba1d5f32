import { loadCatalogue } from '../../domain/catalogue/load.js';
import type { Catalogue } from '../../domain/catalogue/catalogue.js';
import { withoutTypes } from '../../domain/catalogue/without-types.js';
import type { Audience } from '../../domain/audience/audience.js';
import type { Journey } from '../../domain/journey/journey.js';
import { loadPolicy } from '../../domain/policy/load.js';
import type { Workspace } from '../../domain/workspace.js';
import { Problems } from '../../domain/yaml/problems.js';

/** What a case may name. What is undefined could not be read, and nothing is said about it. */
export interface CaseParts {
  readonly catalogue: Catalogue;
  /** The workspace's clock, for dates. */
  readonly zone: string;
  readonly purposes: readonly string[] | undefined;
  readonly journeyNames: readonly string[];
  readonly journeys: ReadonlyMap<string, Journey> | undefined;
  readonly templates: readonly string[] | undefined;
  readonly audiences: ReadonlyMap<string, Audience> | undefined;
}

export function partsOf(workspace: Workspace): CaseParts {
  return {
    catalogue: workspace.catalogue,
    zone: workspace.policy.timezone,
    purposes: [...workspace.policy.purposes.keys()],
    journeyNames: workspace.journeys.map(({ name }) => name),
    journeys: new Map(workspace.journeys.map((journey) => [journey.name, journey])),
    templates: workspace.templates.names(),
    audiences: workspace.audiences,
  };
}

/** Of files that are not well: what can be known all the same, so that the cases are checked with the rest. */
export function partsOfBroken(files: ReadonlyMap<string, string>): CaseParts {
  const read = (name: string): { name: string; text: string } | undefined => {
    const text = files.get(name);
    return text === undefined ? undefined : { name, text };
  };
  const told = new Problems();
  const sources = { events: read('journeys/events.yaml'), customers: read('journeys/customers.yaml') };
  const policy = loadPolicy('journeys/policy.yaml', files.get('journeys/policy.yaml'), told);
  const catalogue = loadCatalogue(sources, told);
  const hasTypes = sources.events !== undefined && !told.failedIn('journeys/events.yaml');
  return {
    catalogue: hasTypes ? catalogue : withoutTypes(catalogue).catalogue,
    zone: policy?.timezone ?? 'Asia/Tehran',
    purposes: undefined,
    journeyNames: [...files.keys()].flatMap((file) => journeyOf(file) ?? []),
    journeys: undefined,
    templates: undefined,
    audiences: undefined,
  };
}

const notJourneys = ['policy', 'events', 'customers', 'occasions', 'audiences', 'scores'];

function journeyOf(file: string): string | undefined {
  const name = /^journeys\/([^/]+)\.yaml$/.exec(file)?.[1];
  return name === undefined || name.endsWith('.cases') || notJourneys.includes(name) ? undefined : name;
}

/** The ids of all steps of these journeys. */
export function stepIdsOf(names: Iterable<string>, { journeys }: CaseParts): readonly string[] | undefined {
  if (journeys === undefined) return undefined;
  const found = [...names].flatMap((name) => journeys.get(name) ?? []);
  return found.flatMap(({ steps, atEnd }) => [...steps.keys(), ...atEnd.map(({ id }) => id)]);
}
