import type { HistoryEvent } from '../expression/scope.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import { channelNames, type ChannelName } from '../message/message.js';
import { fold } from '../message/folding.js';
import type { Policy } from '../policy/policy.js';
import type { Effect } from './decision.js';

/** What an event's own effect needs: a customer's patch in its normal form (phones in E.164). */
export interface OwnEffectsOf {
  customerPatch(data: JsonObject): JsonObject;
}

type Words = Pick<Policy, 'optOut' | 'optIn'>;

/** A reply that is an opt-out or opt-in word, and the purposes that it speaks of. */
export interface Word {
  readonly given: boolean;
  readonly purposes: readonly string[];
}

/** What an event does by itself, before any journey looks at it. */
export function ownEffects(event: HistoryEvent, own: OwnEffectsOf, policy: Words): readonly Effect[] {
  switch (event.type) {
    case 'customer.updated':
      return updated(own.customerPatch({ ...event.data }));
    case 'consent.granted':
      return consent(event, true);
    case 'consent.withdrawn':
      return consent(event, false);
    case 'credit.redeemed':
      return redemption(event);
    case 'message.received':
      return wordEffects(replyWord(event, policy));
    default:
      return [];
  }
}

/** The word that the whole of a reply is; undefined for any other reply. */
export function replyWord({ data }: HistoryEvent, { optOut, optIn }: Words): Word | undefined {
  const { text } = data;
  if (typeof text !== 'string' || (optOut === undefined && optIn === undefined)) return undefined;
  const folded = fold(text);
  if (optOut?.words.includes(folded) === true) return { given: false, purposes: optOut.purposes };
  return optIn?.words.includes(folded) === true ? { given: true, purposes: optIn.purposes } : undefined;
}

function wordEffects(word: Word | undefined): readonly Effect[] {
  if (word === undefined) return [];
  return word.purposes.flatMap((purpose) => spoken(purpose, undefined, word.given));
}

function redemption({ data, arrival, id, source }: HistoryEvent): readonly Effect[] {
  const { amount, reference } = data;
  if (typeof amount !== 'number') return [];
  const named = typeof reference === 'string' || typeof reference === 'number' ? String(reference) : `${source} ${id}`;
  return [{ kind: 'redeemed', amount, reference: named, at: arrival }];
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
  return spoken(purpose, channel, given);
}

function spoken(purpose: string, channel: ChannelName | undefined, given: boolean): readonly Effect[] {
  const word: Effect = { kind: 'consent', purpose, channel, given };
  return given ? [word] : [word, { kind: 'take_back', of: { purpose, channel } }];
}

function channelOf({ data }: HistoryEvent): ChannelName | undefined {
  return channelNames.find((name) => name === data['channel']);
}
