import type { Audience } from '../../audience/audience.js';
import { addressOf } from '../../message/address.js';
import type { ChannelName } from '../../message/message.js';
import { channelsFor } from '../../policy/channel-order.js';
import type { MessageStep } from '../step.js';
import type { Run } from '../run.js';
import { ask, type Tested } from '../witness.js';

/** A channel, and the customer's address on it. */
export type Open = readonly [ChannelName, string];

/** The channels to try, in their order: of those asked for what the template has, with an address, not closed. */
export function openChannels(run: Run, step: MessageStep): readonly Open[] {
  const { customer, workspace } = run.facts;
  const has = workspace.templates.channels(step.template);
  const closed = customer.closed[step.purpose];
  const open: Open[] = [];
  for (const channel of wanted(run, step, has)) {
    if (!has.includes(channel) || closed?.includes(channel) === true) continue;
    const address = addressOf(channel, customer, workspace.policy.channels.get(channel));
    if (address !== undefined) open.push([channel, address]);
  }
  return open;
}

/** Which of them are open, in their order, and why the others of the template are not. */
export function channelsSeen(
  { facts }: Run,
  { template, purpose, via }: MessageStep,
  open: readonly Open[],
): Tested['seen'] {
  const { customer, workspace } = facts;
  const names = open.map(([name]) => name);
  const others = workspace.templates.channels(template).filter((name) => !names.includes(name));
  const whyNot = (name: ChannelName): string => {
    if (customer.closed[purpose]?.includes(name) === true) return 'opted_out';
    return addressOf(name, customer, workspace.policy.channels.get(name)) === undefined
      ? 'no_address'
      : 'not_asked_for';
  };
  const closed = Object.fromEntries(others.map((name) => [name, whyNot(name)]));
  return { open: names, closed, via: via && [...via] };
}

function wanted(run: Run, { via }: MessageStep, has: readonly ChannelName[]): Iterable<ChannelName> {
  if (via === undefined) return preferredFirst(run, has);
  const { repliedOn } = run.state;
  return new Set(via.flatMap((channel) => (channel === 'reply' ? (repliedOn ?? []) : channel)));
}

/** The customer's preferred channel, then the first row of the policy whose audience fits. */
function preferredFirst(run: Run, has: readonly ChannelName[]): readonly ChannelName[] {
  const { customer, workspace } = run.facts;
  const order = channelsFor(workspace.policy.channelOrder, (name) => fits(run, workspace.audiences.get(name)));
  const preferred = customer.attributes['preferred_channel'] ?? undefined;
  const first = preferred === undefined ? undefined : has.find((channel) => channel === preferred);
  return first === undefined ? order : [first, ...order.filter((channel) => channel !== first)];
}

function fits(run: Run, audience: Audience | undefined): boolean {
  if (audience === undefined) return false;
  const question = { of: 'channel_order', name: audience.name } as const;
  return ask(audience.condition, run.customerScope(), question, run.facts.witness);
}
