import type { History, HistoryEvent } from '../expression/scope.js';
import { mergedFacts } from '../merging/merged-facts.js';
import { movedEnrolment } from '../merging/moved-enrolment.js';
import type { Instant } from '../time/instant.js';
import { advance } from './advance.js';
import { balanceAt, emptyBook, nextExpiry, runOut, withLess } from '../credit/credit-book.js';
import type { ChannelName } from '../message/message.js';
import type { Decision, Effect, Queue, Start, Stimulus, Trace } from './decision.js';
import { changeTo } from './change.js';
import { byDue, byJourneyAndKey } from './due.js';
import type { Enrolment } from './enrolment.js';
import { ownEffects, replyWord, type OwnEffectsOf } from './event-effects.js';
import { cuesOf } from './cue.js';
import { entryKey } from './entry-key.js';
import { fold, withNextNumber, type Facts } from './facts.js';
import { fallBack, type FallBack } from './fall-back.js';
import type { JourneySet } from './journey-set.js';
import { leaveMerged } from './leave-merged.js';
import type { Journey } from './journey.js';
import { mayConcern, mayStir, sendsByReply } from './may-stir.js';
import { outcomeOf, type MessageOutcome } from './message-outcome.js';
import { answerOf, openAsks } from './open-asks.js';
import { readAnswer, type Answered, type WebhookAnswer } from './webhook-answer.js';

/** When an earlier enrolment with this key ended; what `entry: again` asks about. */
export type LastExit = (journey: string, key: string | undefined) => Instant | undefined;

type Opening = Extract<Stimulus, { kind: 'trigger' | 'start' }>;
type Inner = Exclude<Stimulus, { kind: 'trigger' | 'start' }>;

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
  private touched: Enrolment[] = [];
  // A simulation has many desks, and most need neither of these.
  private takenBack: Set<string> | undefined;
  private exits: Map<string, Instant> | undefined;

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
    const { effects, trace, touched } = this;
    // Most stimuli make little, and new arrays and maps for each would cost more than they.
    if (effects.length > 0) this.effects = [];
    if (trace.length > 0) this.trace = [];
    if (touched.length > 0) this.touched = [];
    return { effects: unlessEmpty(effects), trace: unlessEmpty(trace), enrolments: unlessEmpty(touched) };
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
    this.apply([{ kind: 'remember', event }, ...ownEffects(event, this.own, this.facts.workspace.policy)]);
  }

  /** The event joins the history, takes its own effect; then exits, goals and waits of those inside, then triggers. */
  decideEvent(event: HistoryEvent, now: Instant): void {
    const outcome = outcomeOf(event);
    if (outcome !== undefined) this.settle(outcome, now);
    this.recall(event);
    const answered = readAnswer(event);
    if (answered !== undefined) this.answerWebhook(answered.call, answered.answer, now);
    else if (event.type === 'message.received') this.decideReply(event, now);
    else this.decideOther(event, now);
  }

  private decideOther(event: HistoryEvent, now: Instant): void {
    const before = this.inside(event);
    if (before.length > 0)
      for (const kind of ['exits', 'goals', 'waits'] as const) this.stirAll(before, { kind, event }, now);
    for (const journey of this.journeys.startedBy(event.type)) this.tryTriggers(journey, event, now);
  }

  /** A reply is taken by the first of: an opt-out or opt-in word, an open question, waits; else it may start journeys. */
  private decideReply(event: HistoryEvent, now: Instant): void {
    const before = this.inside(undefined);
    const channel = event.data['channel'] as ChannelName;
    if (this.asksAnyReply()) this.stirAll(before, { kind: 'wrote', channel }, now);
    for (const kind of ['exits', 'goals'] as const) this.stirAll(before, { kind, event }, now);
    if (replyWord(event, this.facts.workspace.policy) !== undefined) return;
    const asks = openAsks(this.live.values(), this.journeys, channel);
    const taken = asks
      .map((open) => ({ open, answer: answerOf(open, event) }))
      .find(({ answer }) => answer !== undefined);
    if (taken !== undefined)
      return void this.stir(idOf(taken.open.enrolment), { kind: 'reply', event, answer: taken.answer }, now);
    if (this.stirAll(before, { kind: 'waits', event }, now)) return;
    if (this.startsAny(event, now)) return;
    const [newest] = asks;
    if (newest === undefined || newest.left < 1) return;
    this.stir(idOf(newest.enrolment), { kind: 'reply', event, answer: undefined }, now);
  }

  private startsAny(event: HistoryEvent, now: Instant): boolean {
    const started = this.journeys.startedBy(event.type).map((journey) => this.tryTriggers(journey, event, now));
    return started.includes(true);
  }

  private asksAnyReply(): boolean {
    return [...this.live.values()].some((enrolment) => sendsByReply(this.journeys.of(enrolment)));
  }

  /** A clock, a launch or a broadcast event starts this customer; it is a decision of its own number. */
  start(journey: Journey, start: Start, now: Instant): void {
    this.facts = withNextNumber(this.facts);
    this.tryStart(journey, { kind: 'start', start, lastExit: undefined }, now);
  }

  /** When the next grant with something left runs out. */
  nextExpiry(): Instant | undefined {
    return nextExpiry(this.facts.credit);
  }

  /** Credit that has run out by now is gone, grant by grant. */
  expireCredit(now: Instant): void {
    const { id: customer } = this.facts.customer;
    for (const { id, journey, key, step, rest, expiresAt } of runOut(this.facts.credit, now)) {
      const balance = balanceAt(withLess(this.facts.credit, id, rest), now);
      this.apply([{ kind: 'lessened', grant: id, amount: rest }]);
      const detail = { kind: 'credit_expired', amount: rest, expires_at: expiresAt, balance } as const;
      this.trace.push({ at: now, customer, journey, key, step, ...detail });
    }
  }

  /** What became of a message, on the channel that took it or failed last: caps and costs, and a step that waits for it. */
  settle({ journey, enrolment, message, result, channel, failedOn, cost }: MessageOutcome, now: Instant): void {
    if (result === 'accepted' || result === 'failed') this.apply([{ kind: 'settled', message, result, cost }]);
    this.stir(`${journey}/${String(enrolment)}`, { kind: 'outcome', message, result, channel, failedOn }, now);
  }

  /** What a web hook answered. */
  answerWebhook({ journey, key, enrolment, step, url, awaited }: Answered, answer: WebhookAnswer, now: Instant): void {
    // One that nobody waits for has been told of in its place.
    if (!awaited) return;
    const { id: customer } = this.facts.customer;
    const line: Trace = { at: now, customer, journey, key, step, kind: 'webhook', url, status: answer.status };
    this.trace.push(line);
    const { clock, witness } = this.facts;
    witness?.turns({ at: now, journey, key, enrolment, stimulus: 'webhook', clock });
    witness?.said(line, enrolment);
    this.stir(`${journey}/${String(enrolment)}`, { kind: 'webhook', step, ...answer }, now);
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

  /** People inside are as the files in force now have it, where these say so (`on_change`). */
  changeFiles(now: Instant): void {
    for (const id of this.inside(undefined)) {
      const enrolment = this.live.get(id);
      const current = enrolment && this.journeys.successorOf(enrolment);
      if (enrolment === undefined || current === undefined) continue;
      const decision = changeTo(current, this.journeys.of(enrolment), enrolment, this.facts, now);
      if (decision !== undefined) this.record(enrolment, decision);
    }
  }

  /** These end: the customer is somebody else as well, who was inside before. */
  leaveMerged(which: readonly Enrolment[], now: Instant): void {
    for (const { journey, seq } of which) {
      const enrolment = this.live.get(`${journey}/${String(seq)}`);
      if (enrolment !== undefined)
        this.record(enrolment, leaveMerged(this.journeys.of(enrolment), enrolment, this.facts, now));
    }
  }

  /** Who is inside, or watched for a goal. */
  get enrolments(): readonly Enrolment[] {
    return [...this.live.values()];
  }

  /** Another desk's customer is this one as well, and nobody is inside twice: all goes on here, with this history of both. */
  takeOver(other: CustomerDesk, history: History): void {
    const { customer, seq, witness } = this.facts;
    for (const enrolment of other.live.values()) {
      const moved = movedEnrolment(enrolment, customer.id, seq);
      this.live.set(idOf(moved), moved);
      witness?.stands(moved);
    }
    for (const [key, endedAt] of other.exits ?? []) this.noteExit(key, endedAt);
    for (const id of other.takenBack ?? []) {
      const [journey = '', enrolment] = id.split('/');
      this.noteTakenBack(journey, Number(enrolment) + seq);
    }
    this.facts = mergedFacts(other.facts, this.facts, history);
    other.leave();
  }

  /** Nothing falls due here any more. */
  private leave(): void {
    this.live.clear();
    this.facts = { ...this.facts, credit: emptyBook };
  }

  /** Whether a message may fall back from the channel of that number to a next one: it is tested again. */
  mayFallBack(message: Queue, tried: number, now: Instant): FallBack {
    const { journey, key, enrolment } = message;
    if (this.takenBack?.has(`${journey}/${String(enrolment)}`) === true) return { kind: 'stop' };
    const { clock, witness } = this.facts;
    witness?.turns({ at: now, journey, key, enrolment, stimulus: 'fall_back', clock });
    return fallBack(this.facts, message, tried, this.journeys.named(journey)?.policy, now);
  }

  /** Those whom this event may concern, where one is given. */
  private inside(event: HistoryEvent | undefined): readonly string[] {
    const found: Enrolment[] = [];
    for (const enrolment of this.live.values()) {
      if (event === undefined || mayConcern(this.journeys.of(enrolment), event.type)) found.push(enrolment);
    }
    return (found.length < 2 ? found : found.sort(byJourneyAndKey)).map(idOf);
  }

  /** Whether a wait was met. */
  private stirAll(ids: readonly string[], stimulus: Inner, now: Instant): boolean {
    let met = false;
    for (const id of ids) if (this.stir(id, stimulus, now)) met = true;
    return met;
  }

  private stir(id: string, stimulus: Inner, now: Instant): boolean {
    const enrolment = this.live.get(id);
    if (enrolment === undefined) return false;
    const journey = this.journeys.of(enrolment);
    if (!mayStir(journey, stimulus)) return false;
    const decision = advance(journey, enrolment, stimulus, this.facts, now);
    this.record(enrolment, decision);
    return decision.met === true;
  }

  private tryTriggers(journey: Journey, event: HistoryEvent, now: Instant): boolean {
    return this.tryStart(journey, { kind: 'trigger', event, lastExit: undefined }, now);
  }

  /** Whether somebody entered. */
  private tryStart(journey: Journey, opening: Opening, now: Instant): boolean {
    const [cue] = cuesOf(journey, opening);
    const key = cue && entryKey(journey, cue, this.facts, now);
    const inside = this.activeIn(journey, key);
    if (inside !== undefined && this.restarts(journey, inside, opening, now)) return true;
    const lastExit = this.exits?.get(exitKey(journey.name, key)) ?? this.lastExit(journey.name, key);
    const decision = advance(journey, inside, { ...opening, lastExit }, this.facts, now);
    this.record(inside, decision);
    if (decision.updates === true && inside !== undefined && cue !== undefined) {
      this.stir(idOf(inside), { kind: 'update', data: cue.data }, now);
    }
    return decision.enrolment?.status === 'active' || decision.trace.some(({ kind }) => kind === 'entered');
  }

  /** `while_inside: restart`: if it would start for someone outside, the old enrolment ends and a new one begins. */
  private restarts(journey: Journey, inside: Enrolment, opening: Opening, now: Instant): boolean {
    if (journey.entry.whileInside !== 'restart') return false;
    const fresh: Opening = { ...opening, restarting: true };
    // What only might be is nobody's to hear.
    const unheard = { ...this.facts, witness: undefined };
    if (advance(journey, undefined, fresh, unheard, now).enrolment === undefined) return false;
    this.record(inside, advance(this.journeys.of(inside), inside, { kind: 'restart' }, this.facts, now));
    this.record(undefined, advance(journey, undefined, fresh, this.facts, now));
    return true;
  }

  private activeIn(journey: Journey, key: string | undefined): Enrolment | undefined {
    for (const enrolment of this.live.values()) {
      if (enrolment.journey === journey.name && enrolment.key === key && enrolment.status === 'active')
        return enrolment;
    }
    return undefined;
  }

  private record(before: Enrolment | undefined, { enrolment, effects, trace }: Decision): void {
    for (const line of trace) this.trace.push(line);
    if (effects.length > 0) this.apply(effects);
    if (enrolment === undefined || enrolment === before) return;
    const id = idOf(enrolment);
    this.touch(enrolment);
    if (enrolment.status === 'ended') this.live.delete(id);
    else this.live.set(id, enrolment);
    if (enrolment.endedAt !== undefined) this.noteExit(exitKey(enrolment.journey, enrolment.key), enrolment.endedAt);
  }

  /** An older enrolment that is still watched for its goal may be settled after a newer one has left. */
  private noteExit(key: string, endedAt: Instant): void {
    this.exits ??= new Map();
    this.exits.set(key, Math.max(endedAt, this.exits.get(key) ?? endedAt));
  }

  /** One that was touched before stands in its place. */
  private touch(enrolment: Enrolment): void {
    const { journey, seq } = enrolment;
    const place = this.touched.findIndex((one) => one.seq === seq && one.journey === journey);
    if (place === -1) this.touched.push(enrolment);
    else this.touched[place] = enrolment;
  }

  private apply(effects: readonly Effect[]): void {
    this.facts = fold(this.facts, effects);
    for (const effect of effects) {
      this.effects.push(effect);
      if (effect.kind === 'take_back' && 'journey' in effect.of)
        this.noteTakenBack(effect.of.journey, effect.of.enrolment);
    }
  }

  private noteTakenBack(journey: string, enrolment: number): void {
    this.takenBack ??= new Set();
    this.takenBack.add(`${journey}/${String(enrolment)}`);
  }

  private goesFirst(one: Enrolment, other: Enrolment): boolean {
    return byDue(one, other, (enrolment) => this.journeys.of(enrolment).priority) < 0;
  }

  private earliest(limit: Instant): Enrolment | undefined {
    let first: Enrolment | undefined;
    for (const enrolment of this.live.values()) {
      if (enrolment.wakeAt === undefined || enrolment.wakeAt >= limit) continue;
      if (this.facts.paused.has(enrolment.journey)) continue;
      if (first === undefined || this.goesFirst(enrolment, first)) first = enrolment;
    }
    return first;
  }
}

/** An empty one is still to be filled by the desk. */
function unlessEmpty<T>(list: readonly T[]): readonly T[] {
  return list.length > 0 ? list : none;
}

const none: readonly never[] = [];

function idOf({ journey, seq }: Enrolment): string {
  return `${journey}/${String(seq)}`;
}

function exitKey(journey: string, key: string | undefined): string {
  return key === undefined ? journey : `${journey}\0${key}`;
}
