import type { HoldReason, NotEnteredReason, SuppressedReason } from '../../domain/journey/decision.js';
import { endings } from '../../domain/journey/ending.js';
import type { Journey } from '../../domain/journey/journey.js';
import type { Kind } from './case.js';

const notEntered: Readonly<Record<NotEnteredReason, true>> = {
  draft: true,
  stale_event: true,
  condition_false: true,
  not_in_audience: true,
  not_running: true,
  paused: true,
  already_active: true,
  re_entry: true,
  holdout: true,
  limit: true,
};
const suppressed: Readonly<Record<SuppressedReason, true>> = {
  excepted: true,
  opted_out: true,
  no_consent: true,
  no_address: true,
  sample: true,
  too_late: true,
  capped: true,
  render_error: true,
};
const deferred: Readonly<Record<HoldReason, true>> = { blackout: true, quiet_hours: true, capped: true };

/** The reasons that such a line may give; undefined where it may be any. `exits`: of the journeys that run. */
export function reasonsOf(kind: Kind, exits: readonly string[] | undefined): readonly string[] | undefined {
  if (kind === 'exited') return exits;
  if (kind === 'not_entered') return Object.keys(notEntered);
  if (kind === 'suppressed') return Object.keys(suppressed);
  return kind === 'deferred' ? Object.keys(deferred) : undefined;
}

/** How somebody may leave these journeys; undefined where a `stop` says what is only known then. */
export function exitsOf(journeys: readonly Journey[]): readonly string[] | undefined {
  const stops = journeys.flatMap(({ steps }) => [...steps.values()]).filter((step) => step.kind === 'stop');
  const said = stops.flatMap(({ written }) => written ?? []);
  return said.length < stops.length ? undefined : [...new Set([...endings, 'merged', 'holdout', ...said])];
}
