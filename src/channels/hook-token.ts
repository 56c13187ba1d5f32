import { createHmac } from 'node:crypto';

/** What a messenger is given to send along with what it brings: known to whoever knows the hooks' secret, and telling nothing of it. */
export function hookToken(hookSecret: string, channel: string): string {
  return createHmac('sha256', hookSecret).update(`hook/${channel}`).digest('hex');
}
