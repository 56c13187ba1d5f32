import { isTrue } from '../expression/compile.js';
import type { Expression } from '../expression/expression.js';
import type { HistoryEvent, Scope } from '../expression/scope.js';
import type { Json } from '../json.js';
import { printInstant, type Instant } from '../time/instant.js';
import type { Effect, Trace, TraceDetail } from './decision.js';
import type { Enrolment, EnrolmentState, Mutable, WaitState } from './enrolment.js';
import type { Facts } from './facts.js';
import type { Journey } from './journey.js';

/** Why a step does not lead on: the enrolment waits, or has ended. */
export type Stopped = 'waits' | 'ended';

/**
 * One decision under way: a private copy of the enrolment that steps change, and what they have done so far.
 * It never outlives `advance`, so that from outside a decision is a value.
 */
export class Run {
  readonly enrolment: Mutable<Enrolment>;
  readonly effects: Effect[] = [];
  readonly trace: Trace[] = [];
  private names: Record<string, Json | undefined> | undefined;

  constructor(
    readonly journey: Journey,
    enrolment: Enrolment,
    readonly facts: Facts,
    readonly now: Instant,
    /** Whether time alone moves it: then what falls due at this very instant has fallen due. */
    readonly byTimer = false,
  ) {
    this.enrolment = { ...enrolment };
  }

  get state(): EnrolmentState {
    return this.enrolment.state;
  }

  set(change: Partial<EnrolmentState>): void {
    this.enrolment.state = { ...this.enrolment.state, ...change };
    if (change.saved !== undefined || change.trigger !== undefined) this.names = undefined;
  }

  setWait(step: string, wait: WaitState | undefined): void {
    const others = Object.entries(this.state.waits).filter(([id]) => id !== step);
    this.set({ waits: Object.fromEntries(wait === undefined ? others : [...others, [step, wait]]) });
  }

  /** What expressions and templates of this enrolment see; `event` only in the conditions that test one. */
  scope(event?: HistoryEvent): Scope {
    this.names ??= namesOf(this.facts, this.enrolment);
    const names = event === undefined ? this.names : { ...this.names, event: event.data as Json };
    return { names, now: this.now, clock: this.facts.clock, history: this.facts.history };
  }

  holds(when: Expression | undefined, event?: HistoryEvent): boolean {
    return when === undefined || isTrue(when, this.scope(event));
  }

  say(detail: TraceDetail, step?: string): void {
    const { customer, journey, key } = this.enrolment;
    this.trace.push({ at: this.now, customer, journey, key, step, ...detail });
  }
}

function namesOf(facts: Facts, { state, startedBy }: Enrolment): Record<string, Json | undefined> {
  return {
    ...state.saved,
    trigger: state.trigger,
    trigger_event: { id: state.triggerEvent.id, time: printInstant(state.triggerEvent.time) },
    started_by: startedBy,
    customer: facts.view as Json,
  };
}
