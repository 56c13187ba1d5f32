import { hearUpdate } from '../bot-api/updates.js';
import type { Inbound } from '../inbound.js';

/** What Bale brings to the address that `setWebhook` was given. It sends no token along: the address has to hold the secret. */
export function baleInbound(): Inbound {
  return { channel: 'bale', provider: 'bale', hear: ({ body }) => hearUpdate(body) };
}
