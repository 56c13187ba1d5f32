import { ChannelSettingsError } from '../channel-settings.error.js';
import { headerText } from './headers.js';

const bare = /^[^\s@<>,;:"()[\]\\\p{Cc}]+@[^\s@<>,;:"()[\]\\\p{Cc}]+$/u;

/** One plain mailbox: nothing in it can add a second receiver or a header. */
export function isAddress(text: string): boolean {
  return text.length <= 320 && bare.test(text);
}

export interface Sender {
  readonly name: string;
  readonly address: string;
  readonly domain: string;
}

/** `تعمیرگاه <info@example.com>` or `info@example.com`. */
export function senderOf(text: string): Sender {
  const named = /^([^<>]*)<([^<>]*)>$/.exec(text.trim());
  const address = (named?.[2] ?? text).trim();
  if (!isAddress(address)) {
    throw new ChannelSettingsError(
      'channels.email.sender',
      'in policy.yaml should look like "Shop <info@example.com>"',
    );
  }
  const name = headerText((named?.[1] ?? '').replaceAll('"', ' '));
  return { name, address, domain: address.slice(address.lastIndexOf('@') + 1) };
}
