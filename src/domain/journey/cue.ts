import type { HistoryEvent } from '../expression/scope.js';
import type { Json, JsonObject } from '../json.js';
import { printInstant, type Instant } from '../time/instant.js';
import type { Stimulus } from './decision.js';
import { viewOf, type Facts } from './facts.js';
import type { Journey } from './journey.js';
import type { EventTrigger, Trigger } from './trigger.js';
import { remembered } from './remembered.js';

export type Opening = Extract<Stimulus, { kind: 'trigger' | 'start' }>;

/** What a trigger is tried with: an event, or an instant of its own. */
export interface Cue {
  readonly trigger: Trigger;
  readonly data: JsonObject;
  readonly id: string;
  readonly time: Instant;
  readonly arrival: Instant;
  /** The event, where one did it. */
  readonly event: HistoryEvent | undefined;
  /** Nothing is printed for people outside its audience or condition: it was not about them. */
  readonly silent: boolean;
}

/** What the triggers that listen are tried with, in their order. */
export function cuesOf(journey: Journey, opening: Opening): readonly Cue[] {
  if (opening.kind === 'start') return [cueOfStart(opening)];
  const { event } = opening;
  const listening = listeningIn(journey).get(event.type) ?? [];
  return listening.map((trigger) => cueOfEvent(trigger, event, false));
}

/** By event type. */
const listeningIn = remembered(({ triggers }: Journey): ReadonlyMap<string, readonly EventTrigger[]> => {
  const found = new Map<string, EventTrigger[]>();
  for (const trigger of triggers) {
    if (trigger.kind !== 'event' || trigger.broadcast) continue;
    found.set(trigger.event, [...(found.get(trigger.event) ?? []), trigger]);
  }
  return found;
});

function cueOfStart({ start }: Extract<Opening, { kind: 'start' }>): Cue {
  const { trigger, at, data, event } = start;
  if (event !== undefined) return cueOfEvent(trigger, event, true);
  return { trigger, data, id: printInstant(at), time: at, arrival: at, event: undefined, silent: true };
}

function cueOfEvent(trigger: Trigger, event: HistoryEvent, silent: boolean): Cue {
  const { id, time, arrival } = event;
  return { trigger, data: event.data, id, time, arrival, event, silent };
}

/** What a trigger's condition sees. */
export function namesOf(cue: Cue, facts: Facts): Record<string, Json | undefined> {
  const { data, event, id, time, trigger } = cue;
  const customer = viewOf(facts.customer) as Json;
  if (event === undefined) return { trigger: data, started_by: trigger.startedBy, customer };
  const triggerEvent = { id, time: printInstant(time) };
  return { event: data, trigger_event: triggerEvent, trigger: data, started_by: trigger.startedBy, customer };
}
