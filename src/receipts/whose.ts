import type { ChannelName } from '../domain/message/message.js';

/** The attribute that holds the addresses of a channel; undefined where the address is the customer's id. */
export function attributeOf(channel: ChannelName): string | undefined {
  switch (channel) {
    case 'sms':
    case 'voice':
    case 'whatsapp':
      return 'phone';
    case 'email':
    case 'telegram':
    case 'bale':
    case 'instagram':
    case 'push':
      return channel;
    case 'web':
    case 'webhook':
      return undefined;
  }
}

/** The id of a customer who is born from an address. */
export function bornFrom(channel: ChannelName, address: string): string {
  const attribute = attributeOf(channel);
  if (attribute === undefined) return address;
  return `${attribute === 'phone' ? 'tel' : attribute}:${address}`;
}
