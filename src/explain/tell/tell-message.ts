import { isPaused, pauseText } from '../../domain/pause.js';
import type { KeptMessageState } from '../../store/explain/read-message-states.sql.js';
import type { PauseRow } from '../../store/pausing/pause-row.js';
import type { Phrase } from './phrases.js';
import type { Speech } from './values.js';

/** Where a message is on its way, what its provider answered, what holds it. */
export function tellMessage(row: KeptMessageState, pauses: readonly PauseRow[], speech: Speech): string {
  const { id, template, channel, address } = row;
  const state = [tellState(row, speech), ...tellWay(row, speech), ...tellPauses(row, pauses, speech)].join('');
  return speech.say('message', { id: String(id), template, channel, to: address, state });
}

function tellState(row: KeptMessageState, speech: Speech): string {
  const { state, attempts, created_at: created } = row;
  return speech.say(states[state] ?? 'm_other', {
    state,
    attempts: speech.number(attempts),
    at: speech.instant(state === 'sending' ? (row.attempted_at ?? created) : created),
    next: instantOf(row.next_at, speech),
    settled: instantOf(row.settled_at ?? row.attempted_at, speech),
  });
}

const states: Readonly<Record<string, Phrase | undefined>> = {
  queued: 'm_queued',
  sending: 'm_sending',
  deferred: 'm_deferred',
  retrying: 'm_retrying',
  in_doubt: 'm_in_doubt',
  sent: 'm_sent',
  delivered: 'm_sent',
  failed: 'm_failed',
  withdrawn: 'm_withdrawn',
};

function tellWay(
  { held, provider, provider_id: id, reason, leave_by: limit, state }: KeptMessageState,
  speech: Speech,
): readonly string[] {
  const isOpen = isOnItsWay(state);
  return [
    held === null ? '' : speech.say('m_held', { held }),
    provider === null ? '' : speech.say(id === null ? 'm_provider' : 'm_provider_id', { provider, id: id ?? '' }),
    reason === null ? '' : speech.say('m_answer', { reason }),
    isOpen && limit !== null && Number.isFinite(limit) ? speech.say('m_leave_by', { at: speech.instant(limit) }) : '',
  ];
}

export function isOnItsWay(state: string): boolean {
  return state === 'queued' || state === 'retrying' || state === 'sending';
}

function tellPauses(row: KeptMessageState, pauses: readonly PauseRow[], speech: Speech): readonly string[] {
  if (!isOnItsWay(row.state)) return [];
  return pausesOf(row, pauses).map((pause) =>
    speech.say('m_paused', { what: pauseText(pause), at: speech.instant(pause.since), reason: pause.reason }),
  );
}

/** Those of the pauses that keep it from leaving. */
export function pausesOf(row: KeptMessageState, pauses: readonly PauseRow[]): readonly PauseRow[] {
  return pauses.filter((pause) => isPaused([pause], row));
}

function instantOf(at: number | null, speech: Speech): string {
  return at === null ? '' : speech.instant(at);
}
