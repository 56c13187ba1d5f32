import type { Field } from '../../../expression/kind.js';
import type { ChannelName } from '../../../message/message.js';
import { printNode, type Node } from '../../../yaml/node.js';
import { readDuration, readText, unknownWord } from '../../../yaml/read.js';
import type { TextOrExpression } from '../../right-hand-side.js';
import type { MessageStep } from '../../step.js';
import type { Block, StepContext } from '../context.js';
import type { Flow } from '../flow.js';
import { readLimit } from '../limits.js';
import { readPurpose } from '../purpose.js';
import { takenNames } from '../taken-names.js';
import { readValue } from '../values.js';
import { channelsOf, readVia } from './via.js';
import { warnOfLooser } from './looser-purpose.js';
import type { StepReading } from './step.js';

/** The options that a `send` and an `ask` share. */
export const messageKeys: readonly string[] = ['via', 'with', 'purpose', 'fallback_after', 'not_after', 'else'];

export interface ReadMessage {
  readonly message: Pick<MessageStep, 'template' | 'purpose' | 'with' | 'via' | 'fallbackAfter' | 'notAfter'>;
  readonly otherwise: Block | undefined;
}

/** What is sent, and how; `main` is the key that names the template. */
export function readMessage(step: StepReading, main: 'send' | 'ask', flow: Flow): ReadMessage | undefined {
  const { fields, context } = step;
  const template = readTemplate(fields.get(main), context);
  const via = readVia(fields.get('via'), template, context);
  const values = readWith(fields.get('with'), flow, context);
  const purpose = readPurpose(fields.get('purpose'), context) ?? context.purpose;
  warnOfLooser(purpose, fields.get('purpose'), context);
  const fallbackAfter = readDuration(fields.get('fallback_after'), context.problems);
  const notAfter = readLimit(fields.get('not_after'), flow, context);
  const steps = fields.get('else');
  const otherwise = steps && context.readBlock(steps, flow);
  if (template === undefined) return undefined;
  checkTexts(template, via, main, step, { names: { ...flow.names, ...values.names }, known: flow.known });
  return { message: { template, purpose, with: values.values, via, fallbackAfter, notAfter }, otherwise };
}

/** The name of a template that there is. */
function readTemplate(
  node: Node | undefined,
  { parts: { templates }, problems, sent }: StepContext,
): string | undefined {
  const template = readText(node, 'the name of a template', problems);
  if (node === undefined || template === undefined) return undefined;
  sent.add(template);
  if (templates.has(template)) return template;
  const sentence = `there is no template "${template}"`;
  return problems.error(
    node.at,
    unknownWord(sentence, template, templates.names(), `write templates/${template}/sms.hbs`),
  );
}

function checkTexts(
  template: string,
  via: MessageStep['via'],
  main: string,
  { fields, context, at }: StepReading,
  flow: Flow,
): void {
  const { templates } = context.parts;
  const channels: readonly ChannelName[] = channelsOf(template, via, fields.get(main)?.at ?? at, context);
  for (const channel of channels) {
    for (const problem of templates.check(template, channel, flow.names, flow.known)) {
      context.problems.error(problem.position, `${problem.message} (sent by ${at.file}:${String(at.line)})`);
    }
  }
}

interface With {
  readonly values: Readonly<Record<string, TextOrExpression>>;
  readonly names: Readonly<Record<string, Field>>;
}

function readWith(node: Node | undefined, flow: Flow, context: StepContext): With {
  const values: Record<string, TextOrExpression> = {};
  const names: Record<string, Field> = {};
  if (node === undefined) return { values, names };
  if (node.kind !== 'map') context.problems.error(node.at, `expected names and values, got ${printNode(node)}`);
  for (const { key, at, value } of node.kind === 'map' ? node.entries : []) {
    if (!/^[A-Za-z_]\w*$/.test(key) || takenNames.includes(key) || key === '__proto__') {
      context.problems.error(
        at,
        `"${key}" cannot be a name here; expected letters, digits and "_", and none of ${takenNames.slice(1, 6).join(', ')}`,
      );
    }
    const read = readValue(value, flow, context);
    if (read === undefined) continue;
    values[key] = read.value;
    names[key] = { kind: read.kind, optional: false };
  }
  return { values, names };
}
