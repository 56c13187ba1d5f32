import { readOccasionName, readOccasionShift } from '../occasion-shifts.js';
import { occasionData } from './start-data.js';
import type { TriggerReader } from './trigger.js';

/** `{ occasion: yalda, offset: -1 day, at: "18:00" }`. */
export const occasion: TriggerReader = {
  keys: ['offset', 'at', 'edge'],
  read(fields, context) {
    const name = readOccasionName(fields.get('occasion'), context);
    const shift = readOccasionShift(fields, context);
    if (name === undefined) return { data: occasionData, startedBy: 'occasion', make: undefined };
    const { startedByOccasions: starts } = context;
    starts.set(name, [...(starts.get(name) ?? []), shift]);
    return {
      data: occasionData,
      startedBy: name,
      make: (base) => ({ ...base, kind: 'occasion', occasion: name, shift }),
    };
  },
};
