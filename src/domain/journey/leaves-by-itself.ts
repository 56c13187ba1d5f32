import type { Instant } from '../time/instant.js';
import type { Enrolment } from './enrolment.js';
import type { Facts } from './facts.js';
import type { Journey } from './journey.js';
import { testStandingExits } from './rules.js';
import { Run } from './run.js';

/** Whether somebody inside would leave by an exit that needs no event, now that a message of theirs is tested again. */
export function leavesByItself(journey: Journey, enrolment: Enrolment, facts: Facts, now: Instant): boolean {
  return testStandingExits(new Run(journey, enrolment, facts, now, 'report', undefined));
}

/** Whether it has such an exit at all. */
export function hasStandingExits({ exits }: Journey): boolean {
  return exits.some(({ event }) => event === undefined);
}
