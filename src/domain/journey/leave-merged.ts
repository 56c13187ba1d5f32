import type { Decision } from './decision.js';
import { end, nextWake } from './ending.js';
import type { Enrolment } from './enrolment.js';
import type { Facts } from './facts.js';
import type { Journey } from './journey.js';
import { Run } from './run.js';

/** Its customer is another one as well, who was inside before. */
export function leaveMerged(journey: Journey, enrolment: Enrolment, facts: Facts, now: number): Decision {
  const run = new Run(journey, enrolment, facts, now, 'report', undefined);
  end(run, 'merged');
  run.enrolment.wakeAt = nextWake(run);
  return { enrolment: run.enrolment, effects: run.effects, trace: run.trace };
}
