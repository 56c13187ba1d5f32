import { createHmac, randomBytes } from 'node:crypto';
import type { LinkCodes, LinkPlace, ShortLink } from '../domain/message/short-links.js';

/** 59 bits: as many as an SMS has room for; a guess finds nothing but where somebody's message leads. */
const LINK_LENGTH = 10;
/** 131 bits: whoever has it decides for the customer. */
const UNSUBSCRIBE_LENGTH = 22;

/**
 * Codes from an HMAC, so that nobody can tell one from another. What was made is kept in `link` and with the message, and is
 * never made anew: the key need not outlive the process, and there is none to keep, to share or to lose.
 */
export function linkCodes(publicUrl: string | undefined, key: Buffer = randomBytes(32)): LinkCodes | undefined {
  if (publicUrl === undefined) return undefined;
  return {
    codeFor: (place, target): ShortLink => {
      const length = target === undefined ? UNSUBSCRIBE_LENGTH : LINK_LENGTH;
      const code = base62(digest(key, place, target), length);
      return { code, target, url: `${publicUrl}/${target === undefined ? 'u' : 'l'}/${code}` };
    },
  };
}

/** The instant is part of it: a decision that is tried again later gets other codes than one that met a code already taken. */
function digest(key: Buffer, { customer, message, channel, at }: LinkPlace, target: string | undefined): Buffer {
  const named = JSON.stringify([customer, message, channel, at, target ?? null]);
  return createHmac('sha256', key).update(named, 'utf8').digest();
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  while (text.length < length) {
    text += digits[Number(rest % 62n)] ?? '';
    rest /= 62n;
  }
  return text;
}
