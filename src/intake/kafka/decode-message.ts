import type { DeadLetter, Refusal } from '../intake.js';
import type { EventValidator, Validated } from '../validate-event.js';
import { cloudEventOf } from './cloud-event.js';
import { storable, type RawMessage } from './raw-message.js';

/** A message's event, or everything wrong with it. */
export function decodeMessage(message: RawMessage, validate: EventValidator): Validated {
  const found = cloudEventOf(message);
  return 'refusal' in found ? { refusals: [found.refusal] } : validate(found.value);
}

/** Where a message came from. */
export interface MessagePlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** A refused message, whole. Its place is the first refusal's; the reason tells all of them. */
export function deadLetterOf(message: RawMessage, at: MessagePlace, refusals: readonly Refusal[]): DeadLetter {
  const [first, ...others] = refusals;
  const reasons = [first?.message ?? 'refused', ...others.map(({ place, message: why }) => `${place}: ${why}`)];
  return {
    source: 'kafka',
    origin: `${at.topic}/${String(at.partition)}/${at.offset}`,
    topic: at.topic,
    key: message.key === null ? undefined : storable(message.key.toString('utf8')),
    payload: message.value ?? Buffer.alloc(0),
    headers: message.headers,
    place: storable(first?.place ?? 'value'),
    reason: storable(reasons.join('; ')),
  };
}
