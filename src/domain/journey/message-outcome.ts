import type { HistoryEvent } from '../expression/scope.js';
import type { Json, JsonObject } from '../json.js';
import { channelNames, type ChannelName } from '../message/message.js';

/**
 * What became of a message of `Queue.message`; `withheld`: it was taken back before it left, and caps count it all the same;
 * `moved`: it goes on to that channel. `cost` in rials, of an accepted one.
 */
export interface MessageOutcome {
  readonly journey: string;
  readonly enrolment: number;
  readonly message: string;
  readonly result: 'accepted' | 'failed' | 'withheld' | 'moved';
  readonly channel: ChannelName;
  /** It has not left on this one, to which it had moved: no answer can come there. */
  readonly failedOn?: ChannelName | undefined;
  readonly cost: number;
}

/** Whence what becomes of messages comes. Nobody outside can send events of these types. */
export const messagesSource = '/messages';

/**
 * Events that outboxes make say of which message they are in `ref`: `message.accepted` (a provider has it; only where its
 * step waits to hear), `message.withheld` (taken back by the policy), `message.moved` (no receipt has come), and `message.failed`,
 * with the `next` channel or as the `last`, after which none is left. Whoever answers may do so before a provider's word on the
 * next channel is written, so that a question is open there as soon as it may have been sent.
 */
export function outcomeOf({ source, type, data }: HistoryEvent): MessageOutcome | undefined {
  if (source !== messagesSource) return undefined;
  const result = resultOf(type, data['last'] === true, data['in_doubt'] === true);
  const { ref, cost } = data;
  const tried = result === 'moved' ? goesOn(type, data) : { channel: channelOf(data['channel']) };
  if (result === undefined || typeof ref !== 'string' || tried.channel === undefined) return undefined;
  const [journey = '', enrolment] = ref.split('/');
  const told = {
    journey,
    enrolment: Number(enrolment),
    message: ref,
    result,
    cost: typeof cost === 'number' ? cost : 0,
  };
  return { ...told, ...tried, channel: tried.channel };
}

/** What may have left all the same on the channel that failed is open there. */
function goesOn(type: string, data: JsonObject): Record<'channel' | 'failedOn', ChannelName | undefined> {
  const failedOn = type === 'message.failed' && data['in_doubt'] !== true ? channelOf(data['channel']) : undefined;
  return { channel: channelOf(data['next'] ?? failedOn), failedOn };
}

function channelOf(value: Json | undefined): ChannelName | undefined {
  return channelNames.find((name) => name === value);
}

function resultOf(type: string, isLast: boolean, isInDoubt: boolean): MessageOutcome['result'] | undefined {
  switch (type) {
    case 'message.accepted':
      return 'accepted';
    case 'message.withheld':
      return 'withheld';
    case 'message.failed':
      if (!isLast) return 'moved';
      // It may have arrived: who waits for it waits no more, and caps go on counting it.
      return isInDoubt ? 'withheld' : 'failed';
    case 'message.moved':
      return 'moved';
    default:
      return undefined;
  }
}
