import { printNode, type MapNode, type Node } from '../../yaml/node.js';
import { readMap, readText, spaceAfterColon, tightKey, unknownWord, type Fields, type Shape } from '../../yaml/read.js';
import type { Next, Step } from '../step.js';
import type { Block, StepContext } from './context.js';
import type { Flow, Way } from './flow.js';
import { stepKeys } from './main-keys.js';
import { stepReaders } from './step-keys.js';
import { straightOn } from './steps/single.js';

/** A list of steps, one after the other. */
export function readBlock(node: Node, flow: Flow, context: StepContext): Block {
  if (node.kind !== 'list') {
    context.problems.error(node.at, `expected a list of steps (each after "- "), got ${printNode(node)}`);
    return straightOn(flow);
  }
  const blocks: Block[] = [];
  let here: Way = { flow, ended: false };
  for (const item of node.items) {
    if (here.ended) context.problems.warning(item.at, 'this step is never reached: everything above it stops');
    const block = readStep(item, here.flow, context);
    if (block !== undefined) blocks.push(block);
    here = block ?? { flow: here.flow, ended: false };
  }
  const ended = blocks.some((block) => block.ended);
  return { flow: here.flow, ended, link: (next, add) => linkAll(blocks, next, add) };
}

function linkAll(blocks: readonly Block[], next: Next, add: (step: Step) => void): Next {
  return blocks.reduceRight((following, block) => block.link(following, add), next);
}

/** One step; `among`: the kinds that may stand here. */
export function readStep(
  node: Node,
  flow: Flow,
  context: StepContext,
  among: readonly string[] = stepKeys,
): Block | undefined {
  if (node.kind !== 'map') return context.problems.error(node.at, noStep(node));
  const main = findMainKey(node, context);
  const reader = main === undefined ? undefined : stepReaders.get(main);
  if (main === undefined || reader === undefined) return undefined;
  const fields = readMap(node, shapeOf(main, reader.keys), context.problems);
  const at = fields?.keyAt(main) ?? node.at;
  if (!among.includes(main))
    return context.problems.error(at, `${main} does not stand here; expected one of ${among.join(', ')}`);
  return (
    fields &&
    reader.read({ fields, flow, at, context, id: (base) => readId(fields, context) ?? context.ids.make(base, at) })
  );
}

/** A journey has many steps of few kinds. */
function shapeOf(main: string, keys: readonly string[]): Shape {
  let shape = shapes.get(main);
  if (shape === undefined)
    shapes.set(main, (shape = { what: `${articleFor(main)} ${main} step`, keys: [main, 'id', ...keys] }));
  return shape;
}

const shapes = new Map<string, Shape>();

function noStep(node: Node): string {
  const word = stepKeys.find((key) => node.kind === 'scalar' && node.text === key);
  if (word !== undefined) return `"${word}" alone is no step; write "${stepReaders.get(word)?.example ?? word}"`;
  const expected = `expected a step, such as "send: welcome", got ${printNode(node)}`;
  const isTight = node.kind === 'scalar' && tightKey(node.text, stepKeys) !== undefined;
  return isTight ? `${expected}; ${spaceAfterColon(node.text)}` : expected;
}

function articleFor(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a';
}

function findMainKey(node: MapNode, { problems }: StepContext): string | undefined {
  const mains = node.entries.filter(({ key }) => stepKeys.includes(key));
  const [main, second] = mains;
  if (main === undefined) return problems.error(node.entries[0]?.at ?? node.at, noMainKey(node));
  if (second === undefined) return main.key;
  return problems.error(
    second.at,
    `a step has one main key, and this one has ${main.key} and ${second.key}; put "- " before ${second.key}`,
  );
}

function noMainKey({ entries }: MapNode): string {
  const word = entries[0]?.key ?? '';
  if (word === '') return `this step is empty; expected one of ${stepKeys.join(', ')}`;
  return unknownWord(`"${word}" is no step`, word, stepKeys, `expected one of ${stepKeys.join(', ')}`);
}

function readId(fields: Fields, { ids, problems }: StepContext): string | undefined {
  const node = fields.get('id');
  const id = readText(node, 'an id', problems);
  if (node === undefined || id === undefined) return undefined;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    problems.error(node.at, `"${id}" is no id; expected small letters, digits and "-", such as first-reminder`);
  }
  return ids.take(id, node.at);
}
