import type { ChannelName } from '../domain/message/message.js';
import { channelsTried } from '../domain/policy/channel-order.js';
import type { Workspace } from '../domain/workspace.js';

/**
 * Channels on which messages may have to leave. `named`: by the policy's order or by a step's `via`. `perhaps`: those that only
 * have a provider; whoever writes there may be answered there, and people who entered under older files may be sent to there.
 */
export interface UsedChannels {
  readonly named: readonly ChannelName[];
  readonly perhaps: readonly ChannelName[];
}

export function usedChannels({ policy, journeys }: Pick<Workspace, 'policy' | 'journeys'>): UsedChannels {
  const steps = journeys.flatMap((journey) => [...journey.steps.values(), ...journey.atEnd]);
  const via = steps.flatMap((step) => ('via' in step ? (step.via ?? []) : []));
  const named = new Set([...channelsTried(policy.channelOrder), ...via.filter((channel) => channel !== 'reply')]);
  return { named: [...named], perhaps: [...policy.channels.keys()].filter((channel) => !named.has(channel)) };
}
