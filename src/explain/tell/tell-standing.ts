import type { Enrolment, WaitState } from '../../domain/journey/enrolment.js';
import type { Journey } from '../../domain/journey/journey.js';
import type { Step } from '../../domain/journey/step.js';
import type { PauseRow } from '../../store/pausing/pause-row.js';
import { endings } from './tell-happened.js';
import type { Speech } from './values.js';

/** Where an enrolment stands now, and what it waits for until when. */
export function tellStanding(
  enrolment: Enrolment,
  journey: Journey | undefined,
  pauses: readonly PauseRow[],
  speech: Speech,
): string {
  const { status, reason, endedAt, wakeAt } = enrolment;
  const left = { at: endedAt === undefined ? '' : speech.instant(endedAt), reason: reasonOf(reason, speech) };
  switch (status) {
    case 'ended':
      return speech.say('is_over', left);
    case 'watching':
      return speech.say('is_watched', { ...left, until: wakeAt === undefined ? '' : speech.instant(wakeAt) });
    case 'active':
      return tellInside(enrolment, journey, speech) + tellPause(enrolment, pauses, speech);
  }
}

function reasonOf(reason: string | undefined, { language }: Speech): string {
  return (language === 'fa' && reason !== undefined ? endings[reason] : undefined) ?? reason ?? '';
}

function tellInside(enrolment: Enrolment, journey: Journey | undefined, speech: Speech): string {
  const { step, state } = enrolment;
  // The file it is pinned to may be an older one.
  const present = step === undefined ? undefined : journey?.steps.get(step);
  const latest = speech.say('at_latest', { at: speech.instant(state.expiresAt) });
  return speech.say('stands_at', { step: step ?? '', text: `${tellWait(enrolment, present, speech)}${latest}` });
}

function tellWait({ state, step: id, wakeAt }: Enrolment, step: Step | undefined, speech: Speech): string {
  const wait = id === undefined ? undefined : state.waits[id];
  if (state.held !== undefined) return speech.say('is_held', { until: speech.instant(state.held.until) });
  if (state.ask !== undefined) return speech.say('waits_answer', { until: untilWhen(state.ask.until, speech) });
  if (state.awaits !== undefined) return tellAwaited(step, wakeAt, speech);
  if (wait !== undefined) return tellOpenWait(wait, step, speech);
  return wakeAt === undefined ? speech.say('waits') : speech.say('wakes_at', { at: speech.instant(wakeAt) });
}

function tellAwaited(step: Step | undefined, until: number | undefined, speech: Speech): string {
  if (step?.kind === 'webhook') return speech.say('waits_call');
  if (step?.kind === 'task') return speech.say('waits_for', { events: 'task.done', until: untilWhen(until, speech) });
  return speech.say('waits_outcome');
}

function tellOpenWait(wait: WaitState, step: Step | undefined, speech: Speech): string {
  const until = untilWhen(wait.until, speech);
  if (step?.kind !== 'wait_for' || step.arms.length === 0)
    return speech.say('waits', { until }) + tellClocks(wait, speech);
  const events = [...new Set(step.arms.map(({ event }) => event))].join(speech.say('or'));
  return speech.say('waits_for', { events, until }) + tellClocks(wait, speech);
}

/** The next of its `after` arms that is still to come. */
function tellClocks({ clocks, fired, held }: WaitState, speech: Speech): string {
  const open = clocks.filter((_, number) => !fired.includes(number) && !held.includes(number));
  return open.length === 0 ? '' : speech.say('next_clock', { at: speech.instant(Math.min(...open)) });
}

function tellPause({ journey }: Enrolment, pauses: readonly PauseRow[], speech: Speech): string {
  const pause = pauses.find(({ kind, name }) => kind === 'journey' && name === journey);
  return pause === undefined ? '' : speech.say('journey_paused', { at: speech.instant(pause.since) });
}

function untilWhen(until: number | undefined, speech: Speech): string {
  return until === undefined ? '' : speech.say('until', { at: speech.instant(until) });
}
