import { parseCron } from '../../../time/cron.js';
import { readText } from '../../../yaml/read.js';
import { clockData } from './start-data.js';
import type { TriggerReader } from './trigger.js';

/** `{ cron: "0 18 1,15 * *" }`. */
export const cron: TriggerReader = {
  keys: [],
  read(fields, { problems }) {
    const node = fields.get('cron');
    const text = readText(node, 'five fields such as "0 18 1,15 * *"', problems);
    const parsed = text === undefined ? undefined : parseCron(text);
    if (node !== undefined && typeof parsed === 'string') problems.error(node.at, parsed);
    return {
      data: clockData,
      startedBy: 'cron',
      make: typeof parsed === 'object' ? (base) => ({ ...base, kind: 'cron', cron: parsed }) : undefined,
    };
  },
};
