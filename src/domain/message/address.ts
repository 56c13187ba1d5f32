import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Customer } from '../customer.js';
import { toAsciiDigits } from '../time/digits.js';
import type { ChannelName } from './message.js';

/** E.164 of a number in any Iranian or international form, Persian and Arabic digits too; undefined for what is none. */
export function normalisePhone(text: string): string | undefined {
  // Already as it is kept: most are, for they were brought to this form when they came in.
  if (iranianE164.test(text)) return text;
  const folded = toAsciiDigits(text).replace(invisible, '').trim();
  const mobile = iranianMobile.exec(folded)?.[1];
  if (mobile !== undefined) return `+98${mobile}`;
  const phone = parsePhoneNumberFromString(folded, { defaultCountry: 'IR', extract: false });
  return phone?.isValid() === true && phone.ext === undefined ? phone.number : undefined;
}

/** An address as SMTP takes it, its domain in lower case and ASCII; undefined for what is none, or holds a line break. */
export function normaliseEmail(text: string): string | undefined {
  if (/[\r\n]/.test(text)) return undefined;
  const [, local, domain] = emailShape.exec(text.trim()) ?? [];
  if (local === undefined || domain === undefined) return undefined;
  const host = domainToASCII(domain).toLowerCase();
  const address = `${local}@${host}`;
  return localShape.test(local) && hostShape.test(host) && address.length <= 254 ? address : undefined;
}

/** Where a channel reaches the customer; undefined where it does not. `providers`: the channel's, by the policy. */
export function addressOf(
  channel: ChannelName,
  customer: Customer,
  providers: readonly { readonly provider: string }[] = [],
): string | undefined {
  switch (channel) {
    case 'sms':
    case 'voice':
    case 'whatsapp':
      return normalised(customer.attributes['phone'], normalisePhone);
    case 'email':
      return normalised(customer.attributes['email'], normaliseEmail);
    case 'bale':
      return baleOf(customer, providers);
    case 'telegram':
    case 'instagram':
    case 'push':
      return normalised(customer.attributes[channel], nameOrNumber);
    // The customer's inbox on the business's own site, and the business's own system.
    case 'web':
    case 'webhook':
      return customer.id;
  }
}

/**
 * Whether a phone number seems to have lost its leading zero, as a spreadsheet or an unquoted YAML value loses it:
 * `9121234567`, as a text or a number.
 */
export function hasLostZero(phone: unknown): boolean {
  const isPlain = typeof phone === 'string' || (typeof phone === 'number' && Number.isSafeInteger(phone));
  return isPlain && /^[1-9]\d{9}$/.test(toAsciiDigits(String(phone)).trim());
}

/** A chat's number or a phone's, which each have providers of their own; one that goes by phone reaches whoever has none of Bale's. */
function baleOf({ attributes }: Customer, providers: readonly { readonly provider: string }[]): string | undefined {
  const own = normalised(attributes['bale'], (text) => phoneWritten(text) ?? nameOrNumber(text));
  const byPhone = providers.some(({ provider }) => provider === 'safir');
  return own ?? (byPhone ? normalised(attributes['phone'], normalisePhone) : undefined);
}

/** A phone number as such: no chat's number begins with 0 or +. */
function phoneWritten(text: string): string | undefined {
  return /^[+0]/.test(toAsciiDigits(text).replace(invisible, '').trim()) ? normalisePhone(text) : undefined;
}

function nameOrNumber(text: string): string | undefined {
  const name = text.replace(invisible, '').trim();
  return name === '' ? undefined : name;
}

function normalised(value: unknown, normalise: (text: string) => string | undefined): string | undefined {
  return typeof value === 'string' ? normalise(value) : undefined;
}

// Zero-width and bidi marks come along when a number is copied from Persian text.
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
// Operators get new prefixes before number plans are published anew, so that any 9xx is taken for a mobile number.
const iranianMobile = /^(?:\+98|0098|98|0)?(9\d{9})$/;
const iranianE164 = /^\+989\d{9}$/;
const emailShape = /^([^\s@]{1,64})@([^\s@]{1,253})$/;
const localShape = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const hostShape = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
