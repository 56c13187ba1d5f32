import type { Json } from '../../domain/json.js';
import type { SendResult } from '../channel.js';

/** E.164 as Kavenegar takes it: 09… for Iran, 00… for others; undefined for what is no phone number. */
export function receptorOf(phone: string): string | undefined {
  if (!/^\+[1-9]\d{6,14}$/.test(phone)) return undefined;
  return phone.startsWith('+98') ? `0${phone.slice(3)}` : `00${phone.slice(1)}`;
}

/** Told without a call. */
export const noPhone: SendResult = {
  kind: 'rejected',
  reason: 'the address is no phone number in the form +98…',
  elsewhere: true,
};

/** The forms in which a provider may write the number that it was given. */
export function personalIn(phone: string): readonly string[] {
  return [phone, receptorOf(phone) ?? '', phone.slice(-10)];
}

/** However a number is written (09…, 989…, +989…), it ends alike. */
export function lastDigits(receptor: Json | undefined): string {
  return typeof receptor === 'string' || typeof receptor === 'number' ? String(receptor).slice(-10) : '';
}
