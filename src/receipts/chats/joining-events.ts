import { mergeType } from '../../domain/merging/merge-faults.js';
import type { JsonObject } from '../../domain/json.js';
import type { IncomingEvent } from '../../intake/intake.js';

/** A chat that is found to be a customer's. */
export interface Joined {
  readonly customer: string;
  /** Who was born from the chat, where somebody was and is another one. */
  readonly stranger: string | undefined;
  /** What is known of the customer from now on: the chat, and the phone where that was shared. */
  readonly known: JsonObject;
  /** What names it when it is told again. */
  readonly by: string;
}

/** First whoever was born from the chat becomes the customer, then the chat is theirs, whichever they had before. */
export function joiningEvents({ customer, stranger, known, by }: Joined, source: string): readonly IncomingEvent[] {
  const event = { source, customer, time: undefined };
  const merged =
    stranger === undefined
      ? []
      : [{ ...event, id: `${by}/merged`, type: mergeType, data: { from: stranger, into: customer } }];
  return [...merged, { ...event, id: by, type: 'customer.updated', data: known }];
}
