import type { Workspace } from '../../domain/workspace.js';
import { parseYaml } from '../../domain/yaml/parse.js';
import { Problems } from '../../domain/yaml/problems.js';
import type { Problem } from '../../domain/problem.js';
import { readList, readMap, unknownWord } from '../../domain/yaml/read.js';
import type { Case, CasesFile } from './case.js';
import { partsOf, partsOfBroken, type CaseParts } from './parts.js';
import { readCase } from './read-case.js';

const ending = '.cases.yaml';

/** Every `journeys/<name>.cases.yaml`, and what is wrong in them; `workspace` is undefined where the files are not well. */
export function loadCases(
  files: ReadonlyMap<string, string>,
  workspace: Workspace | undefined,
): { readonly cases: readonly CasesFile[]; readonly problems: readonly Problem[] } {
  const problems = new Problems();
  const names = [...files.keys()].filter((file) => file.startsWith('journeys/') && file.endsWith(ending)).sort();
  if (names.length === 0) return { cases: [], problems: [] };
  const parts = workspace === undefined ? partsOfBroken(files) : partsOf(workspace);
  const cases = names.map((file) => loadFile(file, files.get(file) ?? '', parts, problems));
  return { cases, problems: problems.sorted() };
}

function loadFile(file: string, text: string, parts: CaseParts, problems: Problems): CasesFile {
  const journey = file.slice('journeys/'.length, -ending.length);
  if (!parts.journeyNames.includes(journey)) {
    const sentence = `there is no journey "${journey}", which this file's name says its cases are of`;
    problems.error(
      { file, line: 1, column: 1 },
      unknownWord(sentence, journey, parts.journeyNames, `write ${journey}.yaml`),
    );
  }
  const node = parseYaml(file, text, problems);
  const fields = node && readMap(node, { what: 'a file of cases', keys: ['cases'] }, problems);
  const items = readList(fields?.get('cases'), 'cases', problems);
  const cases = items.flatMap((item) => readCase(item, journey, parts, problems) ?? []);
  tellTwice(cases, problems);
  return { file, journey, cases };
}

function tellTwice(cases: readonly Case[], problems: Problems): void {
  const names = new Set<string>();
  for (const { name, position } of cases) {
    if (names.has(name)) problems.error(position, `there are two cases named "${name}"; give each a name of its own`);
    names.add(name);
  }
}
