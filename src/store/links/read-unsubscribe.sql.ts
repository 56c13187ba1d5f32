import { statement } from '../connection.js';

export interface UnsubscribeRow {
  readonly message_id: number;
  readonly customer_id: string;
  readonly purpose: string;
  readonly channel: string;
}

/** Who wants no more of what, where they open the address with the code $1. */
export const readUnsubscribe = statement<UnsubscribeRow>(
  'read-unsubscribe',
  'select message_id, customer_id, purpose, channel from link where code = $1::text and target is null',
);
