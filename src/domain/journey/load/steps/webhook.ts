import type { Node } from '../../../yaml/node.js';
import { readDuration, readWord } from '../../../yaml/read.js';
import type { WebhookStep } from '../../step.js';
import type { Duration } from '../../../time/duration.js';
import type { StepContext } from '../context.js';
import { forgetting, joiningWays, type Flow } from '../flow.js';
import { readJsonTemplate } from '../json-templates.js';
import { readSaveAs, saving, webhookKind } from '../saving.js';
import { readPlainText } from '../values.js';
import type { StepReader, StepReading } from './step.js';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** `webhook: url`. */
export const webhook: StepReader = {
  keys: ['method', 'body', 'time_out', 'save_as', 'else'],
  example: 'webhook: https://example.com/hook',
  read(step) {
    const { fields, at, context } = step;
    const id = step.id('webhook');
    const saveAs = readSaveAs(fields.get('save_as'), context);
    const flow = forgetting(step.flow, new Set(saveAs === undefined ? [] : [saveAs]));
    const call = readCall(step, flow);
    const steps = fields.get('else');
    // What it answered is known, be it well or not.
    const below = saving(flow, saveAs, webhookKind, context);
    const otherwise = steps && context.readBlock(steps, below);
    if (call === undefined) return undefined;
    return {
      ...joiningWays([{ flow: below, ended: false }, ...(otherwise === undefined ? [] : [otherwise])], below),
      link(next, add) {
        add({ kind: 'webhook', id, next, position: at, ...call, saveAs, otherwise: otherwise?.link(next, add) });
        return { kind: 'step', id };
      },
    };
  },
};

type Call = Pick<WebhookStep, 'url' | 'method' | 'body' | 'timeOut'>;

function readCall({ fields, context }: StepReading, flow: Flow): Call | undefined {
  const { problems } = context;
  const node = fields.get('webhook');
  const url = readPlainText(node, 'an address such as https://example.com/hook', flow, context);
  checkAddress(node, context);
  const bodyNode = fields.get('body');
  const body = bodyNode && readJsonTemplate(bodyNode, { kind: 'any' }, 'body', flow, context);
  const method = readWord(fields.get('method'), methods, problems) ?? 'POST';
  if (bodyNode !== undefined && method === 'GET')
    problems.error(fields.keyAt('body'), 'GET has no body; write method: POST');
  const timeOut = readDuration(fields.get('time_out'), problems);
  if (timeOut !== undefined && isLongerThanServed(timeOut)) {
    problems.warning(fields.keyAt('time_out'), 'a web hook is waited for 60 seconds at most');
  }
  if (url === undefined) return undefined;
  return { url, method, body: body && { evaluate: (scope) => body.evaluate(scope) ?? null }, timeOut };
}

function isLongerThanServed({ amount, unit }: Duration): boolean {
  return unit === 'second' ? amount > 60 : unit !== 'minute' || amount > 1;
}

/** One that is written out has to be one; of another the beginning, as far as it goes. */
function checkAddress(node: Node | undefined, { problems }: StepContext): void {
  if (node?.kind !== 'scalar' || node.text.trim() === '' || /^(?:=|\{\{)/.test(node.text)) return;
  const [written = ''] = node.text.split('{{');
  if (/^https?:\/\/\S*$/.test(written) && (written !== node.text || URL.canParse(written))) return;
  problems.error(node.at, `"${node.text}" is no address of a web hook; expected one such as https://example.com/hook`);
}
