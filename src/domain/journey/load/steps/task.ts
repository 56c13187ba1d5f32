import { oneOrMore, readText } from '../../../yaml/read.js';
import type { TaskStep } from '../../step.js';
import type { Block } from '../context.js';
import { forgetting, joiningWays, knowing, type Flow, type Way } from '../flow.js';
import { lengthOf, readLimit } from '../limits.js';
import { readSaveAs, saving, taskKind } from '../saving.js';
import { readPlainText } from '../values.js';
import type { StepReader, StepReading } from './step.js';

/** `task: title`: with `within` the journey waits until it is done. */
export const task: StepReader = {
  keys: ['assign_to', 'due', 'results', 'within', 'save_as', 'else'],
  example: 'task: "call {{customer.name}}"',
  read(step) {
    const { fields, at, context } = step;
    const id = step.id('task');
    const saveAs = readSaveAs(fields.get('save_as'), context);
    const flow = forgetting(step.flow, new Set(saveAs === undefined ? [] : [saveAs]));
    const given = readTask(step, flow);
    const steps = fields.get('else');
    if (steps !== undefined && !fields.has('within'))
      context.problems.error(fields.keyAt('else'), 'else is done when the task is not done in time; add within');
    // Its id is known from when it is opened.
    const opened = saving(flow, saveAs, taskKind(given?.results), context);
    const otherwise = steps && context.readBlock(steps, opened);
    noteWaiting(step, id);
    if (given === undefined) return undefined;
    return {
      ...wayBelow(step, opened, saveAs, otherwise),
      link(next, add) {
        add({ kind: 'task', id, next, position: at, ...given, saveAs, otherwise: otherwise?.link(next, add) });
        return { kind: 'step', id };
      },
    };
  },
};

type Given = Pick<TaskStep, 'title' | 'written' | 'assignTo' | 'due' | 'results' | 'within'>;

function readTask({ fields, context }: StepReading, flow: Flow): Given | undefined {
  const node = fields.get('task');
  const title = readPlainText(node, 'what is to be done', flow, context);
  const written = node?.kind === 'scalar' ? { written: node.text } : {};
  const assignTo = readPlainText(fields.get('assign_to'), 'who is to do it', flow, context);
  const due = readLimit(fields.get('due'), flow, context);
  const within = readLimit(fields.get('within'), flow, context);
  const results = readResults({ fields, context });
  return title && { title, ...written, assignTo, due, results, within };
}

function readResults({ fields, context }: Pick<StepReading, 'fields' | 'context'>): readonly string[] {
  const node = fields.get('results');
  const items = oneOrMore(node);
  if (node !== undefined && items.length === 0) context.problems.error(node.at, 'there is no result in this list');
  const results = items.flatMap((item) => readText(item, 'a result such as solved', context.problems) ?? []);
  for (const [index, result] of results.entries()) {
    if (results.indexOf(result) < index)
      context.problems.error(items[index]?.at ?? fields.at, `"${result}" stands here twice`);
  }
  return results;
}

/** That it is done comes as an event. */
function noteWaiting({ fields, context }: StepReading, id: string): void {
  if (!fields.has('within')) return;
  context.listensTo.add('task.done');
  const length = lengthOf(fields.get('within'));
  if (length !== undefined) context.lengths.set(id, length);
}

/** Its result is known where it was waited for. */
function wayBelow(
  { fields }: StepReading,
  opened: Flow,
  saveAs: string | undefined,
  otherwise: Block | undefined,
): Way {
  const around: Way = otherwise ?? { flow: opened, ended: false };
  if (!fields.has('within') || saveAs === undefined)
    return joiningWays([{ flow: opened, ended: false }, around], opened);
  const done: Way = { flow: knowing(opened, [`${saveAs}.result`]), ended: false };
  return joiningWays([done, around], opened);
}
