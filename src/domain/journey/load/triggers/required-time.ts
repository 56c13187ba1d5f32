import { readTimeOfDay } from '../../../time/read-times.js';
import type { TimeOfDay } from '../../../time/zone.js';
import type { Fields } from '../../../yaml/read.js';
import type { Context } from '../context.js';

/** An `at` that may not be left out. */
export function readRequiredTime(fields: Fields, what: string, { problems }: Context): TimeOfDay | undefined {
  if (!fields.mentions('at'))
    problems.error(fields.at, `at is missing; ${what} starts at an hour, such as at: "18:00"`);
  return readTimeOfDay(fields.get('at'), problems);
}
