import type { CreditBook } from '../credit/credit-book.js';
import type { History } from '../expression/scope.js';
import { makeFacts, type Facts } from '../journey/facts.js';
import type { Contacts } from '../policy/contacts.js';
import { mergedCustomer } from './merged-customer.js';
import { movedRef } from './moved-enrolment.js';

/** What is known of two customers who are one, with the history of both: the decision numbers of `from` come behind those of `into`. */
export function mergedFacts(from: Facts, into: Facts, history: History): Facts {
  const { workspace, seq: by, paused, others, witness } = into;
  return makeFacts(workspace, mergedCustomer(from.customer, into.customer), history, by + from.seq, {
    ...{ paused, others, witness },
    credit: mergedCredit(from.credit, into.credit, by),
    contacts: mergedContacts(from.contacts, into.contacts, by),
  });
}

/** Caps count what either was sent. */
function mergedContacts(from: Contacts, into: Contacts, by: number): Contacts {
  const moved = from.map((contact) => ({ ...contact, message: movedRef(contact.message, by) }));
  return [...into, ...moved].sort((a, b) => a.at - b.at);
}

/** What is left of the grants of both; what either has redeemed under a reference is redeemed. */
function mergedCredit(from: CreditBook, into: CreditBook, by: number): CreditBook {
  const moved = from.grants.map((grant) => ({ ...grant, id: movedRef(grant.id, by) }));
  return {
    grants: [...into.grants, ...moved].sort((a, b) => a.grantedAt - b.grantedAt),
    references: new Set([...into.references, ...from.references]),
  };
}
