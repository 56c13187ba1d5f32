import type { Channel, Outgoing } from '../channels/channel.js';
import { isJsonObject, type Json } from '../domain/json.js';
import {
  servedChannels,
  type ChannelName,
  type Content,
  type SmsContent,
  type TextChannel,
} from '../domain/message/message.js';
import type { Tokens } from '../domain/message/template/tokens.js';
import type { Instant } from '../domain/time/instant.js';
import type { ClaimedRow } from '../store/outbox/claimed-columns.js';
import { FilesUnavailableError, type Composer } from './ports.js';
import type { Lease } from './sender-clock.js';

/** A message that this sender may send while its lease lasts. */
export interface Claimed {
  readonly id: number;
  readonly customer: string;
  readonly journey: string;
  readonly template: string;
  readonly bundle: number;
  readonly purpose: string;
  readonly channel: ChannelName;
  readonly provider: string;
  readonly address: string;
  /** As it is kept: sms `{text, parts}`, email `{context, zone, calendar, now}`, others `{text, buttons?}`. */
  readonly content: unknown;
  /** `[{channel, address, content}]`, or null for none. */
  readonly fallbacks: unknown;
  /** This one included. */
  readonly attempts: number;
  /** When it came to this channel. */
  readonly cameAt: Instant;
  /** What has not left by then goes back to the engine. */
  readonly leaveBy: Instant | undefined;
  /** Later than this it is not sent at all. */
  readonly notAfter: Instant | undefined;
  readonly lease: Lease;
  /** It tries whether a channel that was down is well again. */
  readonly probe: boolean;
  /** Its provider has it perhaps, and nobody else may send it. */
  readonly bound?: true;
}

export function claimedFrom(row: ClaimedRow, { channel, provider }: Channel, lease: Lease, probe: boolean): Claimed {
  return {
    id: Number(row.id),
    customer: row.customer_id,
    journey: row.journey,
    template: row.template,
    bundle: row.bundle,
    purpose: row.purpose,
    channel,
    provider,
    address: row.address,
    content: row.content,
    fallbacks: row.fallbacks,
    attempts: row.attempts,
    cameAt: row.came_at,
    leaveBy: row.leave_by ?? undefined,
    notAfter: row.not_after ?? undefined,
    lease,
    probe,
  };
}

/** A message ready for its channel; or why it can never be, or cannot be now through no fault of its own. */
export type Prepared =
  | { readonly kind: 'ready'; readonly outgoing: Outgoing }
  | { readonly kind: 'unsendable'; readonly reason: string }
  | { readonly kind: 'not_now'; readonly reason: string };

export async function prepare(message: Claimed, composer: Composer): Promise<Prepared> {
  try {
    return {
      kind: 'ready',
      outgoing: { id: message.id, to: message.address, content: await contentOf(message, composer) },
    };
  } catch (error) {
    if (error instanceof FilesUnavailableError) return { kind: 'not_now', reason: error.message };
    return { kind: 'unsendable', reason: `render_error: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function contentOf(message: Claimed, composer: Composer): Promise<Content> {
  switch (message.channel) {
    case 'sms':
      return readSms(message.content);
    case 'email':
      return composer.compose(message);
    default:
      return readText(message.channel, message.content);
  }
}

function readText(channel: TextChannel, content: unknown): Content {
  const { text, buttons } = isJsonObject(content) ? content : {};
  if (typeof text !== 'string') throw new TypeError(`the content for ${channel} has to be {text}, a string`);
  return buttons === undefined ? { channel, text } : { channel, text, buttons: readButtons(buttons) };
}

function readButtons(value: Json): readonly string[] {
  const labels = Array.isArray(value) ? value.filter((label) => typeof label === 'string') : [];
  if (!Array.isArray(value) || labels.length < value.length)
    throw new TypeError('the buttons have to be a list of texts');
  return labels;
}

function readSms(content: unknown): SmsContent {
  if (!isJsonObject(content)) throw new TypeError('the content of an sms has to be {text, parts}');
  const { text, parts, lookup, tokens } = content;
  if (typeof text !== 'string' || typeof parts !== 'number') {
    throw new TypeError('the content of an sms has to be {text, parts}, a string and a number');
  }
  const sms: SmsContent = { channel: 'sms', text, parts };
  if (lookup === undefined) return sms;
  if (typeof lookup !== 'string') throw new TypeError('the lookup of an sms has to be the name of a registered text');
  return tokens === undefined ? { ...sms, lookup } : { ...sms, lookup, tokens: readTokens(tokens) };
}

function readTokens(value: Json): Tokens {
  if (!isJsonObject(value) || Object.values(value).some((token) => typeof token !== 'string'))
    throw new TypeError('the tokens of an sms have to be texts by name');
  return value;
}

/** Whether there is a next channel to try. One that is not well formed is none. */
export function hasFallback({ fallbacks }: Pick<Claimed, 'fallbacks'>): boolean {
  if (!Array.isArray(fallbacks)) return false;
  const next: unknown = fallbacks[0];
  return (
    isJsonObject(next) &&
    servedChannels.some((name) => name === next['channel']) &&
    typeof next['address'] === 'string' &&
    isJsonObject(next['content'])
  );
}
