import { readDuration } from '../../../yaml/read.js';
import { readRequiredTime } from './required-time.js';
import { creditData } from './start-data.js';
import type { TriggerReader } from './trigger.js';

/** `{ credit_expiring: 5 days, at: "11:00" }`. */
export const creditExpiring: TriggerReader = {
  keys: ['at'],
  read(fields, context) {
    const lead = readDuration(fields.get('credit_expiring'), context.problems);
    const at = readRequiredTime(fields, 'credit_expiring', context);
    return {
      data: creditData,
      startedBy: 'credit_expiring',
      make: lead && at && ((base) => ({ ...base, kind: 'credit_expiring', lead, at })),
    };
  },
};
