import type { Start } from '../domain/journey/decision.js';
import type { Journey } from '../domain/journey/journey.js';
import type { EventTrigger } from '../domain/journey/trigger.js';
import type { JourneySet } from '../domain/journey/journey-set.js';
import type { SimulatedEvent } from './simulation.js';

/** A trigger that an event without a subject is tried on, for each member of its audience. */
interface Listener {
  readonly journey: Journey;
  readonly trigger: EventTrigger;
}

/** In journey order. */
export function listeners({ type }: SimulatedEvent, journeys: JourneySet): readonly Listener[] {
  return journeys.startedBy(type).flatMap((journey) => {
    const triggers = journey.triggers.filter(
      (trigger): trigger is EventTrigger => trigger.kind === 'event' && trigger.event === type,
    );
    return triggers.map((trigger) => ({ journey, trigger }));
  });
}

/** `seq` is the customer's decision number. */
export function startOf(
  trigger: EventTrigger,
  { id, source, type, time, arrival, data }: SimulatedEvent,
  seq: number,
): Start {
  const at = Math.min(time ?? arrival, arrival);
  return { trigger, at, data, event: { id, source, type, time: at, arrival, seq, data } };
}
