import type { Customer } from '../domain/customer.js';
import { JournalHistory } from '../domain/expression/journal-history.js';
import type { HistoryEvent } from '../domain/expression/scope.js';
import { CustomerDesk } from '../domain/journey/customer-desk.js';
import type { LastExit } from '../domain/journey/customer-enrolments.js';
import type { OwnEffectsOf } from '../domain/journey/event-effects.js';
import { makeFacts, withContacts, withHistory, type Facts, type MoreFacts } from '../domain/journey/facts.js';
import type { JourneySet } from '../domain/journey/journey-set.js';
import type { Json } from '../domain/json.js';
import type { Due } from '../domain/schedule/due.js';
import type { Instant } from '../domain/time/instant.js';
import type { Workspace } from '../domain/workspace.js';
import { attemptOf, byTurn, movedFallback, type Fallback } from './deliveries.js';
import type { KeptContacts } from './kept-contacts.js';
import type { SimulatedEvent } from './simulation.js';

/** One customer in memory: their desk, their events, and what is on the agenda for them. */
export class SimulatedCustomer {
  readonly id: string;
  readonly desk: CustomerDesk;
  /** Messages whose next channel is tried at an instant, the first at the head. */
  readonly fallbacks: Fallback[] = [];
  /** The start that each trigger of their own has coming, by the trigger's number. */
  readonly dues: (Due | undefined)[] = [];
  /** The last instant of each of these that has had its chance. */
  readonly done: (Instant | undefined)[] = [];
  /** What was known when these were last looked at. */
  planned: Facts | undefined;
  /** What is on the agenda, so that it is not added twice. */
  wake: Instant | undefined;
  expiry: Instant | undefined;
  /** Whom they were merged into, and how far that one's decision numbers were ahead. */
  gone: { readonly into: SimulatedCustomer; readonly by: number } | undefined;
  private readonly journal = new JournalHistory();

  constructor(
    workspace: Workspace,
    journeys: JourneySet,
    own: OwnEffectsOf,
    customer: Customer,
    known: Pick<MoreFacts, 'others' | 'witness'>,
  ) {
    const facts = makeFacts(workspace, customer, this.journal, 0, known);
    this.id = customer.id;
    this.desk = new CustomerDesk(journeys, own, facts, [], noneBefore);
  }

  /** Whoever they are by now. */
  get current(): SimulatedCustomer {
    return this.gone?.into.current ?? this;
  }

  /** `forgotten`: nobody will ever ask for it. */
  decide(event: SimulatedEvent, forgotten = false): void {
    const decided = this.numbered(event);
    this.desk.decideEvent(decided, event.arrival);
    if (event.type === 'message.received') this.hasReadOn(event.data['channel']);
    if (!forgotten) this.journal.append(decided);
    this.desk.facts = withHistory(this.desk.facts, this.journal);
  }

  /** What came before the simulation begins is known, and starts nothing. */
  recall(event: SimulatedEvent): void {
    const decided = this.numbered(event);
    this.desk.recall(decided);
    this.journal.append(decided);
    this.desk.facts = withHistory(this.desk.facts, this.journal);
    this.desk.take();
  }

  /** The other is this one as well, whose decision numbers are ahead of theirs; `isCommon` tells the events that both have had. */
  takeOver(other: SimulatedCustomer, isCommon: (event: HistoryEvent) => boolean): void {
    const { seq: by } = this.desk.facts;
    for (const event of other.journal.all())
      if (!isCommon(event)) this.journal.append({ ...event, seq: event.seq + by });
    this.desk.takeOver(other.desk, this.journal);
    const moved = other.fallbacks.map((fallback) => movedFallback(fallback, this.id, by));
    this.fallbacks.splice(0, Infinity, ...[...this.fallbacks, ...moved].sort(byTurn));
    other.done.forEach((at, number) => {
      const own = this.done[number];
      if (own === undefined || (at ?? own) > own) this.done[number] = at;
    });
    other.leave(this, by);
  }

  /** Nothing falls due for them any more. */
  private leave(into: SimulatedCustomer, by: number): void {
    this.gone = { into, by };
    this.fallbacks.length = 0;
    this.dues.length = 0;
    this.wake = undefined;
    this.expiry = undefined;
  }

  /** Messages that nobody will ask about are gone. */
  forgetContacts(kept: KeptContacts, now: Instant): void {
    const { facts } = this.desk;
    const contacts = kept(facts.contacts, now);
    if (contacts !== facts.contacts) this.desk.facts = withContacts(facts, contacts);
  }

  /** When something of theirs falls due next: a timer, or the next channel of a message. */
  nextWake(): Instant | undefined {
    const timer = this.desk.nextWake();
    const fallback = this.fallbacks[0]?.at;
    return timer === undefined || (fallback !== undefined && fallback < timer) ? fallback : timer;
  }

  /** The message whose next channel is tried at that instant: it goes before timers, for it was mostly set before them. */
  takeFallback(at: Instant): Fallback | undefined {
    return this.fallbacks[0]?.at === at ? this.fallbacks.shift() : undefined;
  }

  /** Whoever writes on a channel reads there: what they were sent there waits for no receipt any more. */
  private hasReadOn(channel: Json | undefined): void {
    const waiting = this.fallbacks.filter(({ delivery }) => attemptOf(delivery).channel !== channel);
    this.fallbacks.splice(0, this.fallbacks.length, ...waiting);
  }

  /** A time later than the arrival is read as the arrival. */
  private numbered({ id, source, type, time, arrival, data }: SimulatedEvent): HistoryEvent {
    const seq = this.desk.facts.seq + 1;
    return { id, source, type, time: Math.min(time ?? arrival, arrival), arrival, seq, data };
  }
}

const noneBefore: LastExit = () => undefined;
