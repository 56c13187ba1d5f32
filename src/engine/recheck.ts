import type { HoldReason, SuppressedReason } from '../domain/journey/decision.js';
import { fallBack } from '../domain/journey/fall-back.js';
import type { Facts } from '../domain/journey/facts.js';
import { leaveBy } from '../domain/journey/deadlines.js';
import { leavesByItself } from '../domain/journey/leaves-by-itself.js';
import { retest } from '../domain/journey/retest.js';
import type { Instant } from '../domain/time/instant.js';
import type { RecheckRow } from '../store/engine/load-rechecks.sql.js';
import type { LiveJourneys } from './live-journeys.js';
import type { Leaver } from './load-leavers.js';

/** What becomes of a message that had to be looked at again. */
export type Verdict =
  /** Its time to leave was over: it may leave until then; it is held until then; it never leaves. */
  | { readonly kind: 'go'; readonly leaveBy: Instant | undefined }
  | { readonly kind: 'deferred'; readonly reason: HoldReason; readonly until: Instant }
  | { readonly kind: 'suppressed'; readonly reason: SuppressedReason }
  | { readonly kind: 'withdrawn' }
  /** It does not leave, for whom it is for would leave their journey now. */
  | { readonly kind: 'left' }
  /** No receipt has come: the next channel, of those left the one with this number; a later look; nothing more. */
  | { readonly kind: 'next'; readonly channel: number; readonly leaveBy: Instant | undefined }
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'stay' }
  /** It could not be tested: it stays where it is until a later look. */
  | { readonly kind: 'unclear'; readonly error: unknown; readonly until: Instant };

/** How soon what could not be tested is looked at again. */
const AGAIN_MS = 600_000;

/** By the policy of today and of the journey as it is now. One that cannot be tested keeps back nobody else's. */
export function verdictOn(
  row: RecheckRow,
  live: LiveJourneys,
  facts: Facts,
  now: Instant,
  leaver: Leaver | undefined,
): Verdict {
  try {
    return decidedOn(row, live, facts, now, leaver);
  } catch (error) {
    return { kind: 'unclear', error, until: now + AGAIN_MS };
  }
}

function decidedOn(
  row: RecheckRow,
  live: LiveJourneys,
  facts: Facts,
  now: Instant,
  leaver: Leaver | undefined,
): Verdict {
  if (row.gone) return { kind: 'withdrawn' };
  const leaves = leaver !== undefined && leavesByItself(leaver.journey, leaver.enrolment, facts, now);
  if (row.state !== 'sent' && leaves) return { kind: 'left' };
  return row.state === 'sent' ? fallen(row, live, facts, now) : tested(row, live, facts, now);
}

function tested(row: RecheckRow, live: LiveJourneys, facts: Facts, now: Instant): Verdict {
  const { ref, purpose, not_after, repeats } = row;
  const message = { message: ref ?? String(row.id), purpose, notAfter: not_after ?? undefined, repeats };
  return retest(facts, message, live.journeys.named(row.journey)?.policy, now);
}

/** Once a provider had it, nothing that is said now takes it back. */
function fallen(row: RecheckRow, live: LiveJourneys, facts: Facts, now: Instant): Verdict {
  const policy = live.journeys.named(row.journey)?.policy;
  const notAfter = row.not_after ?? undefined;
  const attempts = [row.channel, ...row.next].map((channel) => ({ channel }));
  const outcome = fallBack(facts, { step: row.step, purpose: row.purpose, notAfter, attempts }, 0, policy, now);
  switch (outcome.kind) {
    case 'go': {
      const purpose = live.workspace.policy.purposes.get(row.purpose);
      const limit = purpose === undefined ? notAfter : leaveBy(facts, purpose, policy, notAfter, now);
      return { kind: 'next', channel: outcome.attempt - 1, leaveBy: limit };
    }
    case 'deferred':
      return { kind: 'wait', until: outcome.until };
    case 'stop':
    case 'suppressed':
      return { kind: 'stay' };
  }
}
