import type { Json } from '../json.js';
import { addDuration } from '../time/arithmetic.js';
import { printDuration } from '../time/duration.js';
import { printInstant, type Instant } from '../time/instant.js';
import { chance } from './chance.js';
import { namesOf, type Cue, type Opening } from './cue.js';
import type { NotEnteredReason } from './decision.js';
import type { Enrolment } from './enrolment.js';
import { viewOf, type Facts } from './facts.js';
import type { Journey } from './journey.js';
import { isOverLimit } from './limits.js';
import { scopeOf } from './standing.js';
import { ask, type Rule, type Tested } from './witness.js';

/** Why somebody does not start, in the order of journey-semantics 2; undefined: nothing speaks against it. */
export function firstReason(
  journey: Journey,
  inside: Enrolment | undefined,
  opening: Opening,
  cue: Cue,
  key: string | undefined,
  facts: Facts,
  now: Instant,
): NotEnteredReason | undefined {
  if (journey.draft) return refusedAs('draft', facts, now);
  if (isStale(cue, facts, now)) return 'stale_event';
  return reasonOfFresh(journey, inside, opening, cue, key, facts, now);
}

/** What else speaks against it. */
export function reasonOfFresh(
  journey: Journey,
  inside: Enrolment | undefined,
  { lastExit, restarting }: Opening,
  cue: Cue,
  key: string | undefined,
  facts: Facts,
  now: Instant,
): NotEnteredReason | undefined {
  if (isWithoutKey(journey, key, facts, now) || !isMet(cue, facts, now)) return 'condition_false';
  if (!isInAudience(cue, facts, now)) return 'not_in_audience';
  if (!isRunning(journey, cue, facts, now)) return 'not_running';
  if (facts.paused.has(journey.name)) return refusedAs('paused', facts, now);
  if (inside !== undefined) return refusedAs('already_active', facts, now, () => whereabouts(inside));
  if (restarting === true) return undefined;
  if (!mayReturn(journey, lastExit, facts, now)) return 're_entry';
  if (isHeldOut(journey, facts, now)) return 'holdout';
  return isOverLimit(journey, facts, now) ? 'limit' : undefined;
}

type Seen = Tested['seen'];

/** Tells only what refuses: that nothing is the matter is no news. */
function refusedAs<R extends Rule>(rule: R, { witness }: Facts, at: Instant, seen: () => Seen = () => ({})): R {
  witness?.tested({ at, rule, passed: false, seen: seen() });
  return rule;
}

function whereabouts({ enteredAt, step }: Enrolment): Seen {
  return { since: printInstant(enteredAt), step };
}

function isWithoutKey({ about }: Journey, key: string | undefined, facts: Facts, now: Instant): boolean {
  if (about === undefined || key !== undefined) return false;
  const field = about.kind === 'field' ? about.path.join('.') : `=${about.value.source}`;
  refusedAs('key', facts, now, () => ({ field }));
  return true;
}

function isStale({ trigger: { maxAge }, time, arrival, event }: Cue, facts: Facts, now: Instant): boolean {
  const seenAt = event === undefined ? now : arrival;
  // Most have just happened, and an age is at least a second.
  if (seenAt <= time || addDuration(time, maxAge, facts.clock) >= seenAt) return false;
  const seen = { time: printInstant(time), arrival: printInstant(seenAt), max_age: printDuration(maxAge) };
  refusedAs('max_age', facts, now, () => seen);
  return true;
}

export function isMet(cue: Cue, facts: Facts, now: Instant): boolean {
  const { when } = cue.trigger;
  const question = { of: 'trigger', name: cue.trigger.startedBy } as const;
  return when === undefined || ask(when, scopeOf(facts, namesOf(cue, facts), now), question, facts.witness);
}

export function isInAudience({ trigger: { audience } }: Cue, facts: Facts, now: Instant): boolean {
  if (audience === undefined) return true;
  // Today's, under its name: an older version of the journey asks it too.
  const today = facts.workspace.audiences.get(audience.name) ?? audience;
  const scope = scopeOf(facts, { customer: viewOf(facts.customer) as Json }, now);
  return ask(today.condition, scope, { of: 'audience', name: audience.name }, facts.witness);
}

function isRunning({ runs }: Journey, cue: Cue, facts: Facts, now: Instant): boolean {
  if (runs.from === undefined && runs.to === undefined) return true;
  const scope = scopeOf(facts, namesOf(cue, facts), now);
  const [from, to] = [runs.from?.until(scope, now), runs.to?.until(scope, now)];
  const passed = (from === undefined || now >= from) && (to === undefined || now <= to);
  const seen = { from: from && printInstant(from), to: to && printInstant(to) };
  facts.witness?.tested({ at: now, rule: 'runs', passed, seen });
  return passed;
}

function mayReturn({ entry: { again } }: Journey, lastExit: Instant | undefined, facts: Facts, now: Instant): boolean {
  if (lastExit === undefined || again.kind === 'always') return true;
  const from = again.kind === 'after' ? addDuration(lastExit, again.duration, facts.clock) : Infinity;
  if (facts.witness !== undefined) {
    const until = from === Infinity ? undefined : printInstant(from);
    const rule = again.kind === 'after' ? `after ${printDuration(again.duration)}` : again.kind;
    const seen = { again: rule, last_exit: printInstant(lastExit), from: until };
    facts.witness.tested({ at: now, rule: 're_entry', passed: now >= from, seen });
  }
  return now >= from;
}

function isHeldOut({ name, holdout }: Journey, { customer, witness }: Facts, now: Instant): boolean {
  if (holdout <= 0) return false;
  const drawn = chance(`${name}/holdout/${customer.id}`);
  const passed = drawn >= holdout;
  witness?.tested({ at: now, rule: 'holdout', passed, seen: { drawn, share: holdout } });
  return !passed;
}
