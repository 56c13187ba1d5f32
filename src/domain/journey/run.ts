import { isTrue, type Expression } from '../expression/expression.js';
import type { HistoryEvent, Scope } from '../expression/scope.js';
import type { CreditBook } from '../credit/credit-book.js';
import { tieAt } from '../expression/tie.js';
import type { Json, JsonObject } from '../json.js';
import { printInstant, type Instant } from '../time/instant.js';
import type { Effect, Trace, TraceDetail } from './decision.js';
import { copyOf, copyOfState, type Enrolment, type EnrolmentState, type Mutable, type WaitState } from './enrolment.js';
import { fold, viewOf, type Facts } from './facts.js';
import type { Journey } from './journey.js';
import { lazyScopeOf, scopeOf, type Teller } from './standing.js';
import { ask, type Question, type Tested } from './witness.js';

/** Why a step does not lead on: the enrolment waits, or has ended. */
export type Stopped = 'waits' | 'ended';

/** What set it going. With time alone, what falls due at this very instant has fallen due; a report is no event. */
export type Cause = 'entry' | 'event' | 'report' | 'time';

/**
 * One decision under way: a private copy of the enrolment that steps change, and what they have done so far.
 * It never outlives `advance`, so that from outside a decision is a value. Most decisions change little: the state is
 * copied at its first change, and names are gathered when somebody asks for them.
 */
export class Run {
  readonly enrolment: Mutable<Enrolment>;
  readonly effects: Effect[] = [];
  readonly trace: Trace[] = [];
  /** The event met a wait. */
  met = false;
  private own: Mutable<EnrolmentState> | undefined;
  private seen: Scope | undefined;

  constructor(
    readonly journey: Journey,
    enrolment: Mutable<Enrolment>,
    /** What is known; what this decision does is added to it. */
    public facts: Facts,
    readonly now: Instant,
    readonly cause: Cause,
    /** The id of what is being decided, where it has one. */
    private readonly decides: string | undefined,
  ) {
    // A newcomer is nobody else's yet.
    this.enrolment = cause === 'entry' ? enrolment : copyOf(enrolment);
  }

  /** The event being decided, or the timer's instant: part of the ids of what is emitted. */
  get because(): string {
    return this.decides ?? printInstant(this.now);
  }

  get state(): EnrolmentState {
    return this.enrolment.state;
  }

  /** The state, to be changed; names are saved and forgotten by `save` and `forget`. */
  edit(): Omit<Mutable<EnrolmentState>, 'saved' | 'trigger' | 'grants'> {
    return this.copy();
  }

  /** Something to be done; the steps below know of it. */
  do(effect: Effect): void {
    this.effects.push(effect);
    if (
      effect.kind === 'queue' ||
      effect.kind === 'change' ||
      effect.kind === 'granted' ||
      effect.kind === 'lessened'
    ) {
      this.facts = fold(this.facts, [effect]);
      this.seen = undefined;
    }
  }

  /** The customer's credit as it stands now. */
  get book(): CreditBook {
    return this.facts.credit;
  }

  /** What conditions on the customer alone see: audiences and scores. */
  customerScope(): Scope {
    return scopeOf(this.facts, { customer: viewOf(this.facts.customer) as Json }, this.now);
  }

  /** Whether an event of this type counts for this enrolment: one that `about` ties must have the same key. */
  concerns(event: HistoryEvent): boolean {
    const { about } = this.journey;
    if (about?.kind !== 'field' || !about.ties.has(event.type)) return true;
    const value = tieAt(about.path, event.data);
    const own = this.enrolment.key;
    if (this.isWatched)
      this.tell('about', value === own, { event: event.type, field: about.path.join('.'), value, own });
    return value === own;
  }

  save(name: string, value: Json): void {
    this.copy().saved = { ...this.state.saved, [name]: value };
    this.seen = undefined;
  }

  /** The journey goes on with another start's data. */
  setTrigger(data: JsonObject): void {
    this.copy().trigger = data;
    this.seen = undefined;
  }

  /** Remembers which grant was saved under a name. */
  nameGrant(name: string, grant: string): void {
    this.copy().grants = { ...this.state.grants, [name]: grant };
    this.seen = undefined;
  }

  forget(names: readonly string[]): void {
    if (!names.some((name) => Object.hasOwn(this.state.saved, name))) return;
    const grants = this.state.grants;
    if (grants !== undefined) this.copy().grants = without(grants, names);
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
    const { facts, now } = this;
    const { grants } = this.state;
    if (event === undefined)
      return (this.seen ??= lazyScopeOf(facts, new EnrolmentNames(facts, this.enrolment), now, grants));
    const names = this.names();
    names['event'] = event.data;
    return scopeOf(facts, names, now, grants);
  }

  /** The names of such a scope, for whoever adds to them. */
  names(): Record<string, Json | undefined> {
    return new EnrolmentNames(this.facts, this.enrolment).names();
  }

  holds(when: Expression | undefined, question: Question, event?: HistoryEvent): boolean {
    const { witness } = this.facts;
    if (witness === undefined) return when === undefined || isTrue(when, this.scope(event));
    const told =
      event === undefined ? question : { ...question, event: { type: event.type, id: event.id, time: event.time } };
    if (when !== undefined) return ask(when, this.scope(event), told, witness);
    witness.asked({ at: this.now, question: told, source: undefined, result: true, seen: [] });
    return true;
  }

  /** Whether somebody wants to know why: nothing is gathered for nobody. */
  get isWatched(): boolean {
    return this.facts.witness !== undefined;
  }

  tell(rule: Tested['rule'], passed: boolean, seen: Tested['seen'], step = this.enrolment.step): void {
    this.facts.witness?.tested({ at: this.now, step, rule, passed, seen });
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
    this.facts.witness?.said(line, this.enrolment.seq);
  }

  private copy(): Mutable<EnrolmentState> {
    this.own ??= this.enrolment.state = copyOfState(this.enrolment.state);
    return this.own;
  }

  private otherWaits(step: string): Record<string, WaitState> {
    const others: Record<string, WaitState> = {};
    const { waits } = this.state;
    for (const id of Object.keys(waits)) {
      const wait = id === step ? undefined : waits[id];
      if (wait !== undefined) others[id] = wait;
    }
    return others;
  }
}

/** What an enrolment's names are made of, as it stands now: the state itself changes as its steps go on. */
class EnrolmentNames implements Teller {
  private readonly trigger: JsonObject;
  readonly triggerEvent: EnrolmentState['triggerEvent'];
  private readonly saved: EnrolmentState['saved'];
  private readonly startedBy: string;

  constructor(
    private readonly facts: Facts,
    { state, startedBy }: Enrolment,
  ) {
    this.trigger = state.trigger;
    this.triggerEvent = state.triggerEvent;
    this.saved = state.saved;
    this.startedBy = startedBy;
  }

  names(): Record<string, Json | undefined> {
    const { saved } = this;
    const names: Record<string, Json | undefined> = {
      trigger: this.trigger,
      trigger_event: triggerEventOf(this),
      started_by: this.startedBy,
      customer: viewOf(this.facts.customer) as Json,
    };
    // The checker lets nothing be saved under one of these names.
    for (const name of Object.keys(saved)) names[name] = saved[name];
    return names;
  }
}

/** Names the event that started it; nothing where a clock or a launch did. */
export function triggerEventOf({ triggerEvent }: Pick<EnrolmentState, 'triggerEvent'>): Json | undefined {
  const { id, time, scheduled } = triggerEvent;
  return scheduled === true ? undefined : { id, time: printInstant(time) };
}

function without<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
