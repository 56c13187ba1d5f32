import type { Expression } from '../../../expression/expression.js';
import type { Node } from '../../../yaml/node.js';
import { readList, readMap, type Fields } from '../../../yaml/read.js';
import type { Next, Step } from '../../step.js';
import type { Block, StepContext } from '../context.js';
import { readCondition } from '../expressions.js';
import { doubting, joiningWays, knowing, trusting, type Flow, type Way } from '../flow.js';
import { stepKeys } from '../main-keys.js';
import type { StepReader } from './step.js';

/** `choose:` the first alternative whose `when` is true; the last may be `else`. */
export const choose: StepReader = {
  keys: [],
  example: 'choose: [ { when: …, then: [ … ] } ]',
  read({ fields, flow, at, context, id: makeId }) {
    const id = makeId('choose');
    const node = fields.get('choose');
    const items = readList(node, 'alternatives { when, then }', context.problems);
    if (node?.kind === 'list' && items.length === 0) context.problems.error(node.at, 'there is nothing to choose from');
    const arms = items.flatMap((item, index) => readArm(item, index === items.length - 1, flow, context) ?? []);
    const otherwise = arms.find(({ isElse }) => isElse)?.block;
    const branches = arms.flatMap(({ when, block }) => (when === undefined ? [] : [{ when, block }]));
    return { ...flowBelow(arms, flow), link: (next, add) => linkChoose(next, add) };

    function linkChoose(next: Next, add: (step: Step) => void): Next {
      const linked = branches.map(({ when, block }) => ({ when, then: block.link(next, add) }));
      add({ kind: 'choose', id, next, position: at, branches: linked, otherwise: otherwise?.link(next, add) });
      return { kind: 'step', id };
    }
  },
};

interface Arm {
  /** Undefined for `else`, and where it cannot be read. */
  readonly when: Expression | undefined;
  readonly isElse: boolean;
  readonly block: Block;
}

const armShape = { what: 'an alternative', keys: ['when', 'then', 'else'] };

function readArm(node: Node, isLast: boolean, flow: Flow, context: StepContext): Arm | undefined {
  const stray = node.kind === 'map' ? node.entries.find(({ key }) => !armShape.keys.includes(key)) : undefined;
  if (stray !== undefined && stepKeys.includes(stray.key))
    return context.problems.error(stray.at, strayStep(stray.key));
  const fields = readMap(node, armShape, context.problems);
  if (fields === undefined) return undefined;
  if (stray === undefined) tellMissing(fields, context);
  return fields.has('else') ? readElse(fields, isLast, flow, context) : readWhen(fields, flow, context);
}

function strayStep(key: string): string {
  return `"${key}" is a step, and an alternative is { when, then }; its steps stand below then, further to the right`;
}

function tellMissing(fields: Fields, { problems }: StepContext): void {
  if (fields.has('else')) return;
  for (const key of ['when', 'then'])
    if (!fields.has(key)) problems.error(fields.at, `${key} is missing; an alternative is { when, then }`);
}

function readElse(fields: Fields, isLast: boolean, flow: Flow, context: StepContext): Arm | undefined {
  const node = fields.get('else');
  if (fields.has('when') || fields.has('then'))
    context.problems.error(fields.keyAt('else'), 'else stands alone, as the last alternative');
  else if (!isLast)
    context.problems.error(fields.keyAt('else'), 'else must be the last alternative; what follows it is never reached');
  return node && { when: undefined, isElse: true, block: context.readBlock(node, flow) };
}

function readWhen(fields: Fields, flow: Flow, context: StepContext): Arm | undefined {
  const checked = readCondition(fields.get('when'), { flow }, context);
  const node = fields.get('then');
  if (node === undefined) return undefined;
  if (checked === undefined) return { when: undefined, isElse: false, block: readDoubted(node, flow, context) };
  const block = context.readBlock(node, knowing(flow, checked.knownWhenTrue));
  return { when: checked.expression, isElse: false, block };
}

function readDoubted(node: Node, flow: Flow, context: StepContext): Block {
  const block = context.readBlock(node, doubting(flow));
  return { ...block, flow: trusting(block.flow, flow) };
}

/** Without `else` none may be true, and the steps below go on as they were. */
function flowBelow(arms: readonly Arm[], before: Flow): Way {
  const exhaustive = arms.some(({ isElse }) => isElse);
  const blocks: readonly Way[] = arms.map(({ block }) => block);
  return joiningWays(exhaustive ? blocks : [...blocks, { flow: before, ended: false }], before);
}
