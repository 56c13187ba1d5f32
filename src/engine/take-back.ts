import type { Effect, Queue, TakeBack } from '../domain/journey/decision.js';
import type { Connection } from '../store/connection.js';
import { closeChannels } from '../store/engine/close-channels.sql.js';
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

export function takenBack(effect: Effect): readonly TakeBack['of'][] {
  return effect.kind === 'take_back' ? [effect.of] : [];
}

/** Whether that takes back a message which one and the same decision has queued. */
export function takesBack(of: TakeBack['of'], message: Queue): boolean {
  if ('journey' in of) return of.journey === message.journey && of.enrolment === message.enrolment;
  return of.purpose === message.purpose && (of.channel === undefined || of.channel === message.attempts[0].channel);
}
