import { emptyBook, nextExpiry } from '../credit/credit-book.js';
import type { History, HistoryEvent } from '../expression/scope.js';
import { mergedFacts } from '../merging/merged-facts.js';
import { movedEnrolment } from '../merging/moved-enrolment.js';
import type { ChannelName } from '../message/message.js';
import type { Instant } from '../time/instant.js';
import { advance } from './advance.js';
import { changeTo } from './change.js';
import { cuesOf } from './cue.js';
import { CustomerEnrolments, idOf, type LastExit } from './customer-enrolments.js';
import { DecisionRecord, type Decided } from './decision-record.js';
import type { Decision, Effect, Queue, Start, Stimulus, Trace } from './decision.js';
import type { Enrolment } from './enrolment.js';
import { entryKey } from './entry-key.js';
import { ownEffects, replyWord, type OwnEffectsOf } from './event-effects.js';
import { expiredCredit } from './expired-credit.js';
import { fold, withNextNumber, type Facts } from './facts.js';
import { fallBack, type FallBack } from './fall-back.js';
import type { JourneySet } from './journey-set.js';
import type { Journey } from './journey.js';
import { leaveMerged } from './leave-merged.js';
import { mayStir, sendsByReply } from './may-stir.js';
import { outcomeOf, type MessageOutcome } from './message-outcome.js';
import { firstAnswered, openAsks } from './open-asks.js';
import { readAnswer, type Answered, type WebhookAnswer } from './webhook-answer.js';

type Opening = Extract<Stimulus, { kind: 'trigger' | 'start' }>;
type Inner = Exclude<Stimulus, { kind: 'trigger' | 'start' }>;

/**
 * One customer's decisions, in the order that journey-semantics 1 gives. The same in the simulator and the engine:
 * they bring facts and live enrolments, and take the changed enrolments, effects and trace away.
 */
export class CustomerDesk {
  private readonly inside: CustomerEnrolments;
  private readonly decided = new DecisionRecord();

  constructor(
    private readonly journeys: JourneySet,
    private readonly own: OwnEffectsOf,
    public facts: Facts,
    enrolments: Iterable<Enrolment>,
    lastExit: LastExit,
  ) {
    this.inside = new CustomerEnrolments(journeys, enrolments, lastExit);
  }

  /** What was decided since this was last called: to be done, printed, written. */
  take(): Decided {
    return this.decided.take();
  }

  /** Whether there is anything to take. */
  get hasDecided(): boolean {
    return !this.decided.isEmpty;
  }

  /** Who is inside, or watched for a goal. */
  get enrolments(): readonly Enrolment[] {
    return [...this.inside.all()];
  }

  /** The instant at which this customer's next timer falls due. */
  nextWake(): Instant | undefined {
    return this.inside.nextWake(this.facts.paused);
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
    const before = this.inside.concernedBy(event);
    if (before.length > 0)
      for (const kind of ['exits', 'goals', 'waits'] as const) this.stirAll(before, { kind, event }, now);
    for (const journey of this.journeys.startedBy(event.type)) this.tryTriggers(journey, event, now);
  }

  /** A reply is taken by the first of: an opt-out or opt-in word, an open question, waits; else it may start journeys. */
  private decideReply(event: HistoryEvent, now: Instant): void {
    const before = this.inside.concernedBy(undefined);
    const channel = event.data['channel'] as ChannelName;
    if (this.asksAnyReply()) this.stirAll(before, { kind: 'wrote', channel }, now);
    for (const kind of ['exits', 'goals'] as const) this.stirAll(before, { kind, event }, now);
    if (replyWord(event, this.facts.workspace.policy) !== undefined) return;
    const asks = openAsks(this.inside.all(), this.journeys, channel);
    const taken = firstAnswered(asks, event);
    if (taken !== undefined)
      return void this.stir(idOf(taken.enrolment), { kind: 'reply', event, answer: taken.answer }, now);
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
    return this.enrolments.some((enrolment) => sendsByReply(this.journeys.of(enrolment)));
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
    this.record(undefined, expiredCredit(this.facts, now));
  }

  /** What became of a message, on the channel that took it or failed last: caps and costs, and a step that waits for it. */
  settle({ journey, enrolment, message, result, channel, failedOn, cost }: MessageOutcome, now: Instant): void {
    if (result === 'accepted' || result === 'failed') this.apply([{ kind: 'settled', message, result, cost }]);
    const id = idOf({ journey, seq: enrolment });
    // Most messages are waited for by no step.
    if (this.inside.get(id)?.state.awaits !== message) return;
    this.stir(id, { kind: 'outcome', message, result, channel, failedOn }, now);
  }

  /** What a web hook answered. */
  answerWebhook({ journey, key, enrolment, step, url, awaited }: Answered, answer: WebhookAnswer, now: Instant): void {
    // One that nobody waits for has been told of in its place; that of an enrolment that was left meanwhile is not told.
    if (!awaited || this.inside.get(idOf({ journey, seq: enrolment }))?.status !== 'active') return;
    const { id: customer } = this.facts.customer;
    const line: Trace = { at: now, customer, journey, key, step, kind: 'webhook', url, status: answer.status };
    this.decided.say(line);
    const { clock, witness } = this.facts;
    witness?.turns({ at: now, journey, key, enrolment, stimulus: 'webhook', clock });
    witness?.said(line, enrolment);
    this.stir(idOf({ journey, seq: enrolment }), { kind: 'webhook', step, ...answer }, now);
  }

  /** Timers that fell due before `limit`, oldest first; what they make due before it as well. */
  decideTimers(limit: Instant, now: (due: Instant) => Instant): void {
    while (this.decideTimer(limit, now));
  }

  /** The first of the timers that fell due before `limit`; false where none did. */
  decideTimer(limit: Instant, now: (due: Instant) => Instant): boolean {
    const due = this.inside.firstDue(limit, this.facts.paused);
    if (due === undefined) return false;
    this.stir(idOf(due), { kind: 'timer' }, now(due.wakeAt ?? limit));
    if (this.inside.get(idOf(due)) === due) throw new Error(`a timer of journey ${due.journey} does not come to rest`);
    return true;
  }

  /** People inside are as the files in force now have it, where these say so (`on_change`). */
  changeFiles(now: Instant): void {
    for (const id of this.inside.concernedBy(undefined)) {
      const enrolment = this.inside.get(id);
      const current = enrolment && this.journeys.successorOf(enrolment);
      if (enrolment === undefined || current === undefined) continue;
      const decision = changeTo(current, this.journeys.of(enrolment), enrolment, this.facts, now);
      if (decision !== undefined) this.record(enrolment, decision);
    }
  }

  /** These end: the customer is somebody else as well, who was inside before. */
  leaveMerged(which: readonly Enrolment[], now: Instant): void {
    for (const one of which) {
      const enrolment = this.inside.get(idOf(one));
      if (enrolment !== undefined)
        this.record(enrolment, leaveMerged(this.journeys.of(enrolment), enrolment, this.facts, now));
    }
  }

  /** Another desk's customer is this one as well, and nobody is inside twice: all goes on here, with this history of both. */
  takeOver(other: CustomerDesk, history: History): void {
    const { customer, seq, witness } = this.facts;
    this.inside.takeOver(other.inside, (enrolment) => {
      const moved = movedEnrolment(enrolment, customer.id, seq);
      witness?.stands(moved);
      return moved;
    });
    this.decided.takeOver(other.decided, seq);
    this.facts = mergedFacts(other.facts, this.facts, history);
    // Nothing falls due there any more.
    other.facts = { ...other.facts, credit: emptyBook };
  }

  /** Whether a message may fall back from the channel of that number to a next one: it is tested again. */
  mayFallBack(message: Queue, tried: number, now: Instant): FallBack {
    const { journey, key, enrolment } = message;
    if (this.decided.hasTakenBack(journey, enrolment)) return { kind: 'stop' };
    const { clock, witness } = this.facts;
    witness?.turns({ at: now, journey, key, enrolment, stimulus: 'fall_back', clock });
    return fallBack(this.facts, message, tried, this.journeys.named(journey)?.policy, now);
  }

  /** Whether a wait was met. */
  private stirAll(ids: readonly string[], stimulus: Inner, now: Instant): boolean {
    let met = false;
    for (const id of ids) if (this.stir(id, stimulus, now)) met = true;
    return met;
  }

  private stir(id: string, stimulus: Inner, now: Instant): boolean {
    const enrolment = this.inside.get(id);
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
    const key = this.keyOf(journey, opening, now);
    const inside = this.inside.active(journey.name, key);
    if (inside !== undefined && this.restarts(journey, inside, opening, now)) return true;
    const lastExit = this.inside.lastExit(journey.name, key);
    const decision = advance(journey, inside, { ...opening, lastExit }, this.facts, now);
    this.record(inside, decision);
    if (decision.updates === true && inside !== undefined) this.update(inside, journey, opening, now);
    return decision.enrolment?.status === 'active' || decision.trace.some(({ kind }) => kind === 'entered');
  }

  private keyOf(journey: Journey, opening: Opening, now: Instant): string | undefined {
    if (journey.about === undefined) return undefined;
    const [cue] = cuesOf(journey, opening);
    return cue && entryKey(journey, cue, this.facts, now);
  }

  private update(inside: Enrolment, journey: Journey, opening: Opening, now: Instant): void {
    const [cue] = cuesOf(journey, opening);
    if (cue !== undefined) this.stir(idOf(inside), { kind: 'update', data: cue.data }, now);
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

  private record(before: Enrolment | undefined, { enrolment, effects, trace }: Decision): void {
    for (const line of trace) this.decided.say(line);
    if (effects.length > 0) this.apply(effects);
    if (enrolment === undefined || enrolment === before) return;
    this.decided.touch(enrolment);
    this.inside.put(enrolment);
  }

  private apply(effects: readonly Effect[]): void {
    this.facts = fold(this.facts, effects);
    this.decided.add(effects);
  }
}
