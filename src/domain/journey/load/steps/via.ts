import type { ChannelName } from '../../../message/message.js';
import { channelNames } from '../../../message/message.js';
import { channelsTried } from '../../../policy/channel-order.js';
import type { Position } from '../../../problem.js';
import type { Node } from '../../../yaml/node.js';
import { oneOrMore, readText, unknownWord } from '../../../yaml/read.js';
import type { MessageStep } from '../../step.js';
import type { StepContext } from '../context.js';

type Via = NonNullable<MessageStep['via']>[number];

/** The channels to try, in their order, or `reply`; each of them has to have its text. */
export function readVia(
  node: Node | undefined,
  template: string | undefined,
  context: StepContext,
): MessageStep['via'] {
  if (node === undefined) return undefined;
  const items = oneOrMore(node);
  if (items.length === 0) context.problems.error(node.at, 'via names no channel; leave it out, or write [sms, email]');
  const via = items.flatMap((item) => readChannel(item, template, context) ?? []);
  return via.length === 0 ? undefined : [...new Set(via)];
}

function readChannel(node: Node, template: string | undefined, context: StepContext): Via | undefined {
  const { problems, parts } = context;
  const text = readText(node, 'a channel, or reply', problems);
  if (text === undefined || text === 'reply') return text;
  const channel = channelNames.find((name) => name === text);
  if (channel === undefined) {
    const there = `there are ${channelNames.join(', ')}, and reply`;
    return problems.error(node.at, unknownWord(`"${text}" is no channel`, text, [...channelNames, 'reply'], there));
  }
  if (template === undefined || parts.templates.channels(template).includes(channel)) return channel;
  return problems.error(
    node.at,
    `template "${template}" has no text for ${channel}; write templates/${template}/${fileOf(channel)}`,
  );
}

function fileOf(channel: ChannelName): string {
  return `${channel}.hbs`;
}

/** The channels on which the template may be sent: all that it has, for a customer may prefer any of them. */
export function channelsOf(
  template: string,
  via: MessageStep['via'],
  at: Position,
  { parts: { templates, policy }, problems }: StepContext,
): readonly ChannelName[] {
  const has = templates.channels(template);
  if (via !== undefined) return via.includes('reply') ? has : has.filter((channel) => via.includes(channel));
  const order = policy && channelsTried(policy.channelOrder);
  if (order === undefined || has.some((channel) => order.includes(channel))) return has;
  problems.error(
    at,
    `template "${template}" has no text for a channel of channel_order (${order.join(', ')}); write templates/${template}/${fileOf(order[0] ?? 'sms')}`,
  );
  return [];
}
