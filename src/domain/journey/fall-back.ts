import { blackoutEnd, consentProblem, quietEnd } from '../policy/leave.js';
import type { JourneyPolicy } from '../policy/journey-policy.js';
import { printInstant, type Instant } from '../time/instant.js';
import { quietWindows } from './deadlines.js';
import type { HoldReason, Queue, SuppressedReason } from './decision.js';
import type { Facts } from './facts.js';
import { blackoutSeen, consentSeen, quietSeen } from './message-seen.js';
import type { Tested } from './witness.js';

/** Whether a message may go on to its next channel: it is tested again for consent, `not_after`, blackout and quiet hours. */
export type FallBack =
  /** `attempt`: the number of the channel that is tried now. */
  | { readonly kind: 'go'; readonly attempt: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'suppressed'; readonly reason: SuppressedReason }
  | { readonly kind: 'deferred'; readonly reason: HoldReason; readonly until: Instant };

/** A message with the channels that it may take, in their order. */
export interface Falling extends Pick<Queue, 'step' | 'purpose' | 'notAfter'> {
  readonly attempts: readonly { readonly channel: string }[];
}

export function fallBack(
  facts: Facts,
  message: Falling,
  tried: number,
  policy: JourneyPolicy | undefined,
  now: Instant,
): FallBack {
  const { step, purpose: name, notAfter = Infinity } = message;
  const { workspace, customer, witness } = facts;
  const tell: Tell = (rule, passed, seen) => witness?.tested({ at: now, step, rule, passed, seen });
  const reason = consentProblem(customer, name, workspace.policy);
  tell('consent', reason === undefined, consentSeen(customer, name, workspace.policy, reason));
  if (reason !== undefined) return { kind: 'suppressed', reason };
  const attempt = nextOpen(facts, message, tried);
  if (attempt === undefined) return { kind: 'stop' };
  if (message.notAfter !== undefined) tell('not_after', notAfter >= now, { until: printInstant(notAfter) });
  if (notAfter < now) return { kind: 'suppressed', reason: 'too_late' };
  const held = heldNow(facts, message, policy, now, tell);
  if (held === undefined) return { kind: 'go', attempt };
  return held.until > notAfter ? { kind: 'suppressed', reason: 'too_late' } : held;
}

type Tell = (rule: Tested['rule'], passed: boolean, seen: Tested['seen']) => void;

function heldNow(
  { workspace, clock }: Facts,
  { purpose: name }: Falling,
  policy: JourneyPolicy | undefined,
  now: Instant,
  tell: Tell,
): Extract<FallBack, { kind: 'deferred' }> | undefined {
  const purpose = workspace.policy.purposes.get(name);
  if (purpose === undefined) return undefined;
  const blackout = blackoutEnd(purpose, workspace.occasions, now, clock);
  if (purpose.blackout.length > 0) tell('blackout', blackout === undefined, blackoutSeen(purpose, blackout));
  if (blackout !== undefined) return { kind: 'deferred', reason: 'blackout', until: blackout };
  const windows = quietWindows(purpose, policy);
  const quiet = quietEnd(windows, now, clock);
  if (windows.length > 0) tell('quiet_hours', quiet === undefined, quietSeen(windows, quiet));
  return quiet === undefined ? undefined : { kind: 'deferred', reason: 'quiet_hours', until: quiet };
}

/** The next channel that the customer has not closed since; undefined where there is none. */
function nextOpen({ customer }: Facts, { purpose, attempts }: Falling, tried: number): number | undefined {
  const closed: readonly string[] = customer.closed[purpose] ?? [];
  const next = attempts.findIndex(({ channel }, number) => number > tried && !closed.includes(channel));
  return next === -1 ? undefined : next;
}
