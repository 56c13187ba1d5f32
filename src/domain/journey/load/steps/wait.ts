import { readDuration } from '../../../yaml/read.js';
import type { StepReader } from './step.js';

/** `wait: 2 days`. */
export const wait: StepReader = {
  keys: [],
  later: ['after', 'at'],
  read({ fields, flow, at, context, id: makeId }) {
    const node = fields.get('wait');
    const id = makeId(node?.kind === 'scalar' && node.text !== 'working' ? `wait-${node.text}` : 'wait-window');
    if (node?.kind === 'map' || (node?.kind === 'scalar' && node.text === 'working')) {
      return context.problems.error(
        node.at,
        'waiting for a window of time is not supported yet; the wait that is built takes a duration',
      );
    }
    const duration = readDuration(node, context.problems);
    if (duration === undefined) return undefined;
    return {
      flow,
      ended: false,
      link(next, add) {
        add({ kind: 'wait', id, next, position: at, duration });
        return { kind: 'step', id };
      },
    };
  },
};
