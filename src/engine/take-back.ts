import type { Effect, Queue, TakeBack } from '../domain/journey/decision.js';
import { messagesSource } from '../domain/journey/message-outcome.js';
import type { JsonObject } from '../domain/json.js';
import { printInstant, type Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { closeChannels } from '../store/engine/close-channels.sql.js';
import { insertPendingEvents } from '../store/engine/insert-pending-events.sql.js';
import { withdrawOfEnrolments } from '../store/engine/withdraw-of-enrolments.sql.js';
import { withdrawOfPurposes } from '../store/engine/withdraw-of-purposes.sql.js';
import type { Outcome } from './save.js';

/** Messages of earlier decisions that may not leave any more: of enrolments that have ended, of purposes withdrawn. */
export async function takeBack(tx: Connection, outcomes: readonly Outcome[]): Promise<void> {
  const gone = outcomes.flatMap(({ after, decided }) =>
    decided.effects.flatMap((effect) => takenBack(effect).map((of) => ({ customer: after.id, ...of }))),
  );
  if (gone.length === 0) return;
  const enrolments = gone.filter((one) => 'journey' in one);
  const words = gone.filter((one) => 'purpose' in one);
  await withdraw(tx, enrolments);
  await closePurposes(
    tx,
    words.filter(({ channel }) => channel === undefined),
  );
  await closeOnChannels(
    tx,
    words.filter(({ channel }) => channel !== undefined),
  );
}

interface OfEnrolment {
  readonly customer: string;
  readonly journey: string;
  readonly enrolment: number;
}

interface OfPurpose {
  readonly customer: string;
  readonly purpose: string;
  readonly channel: string | undefined;
}

async function withdraw(tx: Connection, gone: readonly OfEnrolment[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.run(withdrawOfEnrolments, [
    gone.map(({ customer }) => customer),
    gone.map(({ journey }) => journey),
    gone.map(({ enrolment }) => enrolment),
  ]);
}

async function closePurposes(tx: Connection, gone: readonly OfPurpose[]): Promise<void> {
  if (gone.length > 0) await tx.run(withdrawOfPurposes, purposeColumns(gone));
}

async function closeOnChannels(tx: Connection, gone: readonly OfPurpose[]): Promise<void> {
  if (gone.length > 0) await tx.run(closeChannels, [...purposeColumns(gone), gone.map(({ channel }) => channel)]);
}

function purposeColumns(gone: readonly OfPurpose[]): readonly unknown[] {
  return [gone.map(({ customer }) => customer), gone.map(({ purpose }) => purpose)];
}

function takenBack(effect: Effect): readonly TakeBack['of'][] {
  return effect.kind === 'take_back' ? [effect.of] : [];
}

/**
 * What is left of a message where a later event of the same batch takes things back: without the channels that were closed;
 * undefined where nothing is left.
 */
export function leftOf(message: Queue, later: readonly TakeBack['of'][]): Queue | undefined {
  const words = later.flatMap((of) => ('purpose' in of && of.purpose === message.purpose ? [of.channel] : []));
  if (endsWith(message, later) || words.includes(undefined)) return undefined;
  const [first, ...others] = message.attempts.filter(({ channel }) => !words.includes(channel));
  if (first === undefined || others.length + 1 === message.attempts.length) return first && message;
  return { ...message, attempts: [first, ...others] };
}

/** Whether its enrolment has ended: then nobody waits for it any more. */
function endsWith({ journey, enrolment }: Queue, later: readonly TakeBack['of'][]): boolean {
  return later.some((of) => 'journey' in of && of.journey === journey && of.enrolment === enrolment);
}

/** A step that waits for a message hears that nothing is left of it, or that it leaves on another channel. */
export async function tellWhoWaits(tx: Connection, outcomes: readonly Outcome[]): Promise<void> {
  const told = outcomes.flatMap(({ decided, now }) =>
    queuedBy(decided.effects).flatMap(({ message, later }) => heardOf(message, later, now) ?? []),
  );
  if (told.length === 0) return;
  await tx.run(insertPendingEvents, [
    told.map(({ customer }) => customer),
    told.map(({ data, word }) => `${data.ref}/${word}`),
    told.map(() => messagesSource),
    told.map(({ word }) => `message.${word}`),
    told.map(({ now }) => printInstant(now)),
    JSON.stringify(told.map(({ data }) => data)),
    told.map(() => 0),
  ]);
}

/** The messages that a decision queues, each with what it takes back afterwards. */
export function queuedBy(
  effects: readonly Effect[],
): readonly { readonly message: Queue; readonly later: readonly TakeBack['of'][] }[] {
  return effects.flatMap((effect, place) =>
    effect.kind === 'queue' ? [{ message: effect, later: effects.slice(place + 1).flatMap(takenBack) }] : [],
  );
}

interface Heard {
  readonly customer: string;
  readonly word: 'withheld' | 'moved';
  readonly data: { readonly ref: string } & JsonObject;
  readonly now: Instant;
}

function heardOf(message: Queue, later: readonly TakeBack['of'][], now: Instant): Heard | undefined {
  if (!message.awaited || later.length === 0 || endsWith(message, later)) return undefined;
  const { customer, journey, template, message: ref } = message;
  const [{ channel }] = message.attempts;
  const about = { journey, template, channel, ref };
  const left = leftOf(message, later);
  if (left === undefined) return { customer, word: 'withheld', data: { ...about, reason: 'opted_out' }, now };
  const [{ channel: next }] = left.attempts;
  return next === channel ? undefined : { customer, word: 'moved', data: { ...about, next }, now };
}
