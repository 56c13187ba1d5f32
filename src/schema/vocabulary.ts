import type { Catalogue } from '../domain/catalogue/catalogue.js';
import { loadCatalogue } from '../domain/catalogue/load.js';
import { channelNames } from '../domain/message/message.js';
import { loadPolicy } from '../domain/policy/load.js';
import type { WorkspaceFiles } from '../domain/workspace.js';
import { parseYaml } from '../domain/yaml/parse.js';
import { compareText, Problems } from '../domain/yaml/problems.js';

/** The workspace's own words, which an editor offers. Read as far as the files can be: they may be half written. */
export interface Vocabulary {
  readonly catalogue: Catalogue;
  readonly events: readonly string[];
  readonly purposes: readonly string[];
  readonly templates: readonly string[];
  readonly journeys: readonly string[];
  readonly audiences: readonly string[];
  readonly occasions: readonly string[];
  /** The customer's attributes. */
  readonly attributes: readonly string[];
  readonly channels: readonly string[];
}

export function vocabularyOf(files: WorkspaceFiles): Vocabulary {
  const told = new Problems();
  const read = (name: string): { name: string; text: string } | undefined => {
    const text = files.get(name);
    return text === undefined ? undefined : { name, text };
  };
  const catalogue = loadCatalogue(
    { events: read('journeys/events.yaml'), customers: read('journeys/customers.yaml') },
    told,
  );
  const policy = loadPolicy('journeys/policy.yaml', files.get('journeys/policy.yaml'), told);
  return {
    catalogue,
    events: catalogue.types,
    purposes: [...(policy?.purposes.keys() ?? [])],
    templates: namesIn(files, /^templates\/([^/]+)\/[^/]+$/),
    journeys: namesIn(files, /^journeys\/([^/.]+)\.yaml$/).filter((name) => !notJourneys.includes(name)),
    audiences: ['everyone', ...keysOf('journeys/audiences.yaml', files, told)],
    occasions: keysOf('journeys/occasions.yaml', files, told),
    attributes: Object.keys(catalogue.customer.fields),
    channels: channelNames,
  };
}

const notJourneys = ['policy', 'events', 'customers', 'occasions', 'audiences', 'scores'];

function namesIn(files: WorkspaceFiles, pattern: RegExp): readonly string[] {
  const names = new Set([...files.keys()].flatMap((file) => pattern.exec(file)?.[1] ?? []));
  return [...names].sort(compareText);
}

function keysOf(file: string, files: WorkspaceFiles, told: Problems): readonly string[] {
  const text = files.get(file);
  const node = text === undefined ? undefined : parseYaml(file, text, told);
  return node?.kind === 'map' ? node.entries.map(({ key }) => key) : [];
}
