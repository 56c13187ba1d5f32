import type { Customer, CustomerView } from '../customer.js';
import type { History, HistoryEvent } from '../expression/scope.js';
import { LayeredHistory } from '../expression/layered-history.js';
import { isJsonObject, type Json, type JsonObject } from '../json.js';
import type { ChannelName, Templates } from '../message/message.js';
import type { Policy } from '../policy/policy.js';
import type { Clock } from '../time/instant.js';
import type { Consent, Effect } from './decision.js';
import { remembered } from './remembered.js';

/** What is known when a decision is made: today's policy and templates, the customer, their history. */
export interface Facts {
  readonly workspace: { readonly policy: Policy; readonly templates: Templates };
  readonly customer: Customer;
  /** The customer's own zone, else the workspace's; the policy's calendar. */
  readonly clock: Clock;
  readonly history: History;
  /** The customer's decision number: that of the event being decided, for a timer that of the last one. */
  readonly seq: number;
  /** Journeys that an operator has paused: nobody starts, and their timers are held. */
  readonly paused: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

export function makeFacts(
  workspace: Facts['workspace'],
  customer: Customer,
  history: History,
  seq: number,
  paused: Facts['paused'] = nothing,
): Facts {
  const timezone = customer.attributes['timezone'];
  const zone = typeof timezone === 'string' ? timezone : workspace.policy.timezone;
  return { workspace, customer, clock: { zone, calendar: workspace.policy.calendar }, history, seq, paused };
}

/** What expressions and templates see as `customer`. */
export const viewOf = remembered(({ id, attributes, consent }: Customer): CustomerView => {
  return { ...attributes, id, consent };
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
    case 'take_back':
      return facts;
  }
}

function remembering({ workspace, customer, clock, history, paused }: Facts, event: HistoryEvent): Facts {
  return { workspace, customer, clock, history: LayeredHistory.on(history, event), seq: event.seq, paused };
}

function withCustomer(facts: Facts, customer: Customer): Facts {
  return makeFacts(facts.workspace, customer, facts.history, facts.seq, facts.paused);
}

/** Applies a patch to a customer: `consent` in it is the word on each purpose, the rest are attributes. */
export function changed(customer: Customer, patch: JsonObject): Customer {
  const { consent, ...rest } = patch;
  const attributes = mergePatch(customer.attributes, rest) as JsonObject;
  return { ...customer, attributes, consent: mergedConsent(customer.consent, consent) };
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
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
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
