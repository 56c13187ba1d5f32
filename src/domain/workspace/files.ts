import { nearest } from '../did-you-mean.js';
import type { Problems } from '../yaml/problems.js';
import { compareText } from '../yaml/problems.js';

/** The file of one journey. */
export interface JourneyFile {
  readonly file: string;
  /** As the file is named, and as its `journey` key must say. */
  readonly name: string;
  readonly text: string;
}

const others = ['policy.yaml', 'events.yaml', 'customers.yaml', 'occasions.yaml', 'audiences.yaml', 'scores.yaml'];

/** In the order of their names. Tells files that nobody would read. Cases (`<name>.cases.yaml`) are read by whoever runs them. */
export function sortJourneys(files: ReadonlyMap<string, string>, problems: Problems): readonly JourneyFile[] {
  return inOrder(files).flatMap(([file, text]) => sortJourneyFile(file, text, problems) ?? []);
}

export function templatesAmong(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(inOrder(files).filter(([file]) => file.startsWith('templates/')));
}

function inOrder(files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...files].sort(([a], [b]) => compareText(a, b));
}

function sortJourneyFile(file: string, text: string, problems: Problems): JourneyFile | undefined {
  const start = { file, line: 1, column: 1 };
  if (!file.startsWith('journeys/')) return undefined;
  const name = file.slice('journeys/'.length);
  if (others.includes(name)) return undefined;
  if (name.endsWith('.cases.yaml')) return undefined;
  if (name.endsWith('.yml'))
    return problems.error(start, `name this file ${name.replace(/\.yml$/, '.yaml')}; only .yaml files are read`);
  if (!name.endsWith('.yaml')) return undefined;
  const near = nearest(name, others);
  if (near !== undefined && !/^journey\s*:/m.test(text)) {
    problems.error(start, `this is no journey, and its name is near "${near}"; did you mean that?`);
    return undefined;
  }
  return { file, name: name.slice(0, -'.yaml'.length), text };
}
