import { didYouMean } from '../../../did-you-mean.js';
import type { Node } from '../../../yaml/node.js';
import { readText } from '../../../yaml/read.js';
import { readAmount } from '../amounts.js';
import type { StepContext } from '../context.js';
import { forgetting, type Flow } from '../flow.js';
import { readSaveAs, saving, takeBackKind } from '../saving.js';
import { single } from './single.js';
import type { StepReader } from './step.js';

/** `take_back: name`: what is left of a grant, or an open task. */
export const takeBack: StepReader = {
  keys: ['at_most', 'save_as'],
  example: 'take_back: gift',
  read({ fields, flow: before, at, context, id: makeId }) {
    const id = makeId('take-back');
    const name = readTakeable(fields.get('take_back'), before, context);
    const saveAs = readSaveAs(fields.get('save_as'), context);
    const flow = forgetting(before, new Set(saveAs === undefined ? [] : [saveAs]));
    const atMost = readAmount(fields.get('at_most'), flow, context);
    if (name === undefined) return undefined;
    const below = saving(flow, saveAs, takeBackKind, context);
    return single(below, (next) => ({ kind: 'take_back', id, next, position: at, name, atMost, saveAs }));
  },
};

function readTakeable(node: Node | undefined, { names }: Flow, context: StepContext): string | undefined {
  const { problems, takeable } = context;
  const name = readText(node, 'the name under which a grant or a task was saved', problems);
  if (node === undefined || name === undefined) return undefined;
  const there = [...takeable].filter((one) => Object.hasOwn(names, one));
  if (there.includes(name)) return name;
  const near = didYouMean(name, there) || '; give the grant or the task a save_as, and name that';
  return problems.error(node.at, `no grant or task above is saved as "${name}"${near}`);
}
