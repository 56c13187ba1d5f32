import { isTrue } from '../expression/compile.js';
import type { HistoryEvent, Scope } from '../expression/scope.js';
import { tieAt, tieText } from '../expression/tie.js';
import type { Json, JsonObject } from '../json.js';
import { addDuration } from '../time/arithmetic.js';
import { printInstant, type Instant } from '../time/instant.js';
import type { Decision, NotEnteredReason, Stimulus, Trace } from './decision.js';
import { nextWake } from './ending.js';
import type { Enrolment } from './enrolment.js';
import { viewOf, type Facts } from './facts.js';
import type { EventTrigger, ExitRule, GoalRule, Journey } from './journey.js';
import { earlierEvents } from './lookback.js';
import { proceed } from './proceed.js';
import { remembered } from './remembered.js';
import { testExits, testGoals } from './rules.js';
import { Run } from './run.js';

type TriggerStimulus = Extract<Stimulus, { kind: 'trigger' }>;
interface Attempted {
  readonly key: string | undefined;
  readonly reason: NotEnteredReason | undefined;
}

/** Tries the triggers that listen: the first that starts counts, else the first that listens gives the reason. */
export function enter(
  journey: Journey,
  inside: Enrolment | undefined,
  stimulus: TriggerStimulus,
  facts: Facts,
  now: Instant,
): Decision {
  const { event } = stimulus;
  const attempts = journey.triggers
    .filter((trigger) => trigger.event === event.type)
    .map((trigger) => ({ trigger, ...attempt(journey, inside, stimulus, trigger, facts, now) }));
  const start = attempts.find(({ reason }) => reason === undefined);
  if (start !== undefined) return begin(journey, start.trigger, start.key, event, facts, now);
  const updates =
    journey.entry.whileInside === 'update' && attempts.some(({ reason }) => reason !== undefined && met.has(reason));
  return stayOutside(journey, updates ? inside : undefined, attempts[0], event, facts, now);
}

/** All but its being inside, or nobody's being let in just now, speaks for a start. */
const met: ReadonlySet<NotEnteredReason> = new Set<NotEnteredReason>(['already_active', 'paused']);

function attempt(
  journey: Journey,
  inside: Enrolment | undefined,
  { event, lastExit }: TriggerStimulus,
  trigger: EventTrigger,
  facts: Facts,
  now: Instant,
): Attempted {
  const key = entryKey(journey, trigger, event, facts, now);
  const reason = (): NotEnteredReason | undefined => {
    if (journey.draft) return 'draft';
    if (addDuration(event.time, trigger.maxAge, facts.clock) < event.arrival) return 'stale_event';
    if (journey.about !== undefined && key === undefined) return 'condition_false';
    if (trigger.when !== undefined && !isTrue(trigger.when, triggerScope(trigger, event, facts, now))) {
      return 'condition_false';
    }
    if (facts.paused.has(journey.name)) return 'paused';
    if (inside !== undefined) return 'already_active';
    return mayReturn(journey, lastExit, facts, now) ? undefined : 're_entry';
  };
  return { key, reason: reason() };
}

function mayReturn(journey: Journey, lastExit: Instant | undefined, facts: Facts, now: Instant): boolean {
  const { again } = journey.entry;
  if (lastExit === undefined || again.kind === 'always') return true;
  return again.kind === 'after' && now >= addDuration(lastExit, again.duration, facts.clock);
}

/** The value of `about` for this event; undefined where there is none. */
export function entryKey(
  journey: Journey,
  trigger: EventTrigger,
  event: HistoryEvent,
  facts: Facts,
  now: Instant,
): string | undefined {
  if (journey.about === undefined) return undefined;
  if (journey.about.kind === 'field') return tieAt(journey.about.path, event.data);
  return tieText(journey.about.value.evaluate(triggerScope(trigger, event, facts, now)));
}

function triggerScope({ startedBy }: EventTrigger, event: HistoryEvent, facts: Facts, now: Instant): Scope {
  const names = {
    event: event.data as Json,
    trigger: event.data as Json,
    trigger_event: { id: event.id, time: printInstant(event.time) },
    started_by: startedBy,
    customer: viewOf(facts.customer) as Json,
  };
  return { names, now, clock: facts.clock, history: facts.history };
}

/** Nobody starts. Someone inside whom this event updates goes on with its data. */
function stayOutside(
  journey: Journey,
  updated: Enrolment | undefined,
  refused: Attempted | undefined,
  event: HistoryEvent,
  facts: Facts,
  now: Instant,
): Decision {
  if (refused?.reason === undefined) return { enrolment: undefined, effects: [], trace: [] };
  const { key, reason } = refused;
  const line: Trace = { at: now, customer: facts.customer.id, journey: journey.name, key, kind: 'not_entered', reason };
  const enrolment = updated && { ...updated, state: { ...updated.state, trigger: event.data as JsonObject } };
  return { enrolment, effects: [], trace: [line] };
}

function begin(
  journey: Journey,
  trigger: EventTrigger,
  key: string | undefined,
  event: HistoryEvent,
  facts: Facts,
  now: Instant,
): Decision {
  const run = new Run(journey, newcomer(journey, trigger, key, event, facts, now), facts, now, 'entry');
  run.say({ kind: 'entered', started_by: trigger.startedBy });
  if (!endedByEarlierEvents(run)) proceed(run, journey.first);
  run.enrolment.wakeAt = nextWake(run);
  return { enrolment: run.enrolment, effects: run.effects, trace: run.trace };
}

function newcomer(
  journey: Journey,
  trigger: EventTrigger,
  key: string | undefined,
  event: HistoryEvent,
  facts: Facts,
  now: Instant,
): Enrolment {
  return {
    customer: facts.customer.id,
    journey: journey.name,
    version: journey.version,
    seq: event.seq,
    key,
    status: 'active',
    step: undefined,
    startedBy: trigger.startedBy,
    enteredAt: now,
    endedAt: undefined,
    reason: undefined,
    wakeAt: undefined,
    state: {
      trigger: event.data,
      triggerEvent: { id: event.id, time: event.time },
      saved: {},
      waits: {},
      missed: [],
      lastWait: event.seq,
      expiresAt: addDuration(now, journey.lastsAtMost, facts.clock),
      goalReached: false,
    },
  };
}

/** A cancellation that overtook the order ends it at once: exits, then goals, that `about` ties. */
function endedByEarlierEvents(run: Run): boolean {
  const { exits, goals } = tiedRules(run.journey);
  for (const event of earlierEvents(run, exits.types)) if (testExits(run, event, exits.rules)) return true;
  for (const event of earlierEvents(run, goals.types)) testGoals(run, event, goals.rules);
  return run.enrolment.status !== 'active';
}

const tiedRules = remembered((journey: Journey) => ({
  exits: tiedTo(journey, journey.exits),
  goals: tiedTo(journey, journey.goals),
}));

function tiedTo<R extends ExitRule | GoalRule>(
  { tiedTypes }: Journey,
  all: readonly R[],
): { rules: readonly R[]; types: readonly string[] } {
  const rules = all.filter(({ event }) => event !== undefined && tiedTypes.includes(event));
  return { rules, types: [...new Set(rules.flatMap(({ event }) => event ?? []))] };
}
