import { readShare } from '../../../share.js';
import type { Node } from '../../../yaml/node.js';
import { readList, readMap, readText } from '../../../yaml/read.js';
import type { Next, Step } from '../../step.js';
import type { Block, StepContext } from '../context.js';
import { joiningWays, type Flow } from '../flow.js';
import { straightOn } from './single.js';
import type { StepReader } from './step.js';

/** `split:` arms with their shares; what is left of 100% goes on. */
export const split: StepReader = {
  keys: [],
  example: 'split: [ { name: a, weight: 50%, then: [ … ] } ]',
  read({ fields, flow, at, context, id: makeId }) {
    const { problems } = context;
    const id = makeId('split');
    if (!fields.has('id'))
      problems.warning(at, 'this split has no id, so that another step above it may deal people anew; give it one');
    const node = fields.get('split');
    const items = readList(node, 'arms { name, weight, then }', problems);
    if (node?.kind === 'list' && items.length === 0) problems.error(node.at, 'there is nothing to split into');
    const arms = cumulated(items.flatMap((item) => readArm(item, flow, context) ?? []));
    tellRepeats(arms, context);
    const total = arms.at(-1)?.upTo ?? 0;
    if (total > 1) problems.error(node?.at ?? at, `these weights are ${printed(total)} together; 100% is all there is`);
    const rest = total < 1 ? [{ flow, ended: false }] : [];
    return { ...joiningWays([...arms.map(({ block }) => block), ...rest], flow), link };

    function link(next: Next, add: (step: Step) => void): Next {
      const linked = arms.map(({ name, upTo, block }) => ({ name, upTo, then: block.link(next, add) }));
      add({ kind: 'split', id, next, position: at, arms: linked });
      return { kind: 'step', id };
    }
  },
};

interface Arm {
  readonly name: string;
  readonly weight: number;
  readonly node: Node;
  readonly block: Block;
}

const shape = { what: 'an arm of a split', keys: ['name', 'weight', 'then'] };

function readArm(node: Node, flow: Flow, context: StepContext): Arm | undefined {
  const { problems } = context;
  const fields = readMap(node, shape, problems);
  if (fields === undefined) return undefined;
  for (const key of ['name', 'weight']) {
    if (!fields.mentions(key)) problems.error(fields.at, `${key} is missing; an arm is { name, weight, then }`);
  }
  const name = readText(fields.get('name'), 'the name of an arm', problems);
  if (name === 'none')
    problems.error(fields.get('name')?.at ?? fields.at, '"none" is what is left of 100%; take another name');
  const weight = readShare(fields.get('weight'), problems);
  const then = fields.get('then');
  const block = then === undefined ? straightOn(flow) : context.readBlock(then, flow);
  return { name: name ?? '', weight: weight ?? 0, node: fields.get('name') ?? node, block };
}

/** Each with the shares of those above it and its own. */
function cumulated(arms: readonly Arm[]): readonly (Arm & { readonly upTo: number })[] {
  let total = 0;
  return arms.map((arm) => {
    total = rounded(total + arm.weight);
    return { ...arm, upTo: total };
  });
}

/** A third and two thirds are the whole. */
function rounded(share: number): number {
  return Math.round(share * 1e11) / 1e11;
}

function printed(share: number): string {
  return `${String(rounded(share * 100))}%`;
}

function tellRepeats(arms: readonly Arm[], { problems }: StepContext): void {
  for (const [index, { name, node }] of arms.entries()) {
    if (name !== '' && arms.findIndex((arm) => arm.name === name) < index)
      problems.error(node.at, `there is an arm "${name}" already; give each its own name`);
  }
}
