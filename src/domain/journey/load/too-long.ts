import { addDuration } from '../../time/arithmetic.js';
import { printDuration, type Duration } from '../../time/duration.js';
import type { Clock, Instant } from '../../time/instant.js';
import type { Problems } from '../../yaml/problems.js';
import type { Journey } from '../journey.js';
import type { Next, Step } from '../step.js';

/** Warns of the first wait on a way that may go on after the enrolment has expired: what stands below is then not done. */
export function warnOfExpiry(
  { first, steps, lastsAtMost }: Pick<Journey, 'first' | 'steps' | 'lastsAtMost'>,
  lengths: ReadonlyMap<string, Duration>,
  problems: Problems,
): void {
  const until = addDuration(start, lastsAtMost, clock);
  const latest = new Map<string, Instant>();
  const arrive = (next: Next, at: Instant): void => {
    if (next.kind === 'step') latest.set(next.id, Math.max(at, latest.get(next.id) ?? -Infinity));
  };
  arrive(first, start);
  // In reading order: nothing leads up, and an arm that stays leads back with the clocks still running.
  for (const step of steps.values()) {
    const at = latest.get(step.id);
    if (at === undefined) continue;
    const length = lengths.get(step.id);
    const left = length === undefined ? at : addDuration(at, length, clock);
    if (left > until) tell(step, lastsAtMost, problems);
    else for (const next of waysFrom(step)) arrive(next, left);
  }
}

function tell({ position }: Step, lastsAtMost: Duration, problems: Problems): void {
  problems.warning(
    position,
    `this may still wait when the enrolment expires, ${printDuration(lastsAtMost)} after its start; make it shorter, or lasts_at_most longer`,
  );
}

/** Everywhere a step may lead. */
export function waysFrom(step: Step): readonly Next[] {
  switch (step.kind) {
    case 'wait_for':
      return [step.otherwise, ...[...step.arms, ...step.clocks].map(({ then }) => then)];
    case 'wait_until':
      return [step.then, step.otherwise];
    case 'choose':
      return [step.otherwise ?? step.next, ...step.branches.map(({ then }) => then)];
    case 'split':
      return [step.next, ...step.arms.map(({ then }) => then)];
    case 'stop':
      return [];
    default:
      return 'otherwise' in step && step.otherwise !== undefined ? [step.next, step.otherwise] : [step.next];
  }
}

/** Any day will do: lengths are compared, not dates. */
const start: Instant = Date.UTC(2026, 0, 1);
const clock: Clock = { zone: 'UTC', calendar: 'gregorian' };
