import { addDuration } from '../time/arithmetic.js';
import type { Instant } from '../time/instant.js';
import { cuesOf, type Cue, type Opening } from './cue.js';
import type { Decision, NotEnteredReason, Trace } from './decision.js';
import { nextWake, watchedUntil } from './ending.js';
import type { Enrolment, EnrolmentState } from './enrolment.js';
import type { Facts } from './facts.js';
import type { ExitRule, GoalRule, Journey } from './journey.js';
import { entryKey } from './entry-key.js';
import { firstReason, isInAudience, isMet, reasonOfFresh } from './entry-reason.js';
import { earlierEvents } from './lookback.js';
import { proceed } from './proceed.js';
import { remembered } from './remembered.js';
import { testExits, testGoals } from './rules.js';
import { Run } from './run.js';

interface Attempted {
  readonly cue: Cue;
  readonly key: string | undefined;
  readonly reason: NotEnteredReason | undefined;
}

/** Tries the triggers that listen: the first that starts counts, else the first that listens gives the reason. */
export function enter(
  journey: Journey,
  inside: Enrolment | undefined,
  opening: Opening,
  facts: Facts,
  now: Instant,
): Decision {
  const cues = cuesOf(journey, opening);
  tellTurn(journey, opening, cues[0], facts, now);
  const attempts: Attempted[] = [];
  for (const cue of cues) attempts.push(attempt(journey, inside, opening, cue, facts, now));
  for (const one of attempts) if (one.reason === undefined) return begin(journey, one, facts, now);
  return refuse(journey, inside, opening, attempts, facts, now);
}

/** The first that listens gives the reason. */
function refuse(
  journey: Journey,
  inside: Enrolment | undefined,
  opening: Opening,
  attempts: readonly Attempted[],
  facts: Facts,
  now: Instant,
): Decision {
  const [refused] = attempts;
  const heldOut = attempts.find(({ reason }) => reason === 'holdout');
  if (heldOut !== undefined) return keepOut(journey, heldOut, facts, now);
  const updates =
    inside !== undefined &&
    journey.entry.whileInside === 'update' &&
    attempts.some(({ cue, key, reason }) =>
      speaksForStart(reason, () => reasonOfFresh(journey, inside, opening, cue, key, facts, now)),
    );
  const trace = refused === undefined ? [] : notEntered(journey, refused, facts, now);
  return { enrolment: undefined, effects: [], trace, ...(updates ? { updates: true } : {}) };
}

/** One event and journey have one key, whatever its triggers. */
function tellTurn(journey: Journey, { kind }: Opening, cue: Cue | undefined, facts: Facts, at: Instant): void {
  if (facts.witness === undefined || cue === undefined) return;
  const { event, trigger } = cue;
  facts.witness.turns({
    ...{ at, journey: journey.name, key: entryKey(journey, cue, facts, at), enrolment: undefined, stimulus: kind },
    event: event && { type: event.type, id: event.id, time: event.time },
    startedBy: trigger.startedBy,
    clock: facts.clock,
  });
}

/** All but its being inside, or nobody's being let in just now, speaks for a start; so it may of a stale event, which updates. */
function speaksForStart(reason: NotEnteredReason | undefined, ofFresh: () => NotEnteredReason | undefined): boolean {
  const asked = reason === 'stale_event' ? ofFresh() : reason;
  return asked !== undefined && met.has(asked);
}

const met: ReadonlySet<NotEnteredReason> = new Set<NotEnteredReason>(['already_active', 'paused']);

function attempt(
  journey: Journey,
  inside: Enrolment | undefined,
  opening: Opening,
  cue: Cue,
  facts: Facts,
  now: Instant,
): Attempted {
  const key = entryKey(journey, cue, facts, now);
  return { cue, key, reason: firstReason(journey, inside, opening, cue, key, facts, now) };
}

/** People outside what a schedule, a launch or a broadcast is for are not told of. */
function notEntered(journey: Journey, { cue, key, reason }: Attempted, facts: Facts, now: Instant): readonly Trace[] {
  if (reason === undefined) return [];
  if (cue.silent && (reason === 'condition_false' || reason === 'not_in_audience')) return [];
  if (cue.silent && reason === 'draft' && !(isMet(cue, facts, now) && isInAudience(cue, facts, now))) return [];
  const line: Trace = { at: now, customer: facts.customer.id, journey: journey.name, key, kind: 'not_entered', reason };
  facts.witness?.said(line, reason === 'holdout' ? numberOf(cue, facts) : undefined);
  return [line];
}

function begin(journey: Journey, { cue, key }: Attempted, facts: Facts, now: Instant): Decision {
  const run = new Run(journey, newcomer(journey, cue, key, facts, now), facts, now, 'entry', cue.id);
  noteWritten(run, cue);
  run.say({ kind: 'entered', started_by: cue.trigger.startedBy });
  if (!endedByEarlierEvents(run)) proceed(run, journey.first);
  run.enrolment.wakeAt = nextWake(run);
  facts.witness?.stands(run.enrolment);
  return { enrolment: run.enrolment, effects: run.effects, trace: run.trace };
}

/** The control group: an entry that ended at once; its goal is watched, and may have been reached before. */
function keepOut(journey: Journey, attempted: Attempted, facts: Facts, now: Instant): Decision {
  const { cue, key } = attempted;
  const entered = newcomer(journey, cue, key, facts, now);
  const state: EnrolmentState = { ...entered.state, holdout: true };
  const kept: Enrolment = { ...entered, status: 'watching', endedAt: now, reason: 'holdout', state };
  const run = new Run(journey, kept, facts, now, 'entry', cue.id);
  noteWritten(run, cue);
  const told = notEntered(journey, attempted, facts, now);
  testEarlierGoals(run);
  const until = watchedUntil(run);
  run.enrolment.status = until !== undefined && until > now ? 'watching' : 'ended';
  run.enrolment.wakeAt = nextWake(run);
  facts.witness?.stands(run.enrolment);
  return { enrolment: run.enrolment, effects: [], trace: [...told, ...run.trace] };
}

/** The customer's decision number of an entry. */
function numberOf({ event }: Cue, { seq }: Facts): number {
  return event?.seq ?? seq;
}

function newcomer(journey: Journey, cue: Cue, key: string | undefined, facts: Facts, now: Instant): Enrolment {
  const { trigger, data, id, time, event } = cue;
  const seq = numberOf(cue, facts);
  return {
    customer: facts.customer.id,
    journey: journey.name,
    version: journey.version,
    seq,
    key,
    status: 'active',
    step: undefined,
    startedBy: trigger.startedBy,
    enteredAt: now,
    endedAt: undefined,
    reason: undefined,
    wakeAt: undefined,
    state: {
      trigger: data,
      triggerEvent: event === undefined ? { id, time, scheduled: true } : { id, time },
      saved: {},
      waits: {},
      missed: [],
      lastWait: seq,
      expiresAt: addDuration(now, journey.lastsAtMost, facts.clock),
      goalReached: false,
    },
  };
}

/** Somebody who began by writing is written to where they wrote. */
function noteWritten(run: Run, { event }: Cue): void {
  const written = event?.type === 'message.received' ? event.data['channel'] : undefined;
  if (typeof written === 'string') run.edit().repliedOn = written as NonNullable<EnrolmentState['repliedOn']>;
}

/** A cancellation that overtook the order ends it at once: exits, then goals, that `about` ties. */
function endedByEarlierEvents(run: Run): boolean {
  const { exits } = tiedRules(run.journey);
  for (const event of earlierEvents(run, exits.types)) if (testExits(run, event, exits.rules)) return true;
  testEarlierGoals(run);
  return run.enrolment.status !== 'active';
}

function testEarlierGoals(run: Run): void {
  const { goals } = tiedRules(run.journey);
  for (const event of earlierEvents(run, goals.types)) testGoals(run, event, goals.rules);
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
