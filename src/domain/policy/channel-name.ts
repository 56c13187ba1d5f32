import { channelNames, type ChannelName } from '../message/message.js';
import type { Position } from '../problem.js';
import type { Problems } from '../yaml/problems.js';
import { unknownWord } from '../yaml/read.js';

const later = ['telegram', 'bale', 'whatsapp', 'instagram', 'push', 'voice', 'web', 'webhook'];

/** A channel that is built; the language's others are not supported yet. */
export function readChannelName(text: string, at: Position, problems: Problems): ChannelName | undefined {
  const name = channelNames.find((channel) => channel === text);
  if (name !== undefined) return name;
  if (later.includes(text)) return problems.error(at, `channel ${text} is not supported yet`);
  return problems.error(
    at,
    unknownWord(`"${text}" is no channel`, text, channelNames, `expected ${channelNames.join(' or ')}`),
  );
}
