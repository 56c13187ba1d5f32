import type { HistoryEvent } from '../expression/scope.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { channelNames, type ChannelName } from '../message/message.js';
import type { Effect } from './decision.js';

/** What an event's own effect needs: a customer's patch in its normal form (phones in E.164). */
export interface OwnEffectsOf {
  customerPatch(data: JsonObject): JsonObject;
}

/** What an event does by itself, before any journey looks at it. */
export function ownEffects(event: HistoryEvent, own: OwnEffectsOf): readonly Effect[] {
  switch (event.type) {
    case 'customer.updated':
      return updated(own.customerPatch({ ...event.data }));
    case 'consent.granted':
      return consent(event, true);
    case 'consent.withdrawn':
      return consent(event, false);
    default:
      return [];
  }
}

/** A word on consent inside a patch counts like one said by itself. */
function updated(patch: JsonObject): readonly Effect[] {
  return [{ kind: 'change', patch }, ...withdrawals(patch['consent'])];
}

function withdrawals(consent: Json | undefined): readonly Effect[] {
  if (!isJsonObject(consent)) return [];
  const purposes = Object.keys(consent).filter((purpose) => consent[purpose] === false);
  return purposes.map((purpose) => ({ kind: 'take_back', of: { purpose, channel: undefined } }));
}

function consent(event: HistoryEvent, given: boolean): readonly Effect[] {
  const { purpose } = event.data;
  if (typeof purpose !== 'string') return [];
  const channel = channelOf(event);
  // A word on a channel that nobody serves says nothing about the others.
  if (channel === undefined && (event.data['channel'] ?? null) !== null) return [];
  const word: Effect = { kind: 'consent', purpose, channel, given };
  return given ? [word] : [word, { kind: 'take_back', of: { purpose, channel } }];
}

function channelOf({ data }: HistoryEvent): ChannelName | undefined {
  return channelNames.find((name) => name === data['channel']);
}
