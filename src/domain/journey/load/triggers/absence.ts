import { readTimeOfDay } from '../../../time/read-times.js';
import { oneOrMore, readDuration } from '../../../yaml/read.js';
import { readEventType } from '../event-types.js';
import { absenceData } from './start-data.js';
import type { TriggerReader } from './trigger.js';

/** `{ absence: [purchase.completed, repair.received], for: 90 days, at: "11:00" }`. */
export const absence: TriggerReader = {
  keys: ['for', 'at'],
  read(fields, context) {
    const { problems } = context;
    const node = fields.get('absence');
    const items = oneOrMore(node);
    if (node !== undefined && items.length === 0) problems.error(node.at, 'absence names no event type');
    const of = items.flatMap((item) => readEventType(item, context) ?? []);
    if (!fields.mentions('for')) problems.error(fields.at, 'for is missing; write how long, such as for: 90 days');
    const length = readDuration(fields.get('for'), problems);
    const at = readTimeOfDay(fields.get('at'), problems);
    return {
      data: absenceData,
      startedBy: 'absence',
      make: of.length === 0 ? undefined : length && ((base) => ({ ...base, kind: 'absence', of, for: length, at })),
    };
  },
};
