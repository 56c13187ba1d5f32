import type { Called, Queue, TraceDetail } from '../domain/journey/decision.js';
import { JourneySet } from '../domain/journey/journey-set.js';
import { mergeOf, type Merge } from '../domain/merging/merge-faults.js';
import type { Instant } from '../domain/time/instant.js';
import { Agenda, ranks, type Item } from './agenda.js';
import { askedTypes } from './asked-types.js';
import { listeners, startOf } from './broadcast.js';
import { mostDecisions, outside, type Chain } from './chain.js';
import { Consequences, type ConsequenceHost } from './consequences.js';
import { Deliveries, type DeliveryHost } from './deliveries.js';
import { keptContacts, type KeptContacts } from './kept-contacts.js';
import { Merging, type MergeHost } from './merging.js';
import { Narrator } from './narrator.js';
import { Population } from './population.js';
import { Schedules, type StartItem } from './schedules.js';
import { SeenEvents } from './seen-events.js';
import type { SimulatedCustomer } from './simulated-customer.js';
import type { SimulatedEvent, Simulation } from './simulation.js';
import { Starts, type StartHost } from './starts.js';

export type { Launch, SimulatedEvent, Simulation, WebhookResults } from './simulation.js';

/** Runs journeys over events on a virtual clock: the evaluator of production on a store in memory. */
export function simulate(simulation: Simulation): void {
  new Simulator(simulation).run();
}

/** Expiries and timers of one customer. */
interface OwnItem extends Item {
  readonly kind: 'expiry' | 'timer';
  readonly who: SimulatedCustomer;
}

class Simulator implements ConsequenceHost, DeliveryHost, MergeHost, StartHost {
  private readonly journeys: JourneySet;
  private readonly population: Population;
  private readonly agenda = new Agenda<OwnItem | StartItem>();
  private readonly schedules: Schedules;
  private readonly deliveries: Deliveries;
  private readonly asked: ReadonlySet<string>;
  private readonly kept: KeptContacts;
  private readonly seen: SeenEvents;
  private readonly merging: Merging;
  private readonly starts: Starts;
  private readonly narrator: Narrator;
  private readonly consequences = new Consequences(this);

  constructor(private readonly simulation: Simulation) {
    const { workspace, until } = simulation;
    this.journeys = new JourneySet(workspace.journeys);
    this.asked = askedTypes(workspace);
    this.kept = keptContacts(workspace);
    this.population = new Population(workspace, this.journeys, simulation.witness);
    this.seen = new SeenEvents(this.population.names);
    this.merging = new Merging(this.population, this.seen, this);
    this.schedules = new Schedules(workspace, this.agenda, until);
    this.deliveries = new Deliveries(simulation, this);
    this.starts = new Starts(this.schedules, this.agenda, this.population, this);
    this.narrator = new Narrator(simulation, this.population);
  }

  /** Everything in order of instant; of one instant credit runs out first, then come events, timers and starts. */
  run(): void {
    const { customers, until } = this.simulation;
    const events = [...this.simulation.events].sort((a, b) => a.arrival - b.arrival);
    const from = this.begin(events);
    for (const customer of customers) this.population.add(customer);
    const started = events.findIndex(({ arrival }) => arrival >= from);
    const history = started === -1 ? events : events.slice(0, started);
    for (const event of history) this.remember(event);
    this.load(from);
    for (const event of events.slice(history.length)) {
      if (event.arrival > until) break;
      this.runUntil(event.arrival, 'expiry');
      this.take(event);
    }
    this.runUntil(until, 'start');
  }

  private begin(events: readonly SimulatedEvent[]): Instant {
    const { from, launches = [], until } = this.simulation;
    const instants = [events[0]?.arrival ?? until, ...launches.map(({ at }) => at)];
    return from ?? instants.reduce((first, at) => Math.min(first, at));
  }

  private load(from: Instant): void {
    this.schedules.load(from, this.population.inOrder());
    for (const launch of this.simulation.launches ?? [])
      if (launch.at >= from)
        this.schedules.launch(launch, (message) => {
          this.warn(message);
        });
  }

  /** All that falls due before that instant, and at it what goes no later than that kind. */
  private runUntil(limit: Instant, last: Item['kind']): void {
    for (let item = this.agenda.first; item !== undefined; item = this.agenda.first) {
      const isDue = item.at < limit || (item.at === limit && ranks[item.kind] <= ranks[last]);
      if (!isDue) return;
      this.runNext();
    }
  }

  private runNext(): void {
    const item = this.agenda.take();
    if (item === undefined) return;
    if (item.kind === 'start') this.starts.run(item);
    else if (item.kind === 'expiry') this.expire(item.who, item.at);
    else this.wake(item.who, item.at);
  }

  private expire(customer: SimulatedCustomer, at: Instant): void {
    if (customer.expiry !== at) return;
    customer.expiry = undefined;
    customer.desk.expireCredit(at);
    this.finish(customer, at, outside);
  }

  /** One at a time: what it makes due at once, such as a receipt, goes before the next timer of the same instant. */
  private wake(customer: SimulatedCustomer, at: Instant): void {
    if (customer.wake !== at) return;
    customer.wake = undefined;
    const fallback = customer.takeFallback(at);
    if (fallback !== undefined) this.deliveries.fallBack(customer, fallback, at, outside);
    // What it was set for may have moved.
    else if (customer.desk.nextWake() === at) customer.desk.decideTimer(at + 1, (due) => due);
    this.finish(customer, at, outside);
  }

  catchUp(now: Instant): void {
    this.runUntil(now, 'timer');
  }

  find(id: string, now: Instant): SimulatedCustomer {
    const known = this.population.find(id);
    if (known !== undefined) return known;
    const added = this.population.add({ id, attributes: {}, consent: {}, closed: {} });
    this.schedules.join(added, now);
    return added;
  }

  private remember(event: SimulatedEvent): void {
    if (event.customer === '') return;
    const merge = mergeOf(event);
    const customer = merge ? this.merging.mergeUnlessDone(event, merge) : this.find(event.customer, event.arrival);
    if (customer !== undefined && this.seen.isNew(event, customer.id)) customer.recall(event);
  }

  private take(event: SimulatedEvent): void {
    if (event.customer === '') this.broadcast(event, outside);
    else this.receiveNew(event, outside);
  }

  private receiveNew(event: SimulatedEvent, chain: Chain): void {
    const merge = mergeOf(event);
    if (merge !== undefined) {
      this.consequences.together(event.arrival, () => {
        this.receiveMerge(event, merge, chain);
      });
      return;
    }
    const customer = this.find(event.customer, event.arrival);
    if (this.seen.isNew(event, customer.id)) this.receive(customer, event, chain);
  }

  /** It makes one of two customers, and is decided as one of whoever is left. */
  private receiveMerge(event: SimulatedEvent, merge: Merge, chain: Chain): void {
    const into = this.merging.mergeUnlessDone(event, merge);
    if (into !== undefined && this.seen.isNew(event, into.id)) this.receive(into, event, chain);
  }

  merged(from: string, into: SimulatedCustomer, now: Instant): void {
    this.replan(into);
    this.schedules.join(into, now);
    this.simulation.merged?.({ from, into: into.id });
  }

  receive({ current: customer }: SimulatedCustomer, event: SimulatedEvent, chain: Chain): void {
    if (chain.decisions > mostDecisions) {
      this.warn(`what follows at once from one event does not end; "${event.type}" of ${customer.id} is left out`);
      return;
    }
    customer.decide(event, !this.asked.has(event.type));
    this.finish(customer, event.arrival, chain, event.type);
  }

  /** Its triggers are tried on every customer; it is nobody's own, and joins no history. */
  private broadcast(event: SimulatedEvent, chain: Chain): void {
    const listening = listeners(event, this.journeys);
    for (const customer of this.population.inOrder()) {
      for (const { journey, trigger } of listening) {
        if (customer.gone !== undefined) continue;
        customer.desk.start(journey, startOf(trigger, event, customer.desk.facts.seq + 1), event.arrival);
        this.finish(customer, event.arrival, chain);
      }
    }
  }

  /** Prints what was decided, then lets follow at once what it makes due at once. */
  finish(customer: SimulatedCustomer, now: Instant, chain: Chain, type?: string): void {
    const { trace, effects } = customer.desk.take();
    for (const line of trace) this.narrator.print(line);
    if (effects.length > 0 || type !== undefined) this.population.changed(customer);
    this.replan(customer);
    this.schedules.follow(customer, now, type);
    if (effects.length === 0) return;
    this.consequences.of(customer, effects, now, chain);
    if (effects.some(({ kind }) => kind === 'queue')) customer.forgetContacts(this.kept, now);
  }

  private replan(customer: SimulatedCustomer): void {
    const wake = customer.nextWake();
    const expiry = customer.desk.nextExpiry();
    if (wake !== undefined && wake !== customer.wake) this.plan(customer, wake, 'timer');
    if (expiry !== undefined && expiry !== customer.expiry) this.plan(customer, expiry, 'expiry');
    customer.wake = wake;
    customer.expiry = expiry;
  }

  private plan(who: SimulatedCustomer, at: Instant, kind: OwnItem['kind']): void {
    this.agenda.add({ at, kind, journey: '', customer: who.id, who });
  }

  emit(event: SimulatedEvent, chain: Chain): void {
    if (this.simulation.workspace.catalogue.isBroadcast(event.type)) this.broadcast({ ...event, customer: '' }, chain);
    else this.receiveNew(event, chain);
  }

  deliver(customer: SimulatedCustomer, message: Queue, now: Instant, chain: Chain): void {
    this.deliveries.deliver(customer, message, now, chain);
  }

  answer(customer: SimulatedCustomer, call: Called, now: Instant, chain: Chain): void {
    const { status, body = null } = this.narrator.webhookResult(call.step);
    customer.desk.answerWebhook(call, { status, body }, now);
    this.finish(customer, now, chain);
  }

  tell(message: Queue, now: Instant, detail: TraceDetail): void {
    this.narrator.tell(message, now, detail);
  }

  warn(message: string): void {
    this.narrator.warn(message);
  }
}
