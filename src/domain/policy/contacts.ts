import type { Instant } from '../time/instant.js';

/** A message handed to the queue, for one customer: what frequency caps count. */
export interface Contact {
  readonly message: string;
  readonly at: Instant;
  readonly purpose: string;
  /** It failed on every channel, and no longer counts. */
  readonly failed: boolean;
  /** What providers asked for it, in rials; 0 until one has accepted it. */
  readonly cost: number;
  /** The same question again: it costs, and no cap counts it. */
  readonly repeats?: true;
}

/** A customer's contacts, oldest first. */
export type Contacts = readonly Contact[];

export const noContacts: Contacts = [];

export function withContact(
  contacts: Contacts,
  { message, at, purpose, repeats }: Pick<Contact, 'message' | 'at' | 'purpose' | 'repeats'>,
): Contacts {
  const contact: Contact = { message, at, purpose, failed: false, cost: 0 };
  return [...contacts, repeats === true ? { ...contact, repeats } : contact];
}

export function withOutcome(
  contacts: Contacts,
  {
    message,
    result,
    cost,
  }: { readonly message: string; readonly result: 'accepted' | 'failed'; readonly cost: number },
): Contacts {
  // Accepted for nothing: all is as it was.
  if (result === 'accepted' && cost === 0 && !contacts.some(({ message: own, failed }) => failed && own === message))
    return contacts;
  return contacts.map((contact) =>
    contact.message === message ? settled(contact, result === 'failed', cost) : contact,
  );
}

function settled({ message, at, purpose, cost, repeats }: Contact, failed: boolean, asked: number): Contact {
  const contact: Contact = { message, at, purpose, failed, cost: cost + asked };
  return repeats === true ? { ...contact, repeats } : contact;
}

/** What messages cost in (from, to], in rials; `from` undefined: ever. */
export function costOf(contacts: Contacts, from: Instant | undefined, to: Instant): number {
  return contacts.reduce((sum, { at, cost }) => (at <= to && (from === undefined || at > from) ? sum + cost : sum), 0);
}

/** The instants, oldest first, at which messages of that purpose were handed over that count. */
export function countedOf(contacts: Contacts, purpose: string): readonly Instant[] {
  const counted: Instant[] = [];
  for (const contact of contacts) {
    if (contact.purpose === purpose && !contact.failed && contact.repeats !== true) counted.push(contact.at);
  }
  return counted;
}
