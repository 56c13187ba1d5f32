import type { Contact, Contacts } from '../domain/policy/contacts.js';
import { noContacts } from '../domain/policy/contacts.js';
import { addDuration } from '../domain/time/arithmetic.js';
import { printInstant, type Clock, type Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { loadContacts as contactsOf, type ContactRow } from '../store/engine/load-contacts.sql.js';
import type { LiveJourneys } from './live-journeys.js';
import type { Drawer } from './load.js';
import type { Reads } from './reads.js';

/** A day is no longer than that on any clock; what is read too much, caps do not count. */
const ZONES_APART = 2 * 86_400_000;

/** What was sent to one customer, as far as caps may ask. */
export type ContactsOf = (customer: string) => Contacts;

/** Reads, in one query, what the caps of whatever these customers' decisions may send will count. */
export async function loadContacts(
  tx: Connection,
  live: LiveJourneys,
  drawers: readonly Drawer[],
): Promise<ContactsOf> {
  const question = new ContactsQuestion(live);
  for (const drawer of drawers) question.ask(drawer);
  return question.answer(tx);
}

class ContactsQuestion {
  private readonly customers: string[] = [];
  private readonly purposes = new Set<string>();
  private since: Instant = Infinity;

  constructor(private readonly live: LiveJourneys) {}

  /** Whoever was created a moment ago has been sent nothing. */
  ask({ customer, enrolments, events, further, more = [] }: Drawer): void {
    if (customer.fresh || !this.live.hasCaps) return;
    const inside = enrolments.filter(({ status }) => status === 'active').map((one) => this.live.of(one));
    const started = events.flatMap(({ event }) => this.live.journeys.startedBy(event.type));
    const { timezone, calendar } = this.live.workspace.policy;
    const clock = { zone: timezone, calendar };
    const reads = [...inside, ...started, ...further].map((journey) => this.live.readsOf(journey));
    const asks = [...reads, ...more].map(({ caps }) => this.askFor(caps, customer.decided_at, clock));
    if (asks.includes(true)) this.customers.push(customer.id);
  }

  async answer(tx: Connection): Promise<ContactsOf> {
    if (this.customers.length === 0) return () => noContacts;
    const rows = await tx.run(contactsOf, [this.customers, printInstant(this.since), [...this.purposes]]);
    const found = new Map<string, Contact[]>();
    for (const row of rows) {
      const others = found.get(row.customer_id);
      if (others === undefined) found.set(row.customer_id, [contactOf(row)]);
      else others.push(contactOf(row));
    }
    return (customer) => found.get(customer) ?? noContacts;
  }

  private askFor(caps: Reads['caps'], now: Instant, clock: Clock): boolean {
    for (const { purpose, per } of caps) {
      this.purposes.add(purpose);
      this.since = Math.min(this.since, addDuration(now, per, clock, -1) - ZONES_APART);
    }
    return caps.length > 0;
  }
}

function contactOf({ ref, at, purpose, repeats, cost }: ContactRow): Contact {
  const contact: Contact = { message: ref, at, purpose, failed: false, cost };
  return repeats ? { ...contact, repeats } : contact;
}
