import type { Json, JsonObject } from '../../json.js';
import { printInstant, type Clock } from '../../time/instant.js';
import { printNode, type Node } from '../../yaml/node.js';
import { parseYaml } from '../../yaml/parse.js';
import type { Problems } from '../../yaml/problems.js';
import type { Content } from '../message.js';
import { plainLinks } from '../short-links.js';
import { ContentError, renderFile } from './content.js';
import type { TemplateFolder } from './folder.js';
import type { TemplateFile } from './template-file.js';

/** Renders each text of a template with its `sample.yaml`; what cannot be rendered is a problem of the text. */
export function trySample(
  { sample = '' }: TemplateFolder,
  texts: readonly TemplateFile[],
  source: string,
  clock: Clock,
  problems: Problems,
): void {
  const node = parseYaml(sample, source, problems);
  if (node === undefined) return;
  if (node.kind !== 'map') {
    problems.error(node.at, `expected the names that the template sees, got ${printNode(node)}`);
    return;
  }
  const names: JsonObject = { now: printInstant(sampleNow), ...valueOfMap(node) };
  for (const text of texts) tryText(text, names, clock, problems);
}

function tryText(text: TemplateFile, names: JsonObject, clock: Clock, problems: Problems): void {
  try {
    warnOfLength(text, renderFile(text, names, { clock, links: plainLinks }), problems);
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    problems.error(error.position, `with sample.yaml: ${error.message}`);
  }
}

/** Each part is paid for by itself. */
function warnOfLength({ body }: TemplateFile, content: Content, problems: Problems): void {
  if (content.channel !== 'sms' || content.parts <= MOST_PARTS) return;
  const parts = `with sample.yaml this SMS takes ${String(content.parts)} parts, each of which is paid for`;
  problems.warning(
    body.locate({ line: 1, column: 1 }),
    `${parts}; say it in ${String(MOST_PARTS)} parts (${String(MOST_PARTS * 67)} characters) or fewer`,
  );
}

const MOST_PARTS = 3;

function valueOf(node: Node): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(valueOf);
    case 'map':
      return valueOfMap(node);
  }
}

function valueOfMap(node: Extract<Node, { kind: 'map' }>): JsonObject {
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, valueOf(value)]));
}

/** Yalda of 1405, early in the evening in Tehran; a sample may name another `now`. */
const sampleNow = Date.UTC(2026, 11, 21, 14, 30);
