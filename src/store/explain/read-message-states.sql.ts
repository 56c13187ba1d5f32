import { statement } from '../connection.js';

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
}

/** All messages of one customer, oldest first. */
export const readMessageStates = statement<KeptMessageState>(
  'read-message-states',
  `select id, journey, enrolment, key, step, template, purpose, channel, address, state, held, attempts, created_at,
          attempted_at, settled_at, next_at, leave_by, provider, provider_id, reason
   from message where customer_id = $1 order by id`,
);
