import { printNode, type MapNode, type Node } from '../../yaml/node.js';
import { readMap, readText, unknownWord, type Fields } from '../../yaml/read.js';
import type { Next, Step } from '../journey.js';
import type { Block, StepContext } from './context.js';
import type { Flow } from './flow.js';
import { builtSteps, laterSteps, stepKeys, type BuiltStep } from './step-keys.js';
import { choose } from './steps/choose.js';
import { send } from './steps/send.js';
import type { StepReader } from './steps/step.js';
import { stop } from './steps/stop.js';
import { waitFor } from './steps/wait-for.js';
import { wait } from './steps/wait.js';

const readers: Readonly<Record<BuiltStep, StepReader>> = { send, wait, wait_for: waitFor, choose, stop };

/** A list of steps, one after the other. */
export function readBlock(node: Node, flow: Flow, context: StepContext): Block {
  if (node.kind !== 'list') {
    context.problems.error(node.at, `expected a list of steps (each after "- "), got ${printNode(node)}`);
    return { flow, ended: false, link: (next) => next };
  }
  const blocks: Block[] = [];
  let here: Pick<Block, 'flow' | 'ended'> = { flow, ended: false };
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

function readStep(node: Node, flow: Flow, context: StepContext): Block | undefined {
  if (node.kind !== 'map') {
    return context.problems.error(node.at, noStep(node));
  }
  const main = findMainKey(node, context);
  if (main === undefined) return undefined;
  const reader = readers[main];
  const shape = { what: `a ${main} step`, keys: [main, 'id', ...reader.keys], later: reader.later ?? [] };
  const fields = readMap(node, shape, context.problems);
  const at = fields?.keyAt(main) ?? node.at;
  return (
    fields &&
    reader.read({ fields, flow, at, context, id: (base) => readId(fields, context) ?? context.ids.make(base, at) })
  );
}

function noStep(node: Node): string {
  const word = builtSteps.find((key) => node.kind === 'scalar' && node.text === key);
  if (word !== undefined) return `"${word}" alone is no step; write "${examples[word]}"`;
  return `expected a step, such as "send: welcome", got ${printNode(node)}`;
}

const examples: Readonly<Record<BuiltStep, string>> = {
  send: 'send: welcome',
  wait: 'wait: 2 days',
  wait_for: 'wait_for: order.delivered',
  choose: 'choose: [ { when: …, then: [ … ] } ]',
  stop: 'stop: a reason',
};

function findMainKey(node: MapNode, { problems }: StepContext): BuiltStep | undefined {
  const mains = node.entries.filter(({ key }) => stepKeys.includes(key));
  const [main, second] = mains;
  if (main === undefined) return problems.error(node.entries[0]?.at ?? node.at, noMainKey(node));
  if (second !== undefined) {
    problems.error(
      second.at,
      `a step has one main key, and this one has ${main.key} and ${second.key}; put "- " before ${second.key}`,
    );
    return undefined;
  }
  if (laterSteps.includes(main.key)) return problems.error(main.at, `the step ${main.key} is not supported yet`);
  return builtSteps.find((key) => key === main.key);
}

function noMainKey({ entries }: MapNode): string {
  const word = entries[0]?.key ?? '';
  if (word === '') return `this step is empty; expected one of ${builtSteps.join(', ')}`;
  return unknownWord(`"${word}" is no step`, word, stepKeys, `expected one of ${builtSteps.join(', ')}`);
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
