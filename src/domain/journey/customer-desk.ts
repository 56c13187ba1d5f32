import type { HistoryEvent } from '../expression/scope.js';
import { compareText } from '../yaml/problems.js';
import type { Instant } from '../time/instant.js';
import { advance } from './advance.js';
import type { Decision, Effect, Queue, Stimulus, Trace } from './decision.js';
import type { Enrolment, WaitState } from './enrolment.js';
import { ownEffects, type OwnEffectsOf } from './event-effects.js';
import { entryKey } from './entering.js';
import { fold, type Facts } from './facts.js';
import type { JourneySet } from './journey-set.js';
import type { Journey } from './journey.js';

/** When an earlier enrolment with this key ended; what `entry: again` asks about. */
export type LastExit = (journey: string, key: string | undefined) => Instant | undefined;

export interface Decided {
  readonly effects: readonly Effect[];
  readonly trace: readonly Trace[];
  /** Each enrolment that began or changed, as it stands now. */
  readonly enrolments: readonly Enrolment[];
}

/**
 * One customer's decisions, in the order that journey-semantics 1 gives. The same in the simulator and the engine:
 * they bring facts and live enrolments, and take the changed enrolments, effects and trace away.
 */
export class CustomerDesk {
  private effects: Effect[] = [];
  private trace: Trace[] = [];
  private readonly live = new Map<string, Enrolment>();
  private touched = new Map<string, Enrolment>();
  private readonly takenBack = new Set<string>();
  private readonly exits = new Map<string, Instant>();

  constructor(
    private readonly journeys: JourneySet,
    private readonly own: OwnEffectsOf,
    public facts: Facts,
    enrolments: Iterable<Enrolment>,
    private readonly lastExit: LastExit,
  ) {
    for (const enrolment of enrolments) this.live.set(idOf(enrolment), enrolment);
  }

  /** What was decided since this was last called: to be done, printed, written. */
  take(): Decided {
    const decided = { effects: this.effects, trace: this.trace, enrolments: [...this.touched.values()] };
    this.effects = [];
    this.trace = [];
    this.touched = new Map();
    return decided;
  }

  /** The instant at which this customer's next timer falls due; those of paused journeys are held. */
  nextWake(): Instant | undefined {
    let next: Instant | undefined;
    for (const { wakeAt, journey } of this.live.values()) {
      if (wakeAt !== undefined && !this.facts.paused.has(journey) && (next === undefined || wakeAt < next))
        next = wakeAt;
    }
    return next;
  }

  /** The event joins the history and takes its own effect; nobody is told. */
  recall(event: HistoryEvent): void {
    this.apply([{ kind: 'remember', event }, ...ownEffects(event, this.own)]);
  }

  /** The event joins the history, takes its own effect; then exits, goals and waits of those inside, then triggers. */
  decideEvent(event: HistoryEvent, now: Instant): void {
    this.recall(event);
    const before = this.inside();
    for (const kind of ['exits', 'goals', 'waits'] as const) {
      for (const id of before) this.stir(id, { kind, event }, now);
    }
    for (const journey of this.journeys.startedBy(event.type)) this.tryTriggers(journey, event, now);
  }

  /** Timers that fell due before `limit`, oldest first; what they make due before it as well. */
  decideTimers(limit: Instant, now: (due: Instant) => Instant): void {
    while (this.decideTimer(limit, now));
  }

  /** The first of the timers that fell due before `limit`; false where none did. */
  decideTimer(limit: Instant, now: (due: Instant) => Instant): boolean {
    const due = this.earliest(limit);
    if (due === undefined) return false;
    this.stir(idOf(due), { kind: 'timer' }, now(due.wakeAt ?? limit));
    if (this.live.get(idOf(due)) === due) throw new Error(`a timer of journey ${due.journey} does not come to rest`);
    return true;
  }

  /** Whether a message of an earlier decision may still fall back: no exit, no withdrawal since. */
  mayStillLeave({ journey, enrolment, purpose }: Queue): boolean {
    const exited = this.takenBack.has(`${journey}/${String(enrolment)}`);
    return !exited && this.facts.customer.consent[purpose] !== false;
  }

  private inside(): readonly string[] {
    if (this.live.size < 2) return [...this.live.keys()];
    return [...this.live.values()].sort(byJourneyAndKey).map(idOf);
  }

  private stir(id: string, stimulus: Exclude<Stimulus, { kind: 'trigger' }>, now: Instant): void {
    const enrolment = this.live.get(id);
    if (enrolment === undefined) return;
    const journey = this.journeys.of(enrolment);
    if (!mayStir(journey, stimulus)) return;
    this.settle(enrolment, advance(journey, enrolment, stimulus, this.facts, now));
  }

  private tryTriggers(journey: Journey, event: HistoryEvent, now: Instant): void {
    const key = this.keyFor(journey, event, now);
    const inside = this.activeIn(journey, key);
    if (inside !== undefined && this.restarts(journey, inside, event, now)) return;
    const lastExit = this.exits.get(exitKey(journey.name, key)) ?? this.lastExit(journey.name, key);
    this.settle(inside, advance(journey, inside, { kind: 'trigger', event, lastExit }, this.facts, now));
  }

  /** `while_inside: restart`: if it would start for someone outside, the old enrolment ends and a new one begins. */
  private restarts(journey: Journey, inside: Enrolment, event: HistoryEvent, now: Instant): boolean {
    if (journey.entry.whileInside !== 'restart') return false;
    const fresh: Stimulus = { kind: 'trigger', event, lastExit: undefined };
    if (advance(journey, undefined, fresh, this.facts, now).enrolment === undefined) return false;
    this.settle(inside, advance(this.journeys.of(inside), inside, { kind: 'restart' }, this.facts, now));
    this.settle(undefined, advance(journey, undefined, fresh, this.facts, now));
    return true;
  }

  private keyFor(journey: Journey, event: HistoryEvent, now: Instant): string | undefined {
    const trigger = journey.triggers.find((candidate) => candidate.event === event.type);
    return trigger === undefined ? undefined : entryKey(journey, trigger, event, this.facts, now);
  }

  private activeIn(journey: Journey, key: string | undefined): Enrolment | undefined {
    for (const enrolment of this.live.values()) {
      if (enrolment.journey === journey.name && enrolment.key === key && enrolment.status === 'active')
        return enrolment;
    }
    return undefined;
  }

  private settle(before: Enrolment | undefined, { enrolment, effects, trace }: Decision): void {
    for (const line of trace) this.trace.push(line);
    if (effects.length > 0) this.apply(effects);
    if (enrolment === undefined || enrolment === before) return;
    const id = idOf(enrolment);
    this.touched.set(id, enrolment);
    if (enrolment.status === 'ended') this.live.delete(id);
    else this.live.set(id, enrolment);
    if (enrolment.endedAt !== undefined) this.noteExit(exitKey(enrolment.journey, enrolment.key), enrolment.endedAt);
  }

  /** An older enrolment that is still watched for its goal may be settled after a newer one has left. */
  private noteExit(key: string, endedAt: Instant): void {
    this.exits.set(key, Math.max(endedAt, this.exits.get(key) ?? endedAt));
  }

  private apply(effects: readonly Effect[]): void {
    this.facts = fold(this.facts, effects);
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.kind === 'take_back' && 'journey' in effect.of) {
        this.takenBack.add(`${effect.of.journey}/${String(effect.of.enrolment)}`);
      }
    }
  }

  private earliest(limit: Instant): Enrolment | undefined {
    let first: Enrolment | undefined;
    for (const enrolment of this.live.values()) {
      if (enrolment.wakeAt === undefined || enrolment.wakeAt >= limit) continue;
      if (this.facts.paused.has(enrolment.journey)) continue;
      if (first === undefined || byDue(enrolment, first) < 0) first = enrolment;
    }
    return first;
  }
}

/** Whether a stimulus can have any say: most events concern no rule of most journeys. */
function mayStir(journey: Journey, stimulus: Exclude<Stimulus, { kind: 'trigger' }>): boolean {
  switch (stimulus.kind) {
    case 'exits':
      return journey.exits.some(({ event }) => event === undefined || event === stimulus.event.type);
    case 'goals':
      return journey.goals.some(({ event }) => event === undefined || event === stimulus.event.type);
    case 'waits':
      return journey.listensTo.has(stimulus.event.type);
    case 'restart':
    case 'timer':
      return true;
  }
}

function idOf({ journey, seq }: Enrolment): string {
  return `${journey}/${String(seq)}`;
}

function exitKey(journey: string, key: string | undefined): string {
  return key === undefined ? journey : `${journey}\0${key}`;
}

function byJourneyAndKey(a: Enrolment, b: Enrolment): number {
  return compareText(a.journey, b.journey) || compareText(a.key ?? '', b.key ?? '') || a.seq - b.seq;
}

/** Oldest first; of one instant in the order set: of one event's those who were inside first, then those it let in. */
function byDue(a: Enrolment, b: Enrolment): number {
  const [one, other] = [setting(a), setting(b)];
  return (
    (a.wakeAt ?? 0) - (b.wakeAt ?? 0) ||
    one.since - other.since ||
    one.setBy - other.setBy ||
    Number(one.setBy === a.seq) - Number(other.setBy === b.seq) ||
    byJourneyAndKey(a, b)
  );
}

/** When, and by which decision, the timer was set: that of a limit at entry. */
function setting({ step, state, seq, enteredAt, wakeAt }: Enrolment): Pick<WaitState, 'since' | 'setBy'> {
  const wait = step === undefined || wakeAt === state.expiresAt ? undefined : state.waits[step];
  return wait ?? { since: enteredAt, setBy: seq };
}
