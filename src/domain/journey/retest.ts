import type { Json } from '../json.js';
import { roomFor } from '../policy/caps-room.js';
import { countedOf } from '../policy/contacts.js';
import type { JourneyPolicy } from '../policy/journey-policy.js';
import { blackoutEnd, consentProblem, quietEnd } from '../policy/leave.js';
import type { Purpose } from '../policy/policy.js';
import type { Instant } from '../time/instant.js';
import { leaveBy, quietWindows } from './deadlines.js';
import type { HoldReason, SuppressedReason } from './decision.js';
import { viewOf, type Facts } from './facts.js';
import { scopeOf } from './standing.js';

/** A message that was decided to leave and has not left yet. */
export interface Unsent {
  /** As `Queue.message`; undefined for one from before it was kept. */
  readonly message: string | undefined;
  readonly purpose: string;
  readonly notAfter: Instant | undefined;
  /** A question asked again: no cap holds it. */
  readonly repeats: boolean;
}

/** What becomes of it. */
export type Retest =
  /** It may leave until then. */
  | { readonly kind: 'go'; readonly leaveBy: Instant | undefined }
  | { readonly kind: 'suppressed'; readonly reason: SuppressedReason }
  | { readonly kind: 'deferred'; readonly reason: HoldReason; readonly until: Instant };

/**
 * The list of journey-semantics 5 once more, for a message that waited for its turn until its time was over: all that does
 * not need the step, which may be long past. What the message itself counts for is no reason to hold it.
 */
export function retest(facts: Facts, message: Unsent, policy: JourneyPolicy | undefined, now: Instant): Retest {
  const { workspace, customer } = facts;
  const purpose = workspace.policy.purposes.get(message.purpose);
  // It was declared when the message was decided.
  if (purpose === undefined) return timely(message, now);
  if (isExcepted(facts, purpose, now)) return { kind: 'suppressed', reason: 'excepted' };
  const reason = consentProblem(customer, purpose.name, workspace.policy);
  if (reason !== undefined) return { kind: 'suppressed', reason };
  const { notAfter } = message;
  if (notAfter !== undefined && notAfter < now) return { kind: 'suppressed', reason: 'too_late' };
  const held = byDay(facts, purpose, policy, now) ?? byCaps(facts, purpose, policy, message, now);
  if (held === undefined) return { kind: 'go', leaveBy: leaveBy(facts, purpose, policy, notAfter, now) };
  if (held.drops === true) return { kind: 'suppressed', reason: 'capped' };
  const { reason: because, until } = held;
  if (notAfter !== undefined && until > notAfter) return { kind: 'suppressed', reason: 'too_late' };
  return { kind: 'deferred', reason: because, until };
}

function timely({ notAfter }: Unsent, now: Instant): Retest {
  const late = notAfter !== undefined && notAfter < now;
  return late ? { kind: 'suppressed', reason: 'too_late' } : { kind: 'go', leaveBy: notAfter };
}

function isExcepted(facts: Facts, { except }: Purpose, now: Instant): boolean {
  if (except.length === 0) return false;
  const scope = scopeOf(facts, { customer: viewOf(facts.customer) as Json }, now);
  return except.some((name) => facts.workspace.audiences.get(name)?.condition.evaluate(scope) === true);
}

interface Held {
  readonly reason: HoldReason;
  readonly until: Instant;
  readonly drops?: boolean;
}

function byDay(
  { workspace, clock }: Facts,
  purpose: Purpose,
  policy: JourneyPolicy | undefined,
  now: Instant,
): Held | undefined {
  const blackout = blackoutEnd(purpose, workspace.occasions, now, clock);
  if (blackout !== undefined) return { reason: 'blackout', until: blackout };
  const quiet = quietEnd(quietWindows(purpose, policy), now, clock);
  return quiet === undefined ? undefined : { reason: 'quiet_hours', until: quiet };
}

function byCaps(
  { contacts, clock }: Facts,
  { name, caps: own, whenCapped }: Purpose,
  policy: JourneyPolicy | undefined,
  { message, repeats }: Unsent,
  now: Instant,
): Held | undefined {
  if (repeats) return undefined;
  const caps = [...own, ...(policy?.caps ?? [])];
  if (caps.length === 0) return undefined;
  const others = contacts.filter((contact) => contact.message !== message);
  const until = roomFor(caps, countedOf(others, name), now, clock);
  return until > now ? { reason: 'capped', until, drops: whenCapped === 'drop' } : undefined;
}
