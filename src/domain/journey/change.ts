import { addDuration } from '../time/arithmetic.js';
import type { Duration } from '../time/duration.js';
import type { Instant } from '../time/instant.js';
import type { Decision } from './decision.js';
import { end, nextWake } from './ending.js';
import type { Enrolment, OpenAsk, WaitState } from './enrolment.js';
import type { Facts } from './facts.js';
import type { Journey } from './journey.js';
import type { Limit } from './right-hand-side.js';
import type { Step, WaitForStep } from './step.js';
import { Run } from './run.js';

/**
 * What the journey as it is in force now makes of somebody inside who is on another version of it, by its `on_change`; undefined:
 * they finish on theirs.
 */
export function changeTo(
  current: Journey,
  old: Journey,
  enrolment: Enrolment,
  facts: Facts,
  now: Instant,
): Decision | undefined {
  if (enrolment.status !== 'active' || current.version === old.version) return undefined;
  switch (current.onChange) {
    case 'pin':
      return undefined;
    case 'exit':
      return leave(old, enrolment, facts, now);
    case 'move':
      return canMove(current, old, enrolment) ? move(current, old, enrolment, facts, now) : undefined;
  }
}

/** What is done at the end is what they were promised when they entered. */
function leave(old: Journey, enrolment: Enrolment, facts: Facts, now: Instant): Decision {
  const run = turn(old, enrolment, facts, now);
  end(run, 'journey_changed');
  return decided(run);
}

/**
 * They stand at the same step, and wait from when they began to; how long is what the new file says, where it says something else:
 * a moment once set does not move, though the customer's clock may be another by now.
 */
function move(current: Journey, old: Journey, enrolment: Enrolment, facts: Facts, now: Instant): Decision {
  const run = turn(current, enrolment, facts, now);
  run.enrolment.version = current.version;
  if (enrolment.step !== undefined) run.enrolment.step = idIn(current, enrolment.step);
  const state = run.edit();
  const { ask } = state;
  if (ask !== undefined) state.ask = movedAsk(run, old, ask);
  const waits = Object.entries(state.waits);
  state.waits = Object.fromEntries(waits.map(([id, wait]) => [idIn(current, id), movedWait(run, old, id, wait)]));
  return decided(run);
}

function turn(journey: Journey, enrolment: Enrolment, facts: Facts, now: Instant): Run {
  const { key, seq } = enrolment;
  facts.witness?.turns({
    ...{ at: now, journey: journey.name, key, enrolment: seq },
    ...{ stimulus: 'changed_file', clock: facts.clock },
  });
  return new Run(journey, enrolment, facts, now, 'report', undefined);
}

function decided(run: Run): Decision {
  run.enrolment.wakeAt = nextWake(run);
  run.facts.witness?.stands(run.enrolment);
  const { enrolment, effects, trace } = run;
  return { enrolment, effects, trace };
}

/** Whether every step at which they stand, those around it included, is still there and of the same kind. */
function canMove(current: Journey, old: Journey, { step, state }: Enrolment): boolean {
  const ids = [...(step === undefined ? [] : [step]), ...Object.keys(state.waits)];
  return ids.every((id) => {
    const kind = old.steps.get(id)?.kind;
    // Its answer comes back under the id that it was called with.
    if (kind === 'webhook' && idIn(current, id) !== id) return false;
    return kind !== undefined && kind === current.steps.get(idIn(current, id))?.kind;
  });
}

function idIn({ renamed }: Journey, id: string): string {
  return renamed.get(id) ?? id;
}

function movedAsk(run: Run, old: Journey, ask: OpenAsk): OpenAsk {
  const id = idIn(run.journey, ask.step);
  const step = run.journey.steps.get(id);
  const before = old.steps.get(ask.step);
  if (step?.kind !== 'ask' || before?.kind !== 'ask') return { ...ask, step: id };
  return {
    ...ask,
    step: id,
    until: limitNow(run, before.within, step.within, { since: ask.sentAt, until: ask.until }),
  };
}

function movedWait(run: Run, old: Journey, id: string, wait: WaitState): WaitState {
  const step = run.journey.steps.get(idIn(run.journey, id));
  const before = old.steps.get(id);
  if (step === undefined || before === undefined) return wait;
  if (step.kind === 'wait_for' && before.kind === 'wait_for') return movedWaitFor(run, step, before, wait);
  return { ...wait, until: endOf(run, before, step, wait) };
}

/** A wait whose end is not known is over. */
function endOf(run: Run, before: Step, step: Step, wait: WaitState): Instant | undefined {
  switch (step.kind) {
    case 'wait':
      return limitNow(run, before.kind === 'wait' ? before.ends : undefined, step.ends, wait) ?? run.now;
    case 'wait_until': {
      const { moment } = step;
      // The best hour was learnt when it was reached.
      if (moment === 'best_hour') return wait.until;
      const was = before.kind === 'wait_until' && before.moment !== 'best_hour' ? before.moment : undefined;
      return limitNow(run, was, moment, wait) ?? run.now;
    }
    case 'task': {
      const was = before.kind === 'task' ? before.within : undefined;
      return step.within === undefined ? run.now : limitNow(run, was, step.within, wait);
    }
    default:
      return wait.until;
  }
}

/** Both are asked on the facts of today: where they give the same, nothing has changed, and what was set stays. */
function limitNow(
  run: Run,
  before: Limit | undefined,
  limit: Limit,
  { since, until }: Pick<WaitState, 'since' | 'until'>,
): Instant | undefined {
  const scope = run.scope();
  const now = limit.until(scope, since);
  return before !== undefined && before.until(scope, since) === now ? until : now;
}

function movedWaitFor(run: Run, step: WaitForStep, before: WaitForStep, wait: WaitState): WaitState {
  const clocks = clocksIn(step, before);
  const arms = armsIn(step, before);
  const numbersIn = (numbers: readonly number[]): readonly number[] =>
    numbers.flatMap((number) => clocks.get(number) ?? []);
  return {
    ...wait,
    until: step.atMost && limitNow(run, before.atMost, step.atMost, wait),
    clocks: clocksNow(run, step, before, wait),
    fired: numbersIn(wait.fired),
    held: numbersIn(wait.held),
    pending: wait.pending.flatMap(({ arm, event }) => {
      const moved = arms.get(arm);
      return moved === undefined ? [] : [{ arm: moved, event }];
    }),
  };
}

/** Those of the same length fall due when they were to. */
function clocksNow(run: Run, step: WaitForStep, before: WaitForStep, wait: WaitState): readonly Instant[] {
  const { clock } = run.facts;
  return step.clocks.map(({ after }) => {
    const was = before.clocks.findIndex((one) => isSameLength(one.after, after));
    return wait.clocks[was] ?? addDuration(wait.since, after, clock);
  });
}

function isSameLength(one: Duration, other: Duration): boolean {
  return one.amount === other.amount && one.unit === other.unit;
}

/** Where as many clocks are there, each is the one in its place; else the one of the same length. */
function clocksIn(step: WaitForStep, before: WaitForStep): ReadonlyMap<number, number> {
  const isInPlace = step.clocks.length === before.clocks.length;
  return matched(before.clocks, (clock, place) => {
    if (isInPlace) return place;
    return step.clocks.findIndex(({ after }) => isSameLength(after, clock.after));
  });
}

/** The arm in its place, if it listens to the same event, else the first that does. */
function armsIn(step: WaitForStep, before: WaitForStep): ReadonlyMap<number, number> {
  return matched(before.arms, ({ event }, place) =>
    step.arms[place]?.event === event ? place : step.arms.findIndex((arm) => arm.event === event),
  );
}

function matched<T>(all: readonly T[], find: (one: T, place: number) => number): ReadonlyMap<number, number> {
  const pairs = all.map((one, place) => [place, find(one, place)] as const);
  return new Map(pairs.filter(([, found]) => found >= 0));
}
