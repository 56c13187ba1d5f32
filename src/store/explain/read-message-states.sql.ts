import { statement } from '../connection.js';
import { tellNothing } from '../outbox/settle-sent.sql.js';

/** Where a message is on its way, and what its provider answered. */
export interface KeptMessageState {
  readonly id: number;
  readonly journey: string;
  readonly enrolment: number;
  readonly key: string | null;
  readonly step: string;
  readonly template: string;
  readonly purpose: string;
  readonly channel: string;
  readonly address: string;
  readonly state: string;
  readonly held: string | null;
  readonly attempts: number;
  readonly created_at: number;
  readonly attempted_at: number | null;
  readonly settled_at: number | null;
  readonly next_at: number | null;
  readonly leave_by: number | null;
  readonly provider: string | null;
  readonly provider_id: string | null;
  readonly reason: string | null;
  /** What its provider told later, and when; `unreceipted`: it could still tell. */
  readonly receipt: 'delivered' | 'failed' | null;
  readonly receipt_at: number | null;
  readonly unreceipted: boolean;
  /** Without a receipt it goes on to the next channel then. */
  readonly fallback_at: number | null;
  readonly next_channel: string | null;
  /** Channels that it has gone on from, as far as they are remembered, in their order. */
  readonly passed: readonly PassedAttempt[];
}

/** `accepted`: a provider had taken it there. */
export interface PassedAttempt {
  readonly channel: string;
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly accepted: boolean;
}

/** All messages of one customer, oldest first. */
export const readMessageStates = statement<KeptMessageState>(
  'read-message-states',
  `select id, journey, enrolment, key, step, template, purpose, channel, address, state, held, attempts, created_at,
          attempted_at, settled_at, next_at, leave_by, provider, provider_id, reason, receipt, receipt_at,
          state = 'sent' and receipt is null and (${tellNothing}) is not true as unreceipted,
          fallback_at, fallbacks -> 0 ->> 'channel' as next_channel,
          (select coalesce(jsonb_agg(jsonb_build_object('channel', past.channel, 'accepted', past.provider_id not like 'message/%',
              'at', floor(extract(epoch from past.at) * 1000)) order by past.at), '[]')
           from past_attempt past where past.message_id = message.id) as passed
   from message where customer_id = $1 order by id`,
);
