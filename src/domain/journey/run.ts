import { isTrue } from '../expression/compile.js';
import type { Expression } from '../expression/expression.js';
import type { HistoryEvent, Scope } from '../expression/scope.js';
import type { Json } from '../json.js';
import { printInstant, type Instant } from '../time/instant.js';
import type { Effect, Trace, TraceDetail } from './decision.js';
import type { Enrolment, EnrolmentState, Mutable, WaitState } from './enrolment.js';
import { viewOf, type Facts } from './facts.js';
import type { Journey } from './journey.js';

/** Why a step does not lead on: the enrolment waits, or has ended. */
export type Stopped = 'waits' | 'ended';

/** What set it going. With time alone, what falls due at this very instant has fallen due. */
export type Cause = 'entry' | 'event' | 'time';

/**
 * One decision under way: a private copy of the enrolment that steps change, and what they have done so far.
 * It never outlives `advance`, so that from outside a decision is a value. Most decisions change little: the state is
 * copied at its first change, and names are gathered when somebody asks for them.
 */
export class Run {
  readonly enrolment: Mutable<Enrolment>;
  readonly effects: Effect[] = [];
  readonly trace: Trace[] = [];
  private own: Mutable<EnrolmentState> | undefined;
  private seen: Scope | undefined;

  constructor(
    readonly journey: Journey,
    enrolment: Mutable<Enrolment>,
    readonly facts: Facts,
    readonly now: Instant,
    readonly cause: Cause,
  ) {
    // A newcomer is nobody else's yet.
    this.enrolment = cause === 'entry' ? enrolment : { ...enrolment };
  }

  get state(): EnrolmentState {
    return this.enrolment.state;
  }

  /** The state, to be changed; names are saved and forgotten by `save` and `forget`. */
  edit(): Omit<Mutable<EnrolmentState>, 'saved' | 'trigger'> {
    return this.copy();
  }

  save(name: string, value: Json): void {
    this.copy().saved = { ...this.state.saved, [name]: value };
    this.seen = undefined;
  }

  forget(names: readonly string[]): void {
    if (!names.some((name) => Object.hasOwn(this.state.saved, name))) return;
    const kept = Object.entries(this.state.saved).filter(([name]) => !names.includes(name));
    this.copy().saved = Object.fromEntries(kept);
    this.seen = undefined;
  }

  setWait(step: string, wait: WaitState): void {
    const waits = this.otherWaits(step);
    waits[step] = wait;
    this.copy().waits = waits;
  }

  dropWait(step: string): void {
    this.copy().waits = this.otherWaits(step);
  }

  /** What expressions and templates of this enrolment see; `event` only in the conditions that test one. */
  scope(event?: HistoryEvent): Scope {
    const { facts, enrolment, now } = this;
    if (event === undefined) return (this.seen ??= scopeOf(facts, namesOf(facts, enrolment), now));
    const names = namesOf(facts, enrolment);
    names['event'] = event.data;
    return scopeOf(facts, names, now);
  }

  holds(when: Expression | undefined, event?: HistoryEvent): boolean {
    return when === undefined || isTrue(when, this.scope(event));
  }

  /** Tells what happened; `detail` becomes the line itself, for copying it costs as much as deciding. */
  say(detail: TraceDetail, step?: string): void {
    const line = detail as Mutable<Trace>;
    line.at = this.now;
    line.customer = this.enrolment.customer;
    line.journey = this.enrolment.journey;
    line.key = this.enrolment.key;
    line.step = step;
    this.trace.push(line);
  }

  private copy(): Mutable<EnrolmentState> {
    this.own ??= this.enrolment.state = { ...this.enrolment.state };
    return this.own;
  }

  private otherWaits(step: string): Record<string, WaitState> {
    const others: Record<string, WaitState> = {};
    for (const [id, wait] of Object.entries(this.state.waits)) if (id !== step) others[id] = wait;
    return others;
  }
}

function scopeOf({ clock, history }: Facts, names: Scope['names'], now: Instant): Scope {
  return { names, now, clock, history };
}

function namesOf(facts: Facts, { state, startedBy }: Enrolment): Record<string, Json | undefined> {
  const names: Record<string, Json | undefined> = {
    trigger: state.trigger,
    trigger_event: { id: state.triggerEvent.id, time: printInstant(state.triggerEvent.time) },
    started_by: startedBy,
    customer: viewOf(facts.customer) as Json,
  };
  // The checker lets nothing be saved under one of these names.
  for (const [name, value] of Object.entries(state.saved)) names[name] = value;
  return names;
}
