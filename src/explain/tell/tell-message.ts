import { isPaused, pauseText } from '../../domain/pause.js';
import type { PauseRow } from '../../store/pausing/pause-row.js';
import type { PassedChannel, ToldMessage } from '../passed-channels.js';
import type { Phrase } from './phrases.js';
import { suppressions } from './tell-happened.js';
import type { Speech } from './values.js';

/** Where a message is on its way, what its provider answered, what holds it. */
export function tellMessage(row: ToldMessage, pauses: readonly PauseRow[], speech: Speech): string {
  const { id, template, channel, address } = row;
  const state = [
    tellState(row, speech),
    ...tellWay(row, speech),
    ...tellReceipt(row, speech),
    ...tellPauses(row, pauses, speech),
  ].join('');
  return speech.say('message', { id: String(id), template, channel, to: address, state });
}

function tellState(row: ToldMessage, speech: Speech): string {
  const { state, attempts, created_at: created } = row;
  return speech.say(states[state] ?? 'm_other', {
    state,
    attempts: speech.number(attempts),
    at: speech.instant(state === 'sending' ? (row.attempted_at ?? created) : created),
    next: instantOf(row.next_at, speech),
    settled: instantOf(row.settled_at ?? row.attempted_at, speech),
    why: whyNot(row.reason ?? '', speech),
    because: tellOwnReason(row.reason, speech),
  });
}

/** Why the policy kept it from leaving. */
function whyNot(reason: string, { language }: Speech): string {
  return language === 'fa' ? (suppressions[reason] ?? reason) : reason.replaceAll('_', ' ');
}

/** Words of our own; any other reason is what its provider answered. */
const ownReasons: Readonly<Record<string, Phrase | undefined>> = {
  ...{ cancelled: 'r_cancelled', exit: 'r_exit', opted_out: 'r_opted_out', taken_back: 'r_taken_back' },
  ...{ quiet_hours: 'r_quiet_hours', blackout: 'r_blackout', capped: 'r_capped', not_tested: 'r_not_tested' },
  ...{ lease_lapsed: 'r_lease_lapsed', no_answer: 'r_no_answer', not_told: 'r_not_told', in_doubt: 'r_in_doubt' },
};

function tellOwnReason(reason: string | null | undefined, speech: Speech): string {
  const own = isOwn(reason) ? ownReasons[reason] : undefined;
  return own === undefined ? '' : speech.say('because', { why: speech.say(own) });
}

/** What its provider said, as it said it. */
function tellAnswer(reason: string | null | undefined, speech: Speech): string {
  return reason === undefined || reason === null || isOwn(reason) ? '' : speech.say('m_answer', { reason });
}

function isOwn(reason: string | null | undefined): reason is string {
  return typeof reason === 'string' && Object.hasOwn(ownReasons, reason);
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
  suppressed: 'm_suppressed',
};

function tellWay(
  { held, provider, provider_id: id, reason, leave_by: limit, state }: ToldMessage,
  speech: Speech,
): readonly string[] {
  const isOpen = isOnItsWay(state);
  return [
    held === null ? '' : speech.say('m_held', { held }),
    provider === null ? '' : speech.say(id === null ? 'm_provider' : 'm_provider_id', { provider, id: id ?? '' }),
    state === 'suppressed' ? '' : tellAnswer(reason, speech),
    isOpen && limit !== null && Number.isFinite(limit) ? speech.say('m_leave_by', { at: speech.instant(limit) }) : '',
  ];
}

/** What came back, or has not, and what that leads to. */
function tellReceipt(row: ToldMessage, speech: Speech): readonly string[] {
  const { receipt, unreceipted, fallback_at: fallback, next_channel: next } = row;
  if (receipt !== null) return [speech.say(`m_receipt_${receipt}`, { at: instantOf(row.receipt_at, speech) })];
  const waits = row.state === 'sent' && fallback !== null && next !== null;
  return [
    unreceipted ? speech.say('m_no_receipt') : '',
    waits ? speech.say('m_falls_back', { next, at: speech.instant(fallback) }) : '',
  ];
}

/** The channels that it has gone on from, in their order. */
export function tellPassed({ passed }: ToldMessage, speech: Speech): readonly string[] {
  return passed.map((one) => speech.say(`p_${one.why}`, slotsOf(one, speech)) + tellArrived(one, speech));
}

function slotsOf({ channel, at, reason }: PassedChannel, speech: Speech): Readonly<Record<string, string>> {
  return { channel, at: speech.instant(at), answer: tellOwnReason(reason, speech) + tellAnswer(reason, speech) };
}

function tellArrived({ arrived }: PassedChannel, speech: Speech): string {
  return arrived === undefined ? '' : speech.say('p_arrived', { at: speech.instant(arrived) });
}

export function isOnItsWay(state: string): boolean {
  return state === 'queued' || state === 'retrying' || state === 'sending';
}

function tellPauses(row: ToldMessage, pauses: readonly PauseRow[], speech: Speech): readonly string[] {
  if (!isOnItsWay(row.state)) return [];
  return pausesOf(row, pauses).map((pause) =>
    speech.say('m_paused', { what: pauseText(pause), at: speech.instant(pause.since), reason: pause.reason }),
  );
}

/** Those of the pauses that keep it from leaving. */
export function pausesOf(row: ToldMessage, pauses: readonly PauseRow[]): readonly PauseRow[] {
  return pauses.filter((pause) => isPaused([pause], row));
}

function instantOf(at: number | null, speech: Speech): string {
  return at === null ? '' : speech.instant(at);
}
