import { channelNames, type ChannelName } from '../message/message.js';
import type { Position } from '../problem.js';
import type { Problems } from '../yaml/problems.js';
import { unknownWord } from '../yaml/read.js';

/** A channel of the language. */
export function readChannelName(text: string, at: Position, problems: Problems): ChannelName | undefined {
  const name = channelNames.find((channel) => channel === text);
  if (name !== undefined) return name;
  const there = `there are ${channelNames.join(', ')}`;
  return problems.error(at, unknownWord(`"${text}" is no channel`, text, channelNames, there));
}
