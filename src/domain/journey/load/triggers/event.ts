import { mistaken } from '../../../expression/kind.js';
import { readEventType } from '../event-types.js';
import type { TriggerReader } from './trigger.js';

/** `{ event: repair.received }`. */
export const event: TriggerReader = {
  keys: [],
  read(fields, context) {
    const { catalogue } = context.parts;
    const type = readEventType(fields.get('event'), context);
    if (type === undefined) return { data: mistaken, event: '', startedBy: '', make: undefined };
    const broadcast = catalogue.isBroadcast(type);
    return {
      data: catalogue.eventKind(type) ?? mistaken,
      event: type,
      startedBy: type,
      maxAge: catalogue.maxAge(type),
      ...(broadcast ? { needsAudience: `${type} is broadcast and is nobody's own` } : {}),
      make: (base) => ({ ...base, kind: 'event', event: type, broadcast }),
    };
  },
};
