import type { Field } from '../../../expression/kind.js';
import type { ChannelName } from '../../../message/message.js';
import type { Node } from '../../../yaml/node.js';
import { printNode } from '../../../yaml/node.js';
import { readText, unknownWord } from '../../../yaml/read.js';
import type { TextOrExpression } from '../../journey.js';
import type { StepContext } from '../context.js';
import type { Flow } from '../flow.js';
import { readLimit } from '../limits.js';
import { readPurpose } from '../purpose.js';
import { takenNames } from '../triggers.js';
import { readValue } from '../values.js';
import type { StepReader, StepReading } from './step.js';

/** `send: template`. */
export const send: StepReader = {
  keys: ['with', 'purpose', 'not_after'],
  later: ['via', 'fallback_after', 'else'],
  read(step) {
    const { fields, flow, at, context } = step;
    const template = readText(fields.get('send'), 'the name of a template', context.problems);
    const id = step.id(`send-${template ?? ''}`);
    const values = readWith(step);
    const purpose = readPurpose(fields.get('purpose'), context) ?? context.purpose;
    const notAfter = readLimit(fields.get('not_after'), flow, context);
    if (template === undefined) return undefined;
    checkTemplate(template, step, { names: { ...flow.names, ...values.names }, known: flow.known });
    return {
      flow,
      ended: false,
      link(next, add) {
        add({ kind: 'send', id, next, position: at, template, purpose, with: values.values, notAfter });
        return { kind: 'step', id };
      },
    };
  },
};

interface With {
  readonly values: Readonly<Record<string, TextOrExpression>>;
  readonly names: Readonly<Record<string, Field>>;
}

function readWith({ fields, flow, context }: StepReading): With {
  const node = fields.get('with');
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

function checkTemplate(template: string, { fields, context, at }: StepReading, flow: Flow): void {
  const { templates } = context.parts;
  const node = fields.get('send');
  if (node === undefined) return;
  if (!templates.has(template)) {
    context.problems.error(node.at, unknownTemplate(template, context));
    return;
  }
  if (templates.usesServedLinks(template)) {
    context.problems.error(node.at, `template "${template}" uses link or unsubscribe, which is not supported yet`);
  }
  for (const channel of channelsInUse(template, node, context)) {
    for (const problem of templates.check(template, channel, flow.names, flow.known)) {
      context.problems.error(problem.position, `${problem.message} (sent by ${at.file}:${String(at.line)})`);
    }
  }
}

function unknownTemplate(template: string, { parts: { templates } }: StepContext): string {
  return unknownWord(
    `there is no template "${template}"`,
    template,
    templates.names(),
    `write templates/${template}/sms.hbs`,
  );
}

function channelsInUse(template: string, node: Node, { parts, problems }: StepContext): readonly ChannelName[] {
  const order = parts.policy?.channelOrder;
  const has = parts.templates.channels(template);
  const used = has.filter((channel) => order === undefined || order.includes(channel));
  if (used.length === 0) {
    problems.error(
      node.at,
      `template "${template}" has no text for a channel of channel_order (${(order ?? []).join(', ')}); write templates/${template}/${order?.[0] ?? 'sms'}.hbs`,
    );
  }
  return used;
}
