import type { JourneyPolicy } from '../policy/journey-policy.js';
import { nextHold } from '../policy/leave.js';
import type { Purpose } from '../policy/policy.js';
import type { Window } from '../time/windows.js';
import type { Instant } from '../time/instant.js';
import type { Facts } from './facts.js';

/** Until when a message may leave. */
export interface Deadlines {
  /** Later than this it is not sent at all. */
  readonly notAfter: Instant | undefined;
  /** What is still queued then is tested again. */
  readonly leaveBy: Instant | undefined;
}

/** The purpose's quiet hours and the journey's own. */
export function quietWindows(
  purpose: Pick<Purpose, 'quietHours'>,
  policy: JourneyPolicy | undefined,
): readonly Window[] {
  const own = policy?.quietHours;
  if (purpose.quietHours === undefined) return own === undefined ? [] : [own];
  return own === undefined ? [purpose.quietHours] : [purpose.quietHours, own];
}

/** The earlier of its last instant, of the next quiet hours and of the next blackout. */
export function leaveBy(
  { workspace, clock }: Pick<Facts, 'workspace' | 'clock'>,
  purpose: Pick<Purpose, 'quietHours' | 'blackout'>,
  policy: JourneyPolicy | undefined,
  notAfter: Instant | undefined,
  now: Instant,
): Instant | undefined {
  const windows = quietWindows(purpose, policy);
  if (windows.length === 0 && purpose.blackout.length === 0) return notAfter;
  const held = nextHold(windows, purpose, workspace.occasions, now, clock);
  return held !== undefined && (notAfter === undefined || held < notAfter) ? held : notAfter;
}
