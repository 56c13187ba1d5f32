import type { JsonObject } from '../domain/json.js';
import { printProblem } from '../domain/problem.js';
import type { Workspace } from '../domain/workspace.js';
import { parse } from 'yaml';
import type { Language } from '../language/language.js';
import { drawMermaid } from '../show/mermaid.js';
import { readAloud } from '../show/read-aloud.js';
import { loadDirectories } from '../workspace/load-directories.js';
import type { Directories } from '../workspace/read-files.js';
import type { Print } from './check.js';
import { noSuchJourney } from './no-such-journey.js';

export interface ShowOptions extends Directories {
  readonly lang: Language;
  readonly json?: boolean;
}

/** A journey read aloud, and a picture of it. */
export async function show(name: string, options: ShowOptions, print: Print = console.log): Promise<number> {
  const { workspace, problems } = await loadDirectories(options);
  if (workspace === undefined) {
    for (const problem of problems) if (problem.severity === 'error') console.error(printProblem(problem));
    return 1;
  }
  const journey = find(name, workspace);
  const source = parse(workspace.files.get(`journeys/${name}.yaml`) ?? '', { logLevel: 'silent' }) as JsonObject;
  const sentences = readAloud(source, options.lang);
  const mermaid = drawMermaid(journey);
  if (options.json === true) {
    const steps = [...journey.steps.values()].map(({ id, kind }) => ({ id, kind }));
    print(JSON.stringify({ journey: name, sentences, mermaid, steps }));
    return 0;
  }
  for (const sentence of sentences) print(sentence);
  print(`\n${mermaid}`);
  return 0;
}

function find(name: string, { journeys }: Workspace): Workspace['journeys'][number] {
  const found = journeys.find((journey) => journey.name === name);
  if (found !== undefined) return found;
  throw noSuchJourney(
    name,
    journeys.map((journey) => journey.name),
  );
}
