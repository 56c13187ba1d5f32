import type { Customer } from '../domain/customer.js';
import { JournalHistory } from '../domain/expression/journal-history.js';
import type { HistoryEvent } from '../domain/expression/scope.js';
import { CustomerDesk } from '../domain/journey/customer-desk.js';
import { makeFacts, withHistory, type Facts, type MoreFacts } from '../domain/journey/facts.js';
import type { JourneySet } from '../domain/journey/journey-set.js';
import type { JsonObject } from '../domain/json.js';
import type { Due } from '../domain/schedule/due.js';
import type { Instant } from '../domain/time/instant.js';
import type { Workspace } from '../domain/workspace.js';
import type { Fallback } from './deliveries.js';
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
  private readonly journal = new JournalHistory();
  private readonly seen = new Set<string>();

  constructor(
    workspace: Workspace,
    journeys: JourneySet,
    customer: Customer,
    known: Pick<MoreFacts, 'others' | 'witness'>,
  ) {
    const own = { customerPatch: (data: JsonObject) => workspace.catalogue.checkCustomer(data).patch };
    const facts = makeFacts(workspace, customer, this.journal, 0, known);
    this.id = customer.id;
    this.desk = new CustomerDesk(journeys, own, facts, [], () => undefined);
  }

  /** Whether it is another event than all before; asked once for each. */
  isNew({ source, id }: Pick<SimulatedEvent, 'source' | 'id'>): boolean {
    const before = this.seen.size;
    return this.seen.add(`${source}\0${id}`).size > before;
  }

  /** `forgotten`: nobody will ever ask for it. */
  decide(event: SimulatedEvent, forgotten = false): void {
    const decided = this.numbered(event);
    this.desk.decideEvent(decided, event.arrival);
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

  /** A time later than the arrival is read as the arrival. */
  private numbered({ id, source, type, time, arrival, data }: SimulatedEvent): HistoryEvent {
    const seq = this.desk.facts.seq + 1;
    return { id, source, type, time: Math.min(time ?? arrival, arrival), arrival, seq, data };
  }
}
