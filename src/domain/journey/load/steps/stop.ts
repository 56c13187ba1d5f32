import { readPlainText } from '../values.js';
import type { StepReader } from './step.js';

/** What `exited` says where no `stop` was. */
const takenReasons = ['completed', 'goal', 'exit_rule', 'expired', 'restarted', 'journey_changed', 'erased'];

/** `stop: reason`. */
export const stop: StepReader = {
  keys: [],
  example: 'stop: a reason',
  read({ fields, flow, at, context, id: makeId }) {
    const id = makeId('stop');
    const node = fields.get('stop');
    if (node === undefined || (node.kind === 'scalar' && node.text.trim() === '')) {
      return context.problems.error(node?.at ?? at, 'expected a reason, such as "stop: too late"');
    }
    if (node.kind === 'scalar' && takenReasons.includes(node.text)) {
      context.problems.error(node.at, `"${node.text}" is a reason that the engine gives itself; say it in other words`);
    }
    const reason = readPlainText(node, 'a reason', flow, context);
    if (reason === undefined) return undefined;
    const isWritten = node.kind === 'scalar' && !node.text.startsWith('=') && !node.text.includes('{{');
    const written = isWritten ? { written: node.text } : {};
    return {
      flow,
      ended: true,
      link(_next, add) {
        add({ kind: 'stop', id, next: { kind: 'end' }, position: at, reason, ...written });
        return { kind: 'step', id };
      },
    };
  },
};
