import type { CronTrigger, EveryTrigger, OccasionTrigger } from '../journey/trigger.js';
import type { Occasions } from '../occasions/occasions.js';
import { nextCron } from '../time/cron.js';
import { printInstant, type Clock, type Instant } from '../time/instant.js';
import { nextEvery } from '../time/recurrence.js';
import type { Due } from './due.js';

/** Triggers that fall due at one instant for all who live by the same clock. */
export type CommonTrigger = EveryTrigger | CronTrigger | OccasionTrigger;

/** The first one not before `from`; undefined where none comes any more. Cron goes by the workspace's clock. */
export function nextForEverybody(
  trigger: CommonTrigger,
  occasions: Occasions,
  from: Instant,
  clock: Clock,
): Due | undefined {
  switch (trigger.kind) {
    case 'every':
      return dueAt(nextEvery(trigger.every, trigger.at, from - 1, clock));
    case 'cron':
      return dueAt(nextCron(trigger.cron, from - 1, clock.zone));
    case 'occasion':
      return nextOccasion(trigger, occasions, from, clock);
  }
}

function dueAt(at: Instant | undefined): Due | undefined {
  return at === undefined ? undefined : { at, data: { at: printInstant(at) } };
}

function nextOccasion(
  { occasion, shift }: OccasionTrigger,
  occasions: Occasions,
  from: Instant,
  clock: Clock,
): Due | undefined {
  const next = occasions.next(occasion, shift, from, clock);
  return next && { at: next.at, data: { at: printInstant(next.at), occasion, year: next.year } };
}
