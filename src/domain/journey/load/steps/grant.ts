import { grantKind } from '../../../expression/kinds.js';
import { printNode } from '../../../yaml/node.js';
import { isNothing } from '../../../yaml/read.js';
import { readAmount } from '../amounts.js';
import { forgetting } from '../flow.js';
import { readLimit } from '../limits.js';
import { readSaveAs, saving } from '../saving.js';
import { single } from './single.js';
import type { StepReader } from './step.js';

/** `grant: 20000 toman`. */
export const grant: StepReader = {
  keys: ['expires', 'at_most', 'round_to', 'save_as'],
  example: 'grant: 20000 toman',
  read({ fields, flow: before, at, context, id: makeId }) {
    const id = makeId('grant');
    const node = fields.get('grant');
    const saveAs = readSaveAs(fields.get('save_as'), context);
    const flow = forgetting(before, new Set(saveAs === undefined ? [] : [saveAs]));
    if (node !== undefined && isNothing(node))
      return context.problems.error(node.at, `expected money, such as "grant: 20000 toman", got ${printNode(node)}`);
    const amount = readAmount(node, flow, context);
    const expires = readLimit(fields.get('expires'), flow, context);
    const atMost = readAmount(fields.get('at_most'), flow, context);
    const roundTo = readAmount(fields.get('round_to'), flow, context);
    if (amount === undefined) return undefined;
    const below = saving(flow, saveAs, grantKind, context, expires === undefined ? [] : ['expires_at']);
    const given = { amount, expires, atMost, roundTo, saveAs };
    return single(below, (next) => ({ kind: 'grant', id, next, position: at, ...given }));
  },
};
