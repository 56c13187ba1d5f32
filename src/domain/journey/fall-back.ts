import { blackoutEnd, consentProblem, quietEnd } from '../policy/leave.js';
import type { JourneyPolicy } from '../policy/journey-policy.js';
import type { Instant } from '../time/instant.js';
import { quietWindows } from './deadlines.js';
import type { HoldReason, Queue, SuppressedReason } from './decision.js';
import type { Facts } from './facts.js';
import { blackoutSeen, consentSeen, quietSeen } from './message-seen.js';
import type { Tested } from './witness.js';

/** Whether a message may go on to its next channel: it is tested again for consent, blackout and quiet hours. */
export type FallBack =
  /** `attempt`: the number of the channel that is tried now. */
  | { readonly kind: 'go'; readonly attempt: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'suppressed'; readonly reason: SuppressedReason }
  | { readonly kind: 'deferred'; readonly reason: HoldReason; readonly until: Instant };

/** A message with the channels that it may take, in their order. */
export interface Falling extends Pick<Queue, 'step' | 'purpose'> {
  readonly attempts: readonly { readonly channel: string }[];
}

export function fallBack(
  facts: Facts,
  message: Falling,
  tried: number,
  policy: JourneyPolicy | undefined,
  now: Instant,
): FallBack {
  const { step, purpose: name } = message;
  const { workspace, customer, clock, witness } = facts;
  const tell = (rule: Tested['rule'], passed: boolean, seen: Tested['seen']): void =>
    witness?.tested({ at: now, step, rule, passed, seen });
  const reason = consentProblem(customer, name, workspace.policy);
  tell('consent', reason === undefined, consentSeen(customer, name, workspace.policy, reason));
  if (reason !== undefined) return { kind: 'suppressed', reason };
  const attempt = nextOpen(facts, message, tried);
  if (attempt === undefined) return { kind: 'stop' };
  const purpose = workspace.policy.purposes.get(name);
  if (purpose === undefined) return { kind: 'go', attempt };
  const blackout = blackoutEnd(purpose, workspace.occasions, now, clock);
  if (purpose.blackout.length > 0) tell('blackout', blackout === undefined, blackoutSeen(purpose, blackout));
  if (blackout !== undefined) return { kind: 'deferred', reason: 'blackout', until: blackout };
  const windows = quietWindows(purpose, policy);
  const quiet = quietEnd(windows, now, clock);
  if (windows.length > 0) tell('quiet_hours', quiet === undefined, quietSeen(windows, quiet));
  return quiet === undefined ? { kind: 'go', attempt } : { kind: 'deferred', reason: 'quiet_hours', until: quiet };
}

/** The next channel that the customer has not closed since; undefined where there is none. */
function nextOpen({ customer }: Facts, { purpose, attempts }: Falling, tried: number): number | undefined {
  const closed: readonly string[] = customer.closed[purpose] ?? [];
  const next = attempts.findIndex(({ channel }, number) => number > tried && !closed.includes(channel));
  return next === -1 ? undefined : next;
}
