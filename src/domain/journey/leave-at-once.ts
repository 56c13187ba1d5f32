import type { Effect, Queue, TakeBack } from './decision.js';

/**
 * What is decided at one go, on a stimulus and on the events that journeys emit because of it, takes back what was queued before
 * it, and nothing of its own: a message that it has queued has left when another of its steps ends an enrolment or withdraws
 * consent. It falls back no more where that stops it. Gives the effects in the order in which they are done.
 */
export function leaveAtOnce(effects: readonly Effect[]): readonly Effect[] {
  const first = effects.findIndex(({ kind }) => kind === 'queue' || kind === 'called');
  if (first === -1 || !effects.slice(first).some(isTakeBack)) return effects;
  const others = effects.flatMap((effect, place): readonly Effect[] => {
    if (effect.kind === 'queue') return [leftFor(effect, effects.slice(place + 1).filter(isTakeBack))];
    return isTakeBack(effect) ? [] : [effect];
  });
  return [...effects.filter(isTakeBack), ...others];
}

function isTakeBack(effect: Effect): effect is TakeBack {
  return effect.kind === 'take_back';
}

/** On its first channel in any case, then on those that nothing has closed. */
function leftFor(message: Queue, later: readonly TakeBack[]): Queue {
  const [first, ...next] = message.attempts;
  const open = next.filter(({ channel }) => !later.some(({ of }) => stops(of, message, channel)));
  return open.length === next.length ? message : { ...message, attempts: [first, ...open] };
}

function stops(of: TakeBack['of'], { journey, enrolment, purpose }: Queue, channel: string): boolean {
  if ('journey' in of) return of.journey === journey && of.enrolment === enrolment;
  return of.purpose === purpose && (of.channel === undefined || of.channel === channel);
}
