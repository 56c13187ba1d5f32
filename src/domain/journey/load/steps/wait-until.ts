import type { Node } from '../../../yaml/node.js';
import { isNothing } from '../../../yaml/read.js';
import type { WaitUntilStep } from '../../step.js';
import type { StepContext } from '../context.js';
import { joiningWays, type Flow, type Way } from '../flow.js';
import { lengthOf, readLimit } from '../limits.js';
import { straightOn } from './single.js';
import type { StepReader } from './step.js';

/** `wait_until: moment`; `then` when it comes, `else` when it had passed already. */
export const waitUntil: StepReader = {
  keys: ['then', 'else'],
  example: 'wait_until: best_hour',
  read({ fields, flow, at, context, id: makeId }) {
    const node = fields.get('wait_until');
    const id = makeId('wait-until');
    const moment = readMoment(node, flow, context);
    const length = lengthOf(node);
    if (length !== undefined) context.lengths.set(id, length);
    const [then, otherwise] = ['then', 'else'].map((key) => {
      const steps = fields.get(key);
      return steps === undefined ? straightOn(flow) : context.readBlock(steps, flow);
    });
    if (moment === undefined || then === undefined || otherwise === undefined) return undefined;
    const around: readonly Way[] = mayBeUnknown(node) ? [{ flow, ended: false }] : [];
    return {
      ...joiningWays([then, otherwise, ...around], flow),
      link(next, add) {
        const ways = { then: then.link(next, add), otherwise: otherwise.link(next, add) };
        add({ kind: 'wait_until', id, next, position: at, moment, ...ways });
        return { kind: 'step', id };
      },
    };
  },
};

function readMoment(node: Node | undefined, flow: Flow, context: StepContext): WaitUntilStep['moment'] | undefined {
  if (node === undefined || isNothing(node))
    return node && context.problems.error(node.at, 'expected a moment, such as "wait_until: =trigger.due_date"');
  return node.kind === 'scalar' && node.text === 'best_hour' ? 'best_hour' : readLimit(node, flow, context);
}

/** With too few replies there is no best hour, and an occasion may not come again: then it goes on at once. */
function mayBeUnknown(node: Node | undefined): boolean {
  if (node?.kind === 'map') return node.entries.some(({ key }) => key === 'occasion');
  return node?.kind === 'scalar' && node.text === 'best_hour';
}
