import type { Scope } from '../../expression/scope.js';
import { roomFor } from '../../policy/caps-room.js';
import { countedOf } from '../../policy/contacts.js';
import { blackoutEnd, consentProblem, quietEnd } from '../../policy/leave.js';
import type { Purpose } from '../../policy/policy.js';
import { printInstant, type Instant } from '../../time/instant.js';
import { chance } from '../chance.js';
import type { Attempt, HoldReason, SuppressedReason } from '../decision.js';
import type { MessageStep } from '../step.js';
import type { Run } from '../run.js';
import { blackoutSeen, capsSeen, consentSeen, quietSeen } from '../message-seen.js';
import { ask } from '../witness.js';
import { leaveBy, quietWindows, type Deadlines } from '../deadlines.js';
import { channelsSeen, openChannels } from './channels.js';
import { render } from './rendering.js';

/** A message is kept from leaving for good, or held until then, or may leave. */
export type Clearance =
  | { readonly kind: 'suppressed'; readonly reason: SuppressedReason; readonly detail?: string }
  | { readonly kind: 'deferred'; readonly reason: HoldReason; readonly until: Instant }
  | ({
      readonly kind: 'cleared';
      readonly attempts: readonly [Attempt, ...Attempt[]];
    } & Deadlines);

/** The list of journey-semantics 5, the first hit decides; `since` is when the message was first tested. */
export function clear(run: Run, step: MessageStep, since: Instant): Clearance {
  const purpose = run.facts.workspace.policy.purposes.get(step.purpose);
  const refused = refusal(run, step, purpose);
  if (refused !== undefined) return { kind: 'suppressed', reason: refused };
  const channels = openChannels(run, step);
  if (run.isWatched) run.tell('channels', channels.length > 0, channelsSeen(run, step, channels));
  if (channels.length === 0) return { kind: 'suppressed', reason: 'no_address' };
  if (purpose !== undefined && isSampledOut(run, purpose)) return { kind: 'suppressed', reason: 'sample' };
  const notAfter = lastInstant(run, step, purpose, since);
  tellLast(run, notAfter);
  if (notAfter !== undefined && notAfter < run.now) return { kind: 'suppressed', reason: 'too_late' };
  const held = purpose && hold(run, purpose);
  if (held !== undefined) return inTime(held, notAfter);
  const rendered = render(run, step, channels);
  if ('reason' in rendered) return { kind: 'suppressed', ...rendered };
  return { kind: 'cleared', attempts: rendered.attempts, notAfter, leaveBy: leaveByOf(run, purpose, notAfter) };
}

/** Of a question that is asked again, in answer to what was just written: until when it may leave. */
export function deadlinesAgain(run: Run, step: MessageStep): Deadlines | 'too_late' {
  const purpose = run.facts.workspace.policy.purposes.get(step.purpose);
  const notAfter = lastInstant(run, step, purpose, run.now);
  if (notAfter !== undefined && notAfter < run.now) return 'too_late';
  return { notAfter, leaveBy: leaveByOf(run, purpose, notAfter) };
}

function leaveByOf(run: Run, purpose: Purpose | undefined, notAfter: Instant | undefined): Instant | undefined {
  return purpose === undefined ? notAfter : leaveBy(run.facts, purpose, run.journey.policy, notAfter, run.now);
}

function refusal(run: Run, step: MessageStep, purpose: Purpose | undefined): SuppressedReason | undefined {
  const name = step.purpose;
  const { customer, workspace } = run.facts;
  if (purpose !== undefined && isExcepted(run, purpose)) return 'excepted';
  const problem = consentProblem(customer, name, workspace.policy);
  if (run.isWatched) run.tell('consent', problem === undefined, consentSeen(customer, name, workspace.policy, problem));
  return problem;
}

function isExcepted(run: Run, { except }: Purpose): boolean {
  if (except.length === 0) return false;
  const { audiences } = run.facts.workspace;
  return except.some((name) => {
    const audience = audiences.get(name);
    return (
      audience !== undefined && ask(audience.condition, run.customerScope(), { of: 'except', name }, run.facts.witness)
    );
  });
}

/** Thins surveys out by who and by what started it, so that asking again gives the same answer. */
function isSampledOut(run: Run, { name, sample }: Purpose): boolean {
  if (sample === undefined) return false;
  const { customer, state } = run.enrolment;
  const drawn = chance(`${name}/sample/${customer}/${state.triggerEvent.id}`);
  if (run.isWatched) run.tell('sample', drawn < sample, { drawn, share: sample });
  return drawn >= sample;
}

/** The earliest of what the step, the journey and the purpose say; what was a moment at the first test stays that moment. */
function lastInstant(run: Run, step: MessageStep, purpose: Purpose | undefined, since: Instant): Instant | undefined {
  const scope = since === run.now ? run.scope() : scopeAt(run, since);
  let last: Instant | undefined;
  for (const limit of [step.notAfter, run.journey.policy?.notAfter, purpose?.notAfter]) {
    const until = limit?.until(scope, since);
    if (until !== undefined && (last === undefined || until < last)) last = until;
  }
  return last;
}

function tellLast(run: Run, last: Instant | undefined): void {
  if (run.isWatched && last !== undefined) run.tell('not_after', last >= run.now, { until: printInstant(last) });
}

function scopeAt(run: Run, now: Instant): Scope {
  const { names, clock, history, standing } = run.scope();
  return { names, now, clock, history, standing };
}

interface Held {
  readonly reason: HoldReason;
  readonly until: Instant;
  readonly drops?: boolean;
}

function hold(run: Run, purpose: Purpose): Held | undefined {
  return byBlackout(run, purpose) ?? byQuietHours(run, purpose) ?? byCaps(run, purpose);
}

function byBlackout(run: Run, purpose: Purpose): Held | undefined {
  if (purpose.blackout.length === 0) return undefined;
  const { clock, workspace } = run.facts;
  const until = blackoutEnd(purpose, workspace.occasions, run.now, clock);
  if (run.isWatched) run.tell('blackout', until === undefined, blackoutSeen(purpose, until));
  return until === undefined ? undefined : { reason: 'blackout', until };
}

function byQuietHours(run: Run, purpose: Purpose): Held | undefined {
  const windows = quietWindows(purpose, run.journey.policy);
  if (windows.length === 0) return undefined;
  const until = quietEnd(windows, run.now, run.facts.clock);
  if (run.isWatched) run.tell('quiet_hours', until === undefined, quietSeen(windows, until));
  return until === undefined ? undefined : { reason: 'quiet_hours', until };
}

function byCaps(run: Run, { name, caps: own, whenCapped }: Purpose): Held | undefined {
  const { journey, now } = run;
  const { clock, contacts } = run.facts;
  const caps = journey.policy === undefined ? own : [...own, ...journey.policy.caps];
  if (caps.length === 0) return undefined;
  const counted = countedOf(contacts, name);
  const room = roomFor(caps, counted, now, clock);
  if (run.isWatched) run.tell('caps', room <= now, capsSeen(caps, counted, now, room, clock));
  return room > now ? { reason: 'capped', until: room, drops: whenCapped === 'drop' } : undefined;
}

/** What would be held beyond its last instant is not held at all. */
function inTime({ reason, until, drops }: Held, notAfter: Instant | undefined): Clearance {
  if (drops === true) return { kind: 'suppressed', reason: 'capped' };
  if (notAfter !== undefined && until > notAfter) return { kind: 'suppressed', reason: 'too_late' };
  return { kind: 'deferred', reason, until };
}
