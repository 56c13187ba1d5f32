import type { Called, Effect } from '../domain/journey/decision.js';
import type { Instant } from '../domain/time/instant.js';
import { callsOf } from '../engine/save-calls.js';

/** A call of a web hook that was decided, and whether its enrolment was left later. */
export interface ExpectedCall {
  readonly call: Called;
  readonly at: Instant;
  readonly isLeft: boolean;
}

/** The calls that have to be there after one moment's decisions, with those before. */
export function withCalls(
  before: readonly ExpectedCall[],
  effects: readonly Effect[],
  at: Instant,
): readonly ExpectedCall[] {
  const left = new Set(effects.flatMap(leftBy));
  const calls = callsOf(effects);
  if (left.size === 0 && calls.length === 0) return before;
  return [
    ...before.map((one) => (one.call.awaited && left.has(nameOf(one.call)) ? { ...one, isLeft: true } : one)),
    ...calls.map((call) => ({ call, at, isLeft: false })),
  ];
}

function leftBy(effect: Effect): readonly string[] {
  return effect.kind === 'take_back' && 'journey' in effect.of ? [nameOf(effect.of)] : [];
}

function nameOf({ journey, enrolment }: Pick<Called, 'journey' | 'enrolment'>): string {
  return `${journey}/${String(enrolment)}`;
}
