import type { Customer } from '../domain/customer.js';
import { JournalHistory } from '../domain/expression/journal-history.js';
import type { HistoryEvent } from '../domain/expression/scope.js';
import type { JsonObject } from '../domain/json.js';
import { CustomerDesk } from '../domain/journey/customer-desk.js';
import type { Attempt, Queue, Trace, TraceDetail } from '../domain/journey/decision.js';
import { makeFacts } from '../domain/journey/facts.js';
import { JourneySet } from '../domain/journey/journey-set.js';
import { sentDetail } from '../domain/journey/steps/send.js';
import type { ChannelName } from '../domain/message/message.js';
import type { Instant } from '../domain/time/instant.js';
import type { Workspace } from '../domain/workspace.js';
import type { IncomingEvent } from '../intake/intake.js';
import { TimerQueue } from './timer-queue.js';

export interface SimulatedEvent extends IncomingEvent {
  /** When it arrives; its own time may be earlier. */
  readonly arrival: Instant;
}

export interface Simulation {
  readonly workspace: Workspace;
  readonly customers: readonly Customer[];
  readonly events: readonly SimulatedEvent[];
  /** Both included. Events that arrive before `from` are history: they start nothing. */
  readonly from: Instant | undefined;
  readonly until: Instant;
  /** What becomes of a channel's messages, where it is not a delivery. */
  readonly channelResults: Readonly<Partial<Record<ChannelName, 'failed' | 'silent'>>>;
  readonly print: (line: Trace) => void;
}

/** Runs journeys over events on a virtual clock: the evaluator of production on a store in memory. */
export function simulate(simulation: Simulation): void {
  new Simulator(simulation).run();
}

interface Simulated {
  readonly desk: CustomerDesk;
  readonly journal: JournalHistory;
  readonly seen: Set<string>;
  readonly lastExits: Map<string, Instant>;
}

class Simulator {
  private readonly journeys: JourneySet;
  private readonly customers = new Map<string, Simulated>();
  private readonly timers = new TimerQueue();
  private messages = 0;

  constructor(private readonly simulation: Simulation) {
    this.journeys = new JourneySet(simulation.workspace.journeys);
    for (const customer of simulation.customers) this.customers.set(customer.id, this.open(customer));
  }

  /** Everything in order of instant; of one instant events go first, then timers. */
  run(): void {
    const events = [...this.simulation.events].sort((a, b) => a.arrival - b.arrival);
    const from = this.simulation.from ?? events[0]?.arrival ?? this.simulation.until;
    for (const event of events) {
      if (event.arrival > this.simulation.until) break;
      this.runTimers(event.arrival);
      this.receive(event, event.arrival >= from);
    }
    this.runTimers(this.simulation.until + 1);
  }

  private open(customer: Customer): Simulated {
    const journal = new JournalHistory();
    const lastExits = new Map<string, Instant>();
    const lastExit = (journey: string, key: string | undefined): Instant | undefined =>
      lastExits.get(exitKey(journey, key));
    const facts = makeFacts(this.simulation.workspace, customer, journal, 0);
    const own = { customerPatch: (data: JsonObject) => this.simulation.workspace.catalogue.checkCustomer(data).patch };
    return { desk: new CustomerDesk(this.journeys, own, facts, [], lastExit), journal, seen: new Set(), lastExits };
  }

  private find(id: string): Simulated {
    let customer = this.customers.get(id);
    if (customer === undefined) {
      customer = this.open({ id, attributes: {}, consent: {}, closed: {} });
      this.customers.set(id, customer);
    }
    return customer;
  }

  private runTimers(limit: Instant): void {
    for (let timer = this.timers.first; timer !== undefined && timer.at < limit; timer = this.timers.first) {
      this.timers.take();
      const customer = this.find(timer.customer);
      // A timer that has moved is in the queue a second time.
      if (customer.desk.nextWake() !== timer.at) continue;
      // One at a time: what it makes due at once, such as a receipt, goes before the next timer of the same instant.
      customer.desk.decideTimer(timer.at + 1, (due) => due);
      this.finish(customer, timer.at);
    }
  }

  private receive(event: SimulatedEvent, started: boolean): void {
    const customer = this.find(event.customer);
    const identity = `${event.source}\0${event.id}`;
    if (customer.seen.has(identity)) return;
    customer.seen.add(identity);
    this.decide(customer, event, started);
  }

  /** What came before the simulation begins is known, and starts nothing. */
  private decide(customer: Simulated, event: SimulatedEvent, started: boolean): void {
    const { desk, journal } = customer;
    const decided = numbered(event, desk.facts.seq + 1);
    if (started) desk.decideEvent(decided, event.arrival);
    else desk.recall(decided);
    journal.append(decided);
    desk.facts = { ...desk.facts, history: journal };
    this.finish(customer, event.arrival);
  }

  /** Prints what was decided, then lets follow at once what it makes due at once: what becomes of its messages. */
  private finish(customer: Simulated, now: Instant): void {
    const { trace, effects } = customer.desk.take();
    for (const line of trace) this.note(customer, line);
    const next = customer.desk.nextWake();
    if (next !== undefined) this.timers.add(next, customer.desk.facts.customer.id);
    for (const effect of effects) if (effect.kind === 'queue') this.deliver(customer, effect, now);
  }

  private note(customer: Simulated, line: Trace): void {
    if (line.kind === 'exited') customer.lastExits.set(exitKey(line.journey, line.key), line.at);
    this.simulation.print(line);
  }

  /** Each channel is tried in its order until one does not fail; an exit or a withdrawal stops that. */
  private deliver(customer: Simulated, message: Queue, now: Instant): void {
    this.messages += 1;
    const id = `message-${String(this.messages)}`;
    for (const attempt of message.attempts) {
      const first = attempt === message.attempts[0];
      if (!first && !customer.desk.mayStillLeave(message)) return;
      if (!first) this.tell(message, now, sentDetail(message.template, attempt));
      if (this.simulation.channelResults[attempt.channel] === 'silent') return;
      if (this.simulation.channelResults[attempt.channel] === undefined) {
        this.receipt(customer, message, attempt, id, 'message.delivered', now);
        return;
      }
      this.tell(message, now, failedDetail(message, attempt));
      this.receipt(customer, message, attempt, id, 'message.failed', now);
    }
  }

  private tell(message: Queue, now: Instant, detail: TraceDetail): void {
    const { customer, journey, key, step } = message;
    this.simulation.print({ at: now, customer, journey, key, step, ...detail });
  }

  /** A receipt is an event like any other. */
  private receipt(customer: Simulated, message: Queue, attempt: Attempt, id: string, type: string, now: Instant): void {
    const data = { message_id: id, journey: message.journey, template: message.template, channel: attempt.channel };
    const event = { id: `${id}/${attempt.channel}/${type}`, source: '/messages', type, customer: message.customer };
    this.decide(customer, { ...event, time: now, arrival: now, data }, true);
  }
}

function failedDetail({ template }: Queue, { channel }: Attempt): TraceDetail {
  return { kind: 'failed', template, channel, reason: 'failed' };
}

/** A time later than the arrival is read as the arrival. */
function numbered({ id, source, type, time, arrival, data }: SimulatedEvent, seq: number): HistoryEvent {
  return { id, source, type, time: Math.min(time ?? arrival, arrival), arrival, seq, data };
}

function exitKey(journey: string, key: string | undefined): string {
  return key === undefined ? journey : `${journey}\0${key}`;
}
