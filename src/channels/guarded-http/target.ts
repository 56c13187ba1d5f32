import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.js';

/** Where a call goes; or why it may not, as a sentence. */
export type Target =
  | { readonly kind: 'target'; readonly url: URL; readonly isAllowed: boolean }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What an address has to be before anybody is called. The URL's own reading (`0x7f.1` is 127.0.0.1, `\` is `/`) is what is
 * judged and what is called, so that there are no two readings. Names are judged by what they resolve to, when they are.
 */
export function targetOf(text: string, allowed: ReadonlySet<string>): Target {
  if (/[\0-\x20\x7f]/.test(text)) return refused('has a space or a control character in it');
  if (!URL.canParse(text)) return refused('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused(`begins with ${url.protocol}, not https:`);
  if (url.username !== '' || url.password !== '') return refused('has a user or a password in it');
  if (allowed.has(url.hostname) || allowed.has(`${url.hostname}:${portOf(url)}`))
    return { kind: 'target', url, isAllowed: true };
  const address = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0 && !isPublicAddress(address)) return refused(notPublic(url.hostname));
  return { kind: 'target', url, isAllowed: false };
}

/** Why a call to that host is not made. */
export function notPublic(host: string): string {
  return `leads to ${host}, which is not on the internet; name the host in PEYK_WEBHOOK_ALLOW if it may be called`;
}

function portOf({ port, protocol }: URL): string {
  return port === '' ? { 'http:': '80', 'https:': '443' }[protocol as 'http:' | 'https:'] : port;
}

function refused(why: string): Target {
  return { kind: 'refused', reason: `the address ${why}` };
}
