import { createHash } from 'node:crypto';
import type { Audience } from '../audience/audience.js';
import { emptyBook, redeemed, withGrant, withLess, type CreditBook } from '../credit/credit-book.js';
import type { Customer, CustomerView } from '../customer.js';
import type { History, HistoryEvent } from '../expression/scope.js';
import { LayeredHistory } from '../expression/layered-history.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import type { ChannelName, Templates } from '../message/message.js';
import type { LinkCodes } from '../message/short-links.js';
import type { Occasions } from '../occasions/occasions.js';
import { noContacts, withContact, withOutcome, type Contacts } from '../policy/contacts.js';
import type { Policy } from '../policy/policy.js';
import type { Clock, Instant } from '../time/instant.js';
import type { Consent, Effect } from './decision.js';
import { remembered } from './remembered.js';
import type { Witness } from './witness.js';

/** Today's files, as far as decisions need them. */
export interface Rules {
  readonly policy: Policy;
  readonly templates: Templates;
  readonly audiences: ReadonlyMap<string, Audience>;
  readonly occasions: Occasions;
  /** Undefined: links print their targets. */
  readonly links?: LinkCodes | undefined;
}

/** What is known when a decision is made: today's files, the customer, their history. */
export interface Facts {
  readonly workspace: Rules;
  readonly customer: Customer;
  /** The customer's own zone, else the workspace's; the policy's calendar and working hours. */
  readonly clock: Clock;
  readonly history: History;
  /** The customer's decision number: that of the event being decided, for a timer that of the last one. */
  readonly seq: number;
  /** Journeys that an operator has paused: nobody starts, and their timers are held. */
  readonly paused: ReadonlySet<string>;
  readonly credit: CreditBook;
  /** Messages handed to the queue: what caps count, and what they cost. */
  readonly contacts: Contacts;
  readonly others: Others;
  /** Hears of every condition that is asked, where somebody wants to know why. */
  readonly witness?: Witness | undefined;
}

/** What is known of all customers together. */
export interface Others {
  /** 1 to 5, the customer's place by that score; undefined where it cannot be known. */
  quintile(score: string, customer: string, now: Instant): number | undefined;
  /** How many entered that journey in (from, to]; `from` undefined: ever. */
  entries(journey: string, from: Instant | undefined, to: Instant): number;
  /** Rials granted by that journey in (from, to]. */
  granted(journey: string, from: Instant | undefined, to: Instant): number;
  /** The id of a task that is opened now. `place` names it among all that were ever opened. */
  taskId(place: string): string;
}

export const nobodyElse: Others = {
  quintile: () => undefined,
  entries: () => 0,
  granted: () => 0,
  taskId: (place) => `task-${createHash('sha256').update(place, 'utf8').digest('hex').slice(0, 16)}`,
};

const nothing: ReadonlySet<string> = new Set();

/** What facts may have besides the customer and their events. */
export type MoreFacts = Partial<Pick<Facts, 'paused' | 'credit' | 'contacts' | 'others' | 'witness'>>;

export function makeFacts(
  workspace: Rules,
  customer: Customer,
  history: History,
  seq: number,
  { paused = nothing, credit = emptyBook, contacts = noContacts, others = nobodyElse, witness }: MoreFacts = {},
): Facts {
  return {
    workspace,
    customer,
    clock: clockOf(workspace.policy, customer),
    history,
    seq,
    paused,
    credit,
    contacts,
    others,
    witness,
  };
}

function clockOf({ timezone, calendar, working }: Policy, { attributes }: Customer): Clock {
  const own = attributes['timezone'];
  const zone = typeof own === 'string' ? own : timezone;
  return working === undefined ? { zone, calendar } : { zone, calendar, working };
}

/** What expressions and templates see as `customer`. */
export const viewOf = remembered(({ id, attributes, consent }: Customer): CustomerView => {
  // What is added to a copy made by `...` gives it a hidden class of its own, and expressions would read each customer anew.
  return Object.hasOwn(attributes, '__proto__')
    ? { ...attributes, id, consent }
    : Object.assign({}, attributes, { id, consent });
});

/** What one decision did is known to the next. */
export function fold(facts: Facts, effects: readonly Effect[]): Facts {
  let after = facts;
  for (const effect of effects) after = foldOne(after, effect);
  return after;
}

function foldOne(facts: Facts, effect: Effect): Facts {
  switch (effect.kind) {
    case 'remember':
      return remembering(facts, effect.event);
    case 'change':
      return withCustomer(facts, changed(facts.customer, effect.patch));
    case 'consent':
      return withCustomer(facts, consented(facts.customer, effect));
    case 'queue':
      return withContacts(facts, withContact(facts.contacts, effect));
    case 'settled':
      return settling(facts, withOutcome(facts.contacts, effect));
    case 'granted':
      return withCredit(facts, withGrant(facts.credit, effect.grant));
    case 'lessened':
      return withCredit(facts, withLess(facts.credit, effect.grant, effect.amount));
    case 'redeemed':
      return withCredit(facts, redeemed(facts.credit, effect.amount, effect.reference, effect.at));
    // The others change nothing that is known.
    default:
      return facts;
  }
}

// Written out: facts are folded at every decision, and to spread them costs more than to decide.
function remembering(
  { workspace, customer, clock, history, paused, credit, contacts, others, witness }: Facts,
  event: HistoryEvent,
): Facts {
  const layered = LayeredHistory.on(history, event);
  return { workspace, customer, clock, history: layered, seq: event.seq, paused, credit, contacts, others, witness };
}

function settling(facts: Facts, contacts: Contacts): Facts {
  return contacts === facts.contacts ? facts : withContacts(facts, contacts);
}

/** The same with these messages. */
export function withContacts(
  { workspace, customer, clock, history, seq, paused, credit, others, witness }: Facts,
  contacts: Contacts,
): Facts {
  return { workspace, customer, clock, history, seq, paused, credit, contacts, others, witness };
}

function withCredit(
  { workspace, customer, clock, history, seq, paused, contacts, others, witness }: Facts,
  credit: CreditBook,
): Facts {
  return { workspace, customer, clock, history, seq, paused, credit, contacts, others, witness };
}

/** The same at the customer's next decision. */
export function withNextNumber({
  workspace,
  customer,
  clock,
  history,
  seq,
  paused,
  credit,
  contacts,
  others,
  witness,
}: Facts): Facts {
  return { workspace, customer, clock, history, seq: seq + 1, paused, credit, contacts, others, witness };
}

/** The same with this history. */
export function withHistory(
  { workspace, customer, clock, seq, paused, credit, contacts, others, witness }: Facts,
  history: History,
): Facts {
  return { workspace, customer, clock, history, seq, paused, credit, contacts, others, witness };
}

function withCustomer(
  { workspace, history, seq, paused, credit, contacts, others, witness }: Facts,
  customer: Customer,
): Facts {
  return makeFacts(workspace, customer, history, seq, { paused, credit, contacts, others, witness });
}

/** Applies a patch to a customer: `consent` in it is the word on each purpose, the rest are attributes. */
export function changed(customer: Customer, patch: JsonObject): Customer {
  const { consent, ...rest } = patch;
  const attributes = mergePatch(customer.attributes, rest) as JsonObject;
  return { ...customer, attributes, consent: mergedConsent(customer.consent, consent) };
}

/** Whether what was found out of when messages may leave holds no more: a word is forgotten, or another clock is theirs. */
export function unsettles(patch: JsonObject): boolean {
  return forgetsConsent(patch) || 'timezone' in patch;
}

/** Whether a patch makes a word on some purpose unknown again. */
function forgetsConsent({ consent }: JsonObject): boolean {
  return isJsonObject(consent) && Object.values(consent).includes(null);
}

function mergedConsent(consent: Customer['consent'], patch: Json | undefined): Customer['consent'] {
  if (!isJsonObject(patch)) return consent;
  const merged: Record<string, boolean> = { ...consent };
  for (const [purpose, given] of Object.entries(patch)) {
    if (typeof given === 'boolean') merged[purpose] = given;
    else if (given === null) Reflect.deleteProperty(merged, purpose);
  }
  return merged;
}

function consented(customer: Customer, { purpose, channel, given }: Consent): Customer {
  if (channel === undefined) return { ...customer, consent: { ...customer.consent, [purpose]: given } };
  const others = (customer.closed[purpose] ?? []).filter((name) => name !== channel);
  const closed: readonly ChannelName[] = given ? others : [...others, channel];
  return { ...customer, closed: { ...customer.closed, [purpose]: closed } };
}

/** `__proto__` from outside is a name like any other. */
function setOwn(target: JsonObject, name: string, value: Json): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function ownOf(target: JsonObject, name: string): Json {
  return Object.hasOwn(target, name) ? (target[name] ?? null) : null;
}

/** RFC 7396. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged: JsonObject = isJsonObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, name);
    else setOwn(merged, name, mergePatch(ownOf(merged, name), value));
  }
  return merged;
}
