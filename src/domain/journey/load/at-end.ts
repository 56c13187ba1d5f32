import type { MapNode, Node } from '../../yaml/node.js';
import { readList } from '../../yaml/read.js';
import type { EndStep, Step } from '../step.js';
import { readStep } from './block.js';
import type { StepContext } from './context.js';
import type { Flow } from './flow.js';

const kinds = ['set', 'emit', 'task', 'take_back', 'webhook'] as const;

/** Steps that are done however the enrolment ends; `flow` has every name that may have been saved by then. */
export function readAtEnd(node: Node | undefined, flow: Flow, context: StepContext): readonly EndStep[] {
  let here = flow;
  return readList(node, 'steps', context.problems).flatMap((item) => {
    if (item.kind === 'map') refuseWaiting(item, context);
    const block = readStep(item, here, context, kinds);
    here = block?.flow ?? here;
    const found: Step[] = [];
    block?.link({ kind: 'end' }, (step) => found.push(step));
    return found.filter(isEndStep);
  });
}

function isEndStep(step: Step): step is EndStep {
  return kinds.some((kind) => kind === step.kind);
}

/** Nobody is left to wait. */
function refuseWaiting({ entries }: MapNode, { problems }: StepContext): void {
  for (const { key, at } of entries) {
    if (key === 'within' || key === 'else')
      problems.error(at, `nothing waits at the end, so that ${key} would never be done; leave it out`);
  }
}
