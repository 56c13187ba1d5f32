import type { ChannelName } from './message/message.js';
import type { Json, JsonObject } from './json.js';

/**
 * Who a message goes to. `attributes` holds what is known (name, phone in E.164, email, locale, timezone, birth_date,
 * preferred_channel, … and the business's own, from customers.yaml); absent and null are the same there.
 */
export interface Customer {
  readonly id: string;
  readonly attributes: JsonObject;
  /** The last word on each purpose; absent means never asked. */
  readonly consent: Readonly<Record<string, boolean>>;
  /** Channels that the customer has closed, for each purpose. */
  readonly closed: Readonly<Record<string, readonly ChannelName[]>>;
}

/** What an expression or a template sees as `customer`. */
export type CustomerView = Readonly<Record<string, Json | undefined>>;
