import { bestHour } from '../../time/best-hour.js';
import { addDuration } from '../../time/arithmetic.js';
import type { Instant } from '../../time/instant.js';
import type { Next, WaitUntilStep } from '../step.js';
import type { Run, Stopped } from '../run.js';
import { waitUntil } from './wait.js';
import { endWait } from './wait-end.js';

/** Its moment may lie ahead, be now, have passed, or be unknown: then it goes on at once. */
export function reachWaitUntil(run: Run, step: WaitUntilStep): Next | Stopped {
  const moment = momentOf(run, step);
  if (moment !== undefined && moment > run.now) return waitUntil(run, step.id, moment);
  endWait(run, step.id);
  if (moment === undefined) return step.next;
  return moment === run.now ? step.then : step.otherwise;
}

function momentOf(run: Run, { moment }: WaitUntilStep): Instant | undefined {
  if (moment !== 'best_hour') return moment.until(run.scope(), run.now);
  const { history, clock } = run.facts;
  const from = addDuration(run.now, learningTime, clock, -1);
  const times = signs.flatMap((type) => (history.events(type, from, run.now) ?? []).map(({ time }) => time));
  return bestHour(times, run.now, clock);
}

/** What tells when somebody reads messages. */
export const signs = ['message.received', 'message.clicked'] as const;
export const learningTime = { amount: 180, unit: 'day' } as const;
