import { joiningWays } from '../flow.js';
import { messageKeys, readMessage } from './message.js';
import type { StepReader } from './step.js';

/** `send: template`. */
export const send: StepReader = {
  keys: messageKeys,
  example: 'send: welcome',
  read(step) {
    const { fields, flow, at } = step;
    const node = fields.get('send');
    const id = step.id(`send-${node?.kind === 'scalar' ? node.text : ''}`);
    const read = readMessage(step, 'send', flow);
    if (read === undefined) return undefined;
    const { message, otherwise } = read;
    return {
      ...joiningWays([{ flow, ended: false }, ...(otherwise === undefined ? [] : [otherwise])], flow),
      link(next, add) {
        add({ kind: 'send', id, next, position: at, ...message, otherwise: otherwise?.link(next, add) });
        return { kind: 'step', id };
      },
    };
  },
};
