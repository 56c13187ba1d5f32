import { randomUUID } from 'node:crypto';
import type { Called, Effect } from '../domain/journey/decision.js';
import type { Json } from '../domain/json.js';
import type { Duration } from '../domain/time/duration.js';
import type { Instant } from '../domain/time/instant.js';
import type { Connection } from '../store/connection.js';
import { insertCalls } from '../store/webhooks/insert-calls.sql.js';
import { withdrawCalls } from '../store/webhooks/withdraw-calls.sql.js';
import type { Outcome } from './save.js';

/** A call of a web hook is waited for as long as its step says, at most a minute. */
const TIME_OUT_MS = 10_000;
const LONGEST_TIME_OUT_MS = 60_000;

interface Asked {
  readonly customer: string;
  readonly call: Called;
  readonly now: Instant;
}

/** Takes back the calls of enrolments that were left, then notes those that were decided. */
export async function saveCalls(tx: Connection, outcomes: readonly Outcome[]): Promise<void> {
  const gone = outcomes.flatMap(({ after, decided }) =>
    decided.effects.flatMap((effect) => left(effect).map((of) => ({ customer: after.id, ...of }))),
  );
  if (gone.length > 0) {
    await tx.run(withdrawCalls, [
      gone.map(({ customer }) => customer),
      gone.map(({ journey }) => journey),
      gone.map(({ enrolment }) => enrolment),
    ]);
  }
  const asked = outcomes.flatMap(({ after, now, decided }) =>
    callsOf(decided.effects).map((call): Asked => ({ customer: after.id, call, now })),
  );
  if (asked.length > 0) await tx.run(insertCalls, columnsOf(asked));
}

/** One that is waited for and was left because of a later event of the same batch never was; what an end asks for stays. */
export function callsOf(effects: readonly Effect[]): readonly Called[] {
  return effects.flatMap((effect, place) => {
    if (effect.kind !== 'called') return [];
    const later = effects.slice(place + 1).flatMap(left);
    return effect.awaited && later.some((of) => isOf(effect, of)) ? [] : [effect];
  });
}

interface Left {
  readonly journey: string;
  readonly enrolment: number;
}

function left(effect: Effect): readonly Left[] {
  return effect.kind === 'take_back' && 'journey' in effect.of ? [effect.of] : [];
}

function isOf(call: Called, { journey, enrolment }: Left): boolean {
  return call.journey === journey && call.enrolment === enrolment;
}

function columnsOf(asked: readonly Asked[]): readonly unknown[] {
  return [
    asked.map(() => randomUUID()),
    asked.map(({ customer }) => customer),
    asked.map(({ call }) => call.journey),
    asked.map(({ call }) => call.key ?? null),
    asked.map(({ call }) => call.enrolment),
    asked.map(({ call }) => call.step),
    asked.map(({ call }) => storable(call.url)),
    asked.map(({ call }) => call.method),
    asked.map(({ call }) => (call.body === undefined ? null : bodyText(call.body))),
    asked.map(({ call }) => timeOutMs(call.timeOut)),
    asked.map(({ call }) => call.awaited),
    asked.map(({ now }) => now),
  ];
}

function timeOutMs(timeOut: Duration | undefined): number {
  if (timeOut === undefined) return TIME_OUT_MS;
  return timeOut.unit === 'second' ? Math.min(timeOut.amount * 1000, LONGEST_TIME_OUT_MS) : LONGEST_TIME_OUT_MS;
}

/** As it is sent, and kept. */
export function bodyText(body: Json): string {
  return JSON.stringify(body, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value));
}

/** NUL and half of a surrogate pair, which a template may leave of a text, cannot be kept. */
export function storable(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
}
