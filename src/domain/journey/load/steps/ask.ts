import type { Node } from '../../../yaml/node.js';
import { printNode } from '../../../yaml/node.js';
import { oneOrMore } from '../../../yaml/read.js';
import type { Limit } from '../../right-hand-side.js';
import type { AskStep } from '../../step.js';
import type { StepContext } from '../context.js';
import { readListenedType } from '../event-types.js';
import { forgetting, joiningWays, type Flow, type Way } from '../flow.js';
import { lasting, lengthOf, readLimit } from '../limits.js';
import { askKind, readSaveAs, saving } from '../saving.js';
import { readAnswers, valueKind } from './answers.js';
import { warnOfDeafQuestion } from './deaf-question.js';
import { messageKeys, readMessage, type ReadMessage } from './message.js';
import type { StepReader, StepReading } from './step.js';

const threeDays = { amount: 3, unit: 'day' } as const;

/** `ask: template`, with the answers that it takes. */
export const ask: StepReader = {
  keys: [...messageKeys, 'answers', 'within', 'unless', 'reask', 'save_as'],
  example: 'ask: how-was-it',
  read(step) {
    const { fields, at, context } = step;
    const node = fields.get('ask');
    const id = step.id(`ask-${node?.kind === 'scalar' ? node.text : ''}`);
    const saveAs = readSaveAs(fields.get('save_as'), context);
    const flow = forgetting(step.flow, new Set(saveAs === undefined ? [] : [saveAs]));
    const question = readQuestion(step, flow, id);
    const read = readMessage(step, 'ask', flow);
    // An answer is a message like any other.
    context.listensTo.add('message.received');
    if (read === undefined || question === undefined) return undefined;
    const { message, otherwise } = read;
    warnOfDeafQuestion({ ...message, ...question }, fields.get('via')?.at ?? node?.at ?? at, context);
    return {
      ...flowBelow(flow, saveAs, question, read, context),
      link(next, add) {
        const given = { ...message, ...question, saveAs, otherwise: otherwise?.link(next, add) };
        add({ kind: 'ask', id, next, position: at, ...given });
        return { kind: 'step', id };
      },
    };
  },
};

type Question = Pick<AskStep, 'answers' | 'within' | 'unless' | 'reask'>;

function readQuestion({ fields, at, context }: StepReading, flow: Flow, id: string): Question | undefined {
  const { problems } = context;
  const node = fields.get('answers');
  if (!fields.mentions('answers'))
    problems.error(at, 'answers is missing; write 1..5, a list, a mapping of words, or text');
  const answers = node && readAnswers(node, context);
  const within: Limit = readLimit(fields.get('within'), flow, context) ?? lasting(threeDays);
  context.lengths.set(id, lengthOf(fields.get('within')) ?? threeDays);
  const unless = oneOrMore(fields.get('unless')).flatMap((item) => readListenedType(item, context) ?? []);
  const reask = readCount(fields.get('reask'), context);
  return answers && { answers, within, unless, reask };
}

function readCount(node: Node | undefined, { problems }: StepContext): number {
  if (node === undefined) return 0;
  const count = node.kind === 'scalar' && typeof node.value === 'number' ? node.value : NaN;
  if (Number.isSafeInteger(count) && count >= 0) return count;
  return problems.error(node.at, `expected how often it is asked again, such as 1, got ${printNode(node)}`) ?? 0;
}

/** Answered, the name is there; not where it was not, or something else closed the question. */
function flowBelow(
  flow: Flow,
  saveAs: string | undefined,
  { answers, unless }: Question,
  { otherwise }: ReadMessage,
  context: StepContext,
): Way {
  const answered: Way = { flow: saving(flow, saveAs, askKind(valueKind(answers)), context), ended: false };
  const closed: readonly Way[] = unless.length > 0 ? [{ flow, ended: false }] : [];
  return joiningWays([answered, otherwise ?? { flow, ended: false }, ...closed], flow);
}
