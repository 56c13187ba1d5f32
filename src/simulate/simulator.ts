import { isTrue } from '../domain/expression/expression.js';
import type { Called, Emitted, Effect, Queue, Trace, TraceDetail } from '../domain/journey/decision.js';
import { viewOf } from '../domain/journey/facts.js';
import { JourneySet } from '../domain/journey/journey-set.js';
import { scopeOf } from '../domain/journey/standing.js';
import type { Json } from '../domain/json.js';
import { mergeOf, mergeType, type Merge } from '../domain/merging/merge-faults.js';
import type { Instant } from '../domain/time/instant.js';
import { compareText } from '../domain/yaml/problems.js';
import { Aftermath, asOfNow, type Leaving } from './aftermath.js';
import { Agenda, ranks, type Item } from './agenda.js';
import { askedTypes } from './asked-types.js';
import { listeners, startOf } from './broadcast.js';
import { emitted, further, mostDecisions, mostEmits, outside, type Chain } from './chain.js';
import { Deliveries, type DeliveryHost } from './deliveries.js';
import { keptContacts, type KeptContacts } from './kept-contacts.js';
import { Merging, type MergeHost } from './merging.js';
import { Population } from './population.js';
import { Schedules, type DueStart, type StartItem } from './schedules.js';
import { SeenEvents } from './seen-events.js';
import type { SimulatedCustomer } from './simulated-customer.js';
import type { SimulatedEvent, Simulation, WebhookResults } from './simulation.js';

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

class Simulator implements DeliveryHost, MergeHost {
  private readonly journeys: JourneySet;
  private readonly population: Population;
  private readonly agenda = new Agenda<OwnItem | StartItem>();
  private readonly schedules: Schedules;
  private readonly deliveries: Deliveries;
  private readonly asked: ReadonlySet<string>;
  private readonly kept: KeptContacts;
  private readonly seen: SeenEvents;
  private readonly merging: Merging;
  private readonly limited = new Set<string>();
  readonly warn: (message: string) => void;
  /** Of the event, timer or start that is being decided. */
  private aftermath: Aftermath | undefined;

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
    this.warn = simulation.warn ?? (() => undefined);
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
      if (launch.at >= from) this.schedules.launch(launch, this.warn);
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
    if (item.kind === 'start') {
      this.runStarts(item);
      return;
    }
    if (item.kind === 'expiry') this.expire(item.who, item.at);
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

  /** Of one journey and instant by customer, whatever their triggers; what one makes due at once goes before the next. */
  private runStarts(first: StartItem): void {
    const { at, journey } = first;
    const due: DueStart[] = [];
    for (let item: StartItem | undefined = first; item !== undefined; item = this.nextStart(at, journey)) {
      const start = this.schedules.take(item);
      if (start !== undefined) due.push(start);
    }
    const starts = due.flatMap((start) => this.peopleOf(start).map((who) => ({ who, start })));
    if (due.length > 1) starts.sort((a, b) => compareText(a.who.id, b.who.id) || a.start.number - b.start.number);
    for (const { who, start } of starts) {
      // Whoever was merged meanwhile has no start of their own any more.
      if (who.gone !== undefined || !isLaunchedFor(who, start, at)) continue;
      who.desk.start(start.journey, start.start, at);
      this.finish(who, at, outside);
      this.runUntil(at, 'timer');
    }
  }

  private nextStart(at: Instant, journey: string): StartItem | undefined {
    const next = this.agenda.first;
    if (next?.kind !== 'start' || next.at !== at || next.journey !== journey) return undefined;
    this.agenda.take();
    return next;
  }

  private peopleOf({ who, zone }: DueStart): readonly SimulatedCustomer[] {
    if (who !== undefined) return [who];
    const all = this.population.inOrder();
    return zone === undefined ? all : all.filter(({ desk }) => desk.facts.clock.zone === zone);
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
      this.together(event.arrival, () => {
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
    for (const line of trace) this.print(line);
    if (effects.length > 0 || type !== undefined) this.population.changed(customer);
    this.replan(customer);
    this.schedules.follow(customer, now, type);
    if (effects.length === 0) return;
    this.together(now, (aftermath) => {
      this.sort(customer, effects, now, further(chain), aftermath);
    });
    customer.forgetContacts(this.kept, now);
  }

  /** With all that follows of it at once, in the order of serving. */
  private together(now: Instant, decide: (aftermath: Aftermath) => void): void {
    if (this.aftermath !== undefined) {
      decide(this.aftermath);
      return;
    }
    const aftermath = new Aftermath();
    this.aftermath = aftermath;
    decide(aftermath);
    for (const passed of aftermath.allPassed()) this.emit(passed.effect, now, passed.chain);
    this.aftermath = undefined;
    for (const leaving of aftermath.left) this.follow(asOfNow(leaving), now);
  }

  private sort(
    customer: SimulatedCustomer,
    effects: readonly Effect[],
    now: Instant,
    chain: Chain,
    aftermath: Aftermath,
  ): void {
    for (const effect of effects)
      if (effect.kind === 'queue' || effect.kind === 'called') aftermath.leave({ customer, effect, chain });
    for (const effect of effects) {
      if (effect.kind !== 'emitted') continue;
      // Whether two are one is decided by itself.
      if (effect.subject === customer.id && effect.type !== mergeType) this.emit(effect, now, emitted(chain));
      else aftermath.pass({ effect, chain: emitted(chain) });
    }
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

  private follow({ customer, effect, chain }: Leaving, now: Instant): void {
    if (effect.kind === 'queue') this.deliveries.deliver(customer, effect, now, chain);
    else this.answer(customer, effect, now, chain);
  }

  private emit({ id, source, type, subject, data }: Emitted, now: Instant, chain: Chain): void {
    if (chain.emits > mostEmits) {
      this.warn(`a chain of more than ${String(mostEmits)} emits is cut: "${type}" (${id}) is not decided`);
      return;
    }
    const event = { id, source, type, customer: subject, time: now, arrival: now, data };
    if (this.simulation.workspace.catalogue.isBroadcast(type)) this.broadcast({ ...event, customer: '' }, chain);
    else this.receiveNew(event, chain);
  }

  private answer(customer: SimulatedCustomer, call: Called, now: Instant, chain: Chain): void {
    const { status, body = null } = this.webhookResult(call.step);
    customer.desk.answerWebhook(call, { status, body }, now);
    this.finish(customer, now, chain);
  }

  private webhookResult(step: string | undefined): WebhookResults[string] {
    return this.simulation.webhookResults?.[step ?? ''] ?? { status: 200 };
  }

  tell({ customer, journey, key, step }: Queue, now: Instant, detail: TraceDetail): void {
    this.print({ at: now, customer, journey, key, step, ...detail });
  }

  private print(line: Trace): void {
    this.population.note(line);
    if (line.kind === 'not_entered' && line.reason === 'limit') this.warnOfLimit(line.journey);
    const unanswered = line.kind === 'webhook' && line.status === undefined;
    this.simulation.print(unanswered ? { ...line, status: this.webhookResult(line.step).status } : line);
  }

  /** In production it would pause itself. */
  private warnOfLimit(journey: string): void {
    if (this.limited.has(journey)) return;
    this.limited.add(journey);
    this.warn(`journey "${journey}" has come to one of its limits; a running Peyk pauses it then`);
  }
}

function isLaunchedFor({ desk: { facts } }: SimulatedCustomer, { launch }: DueStart, now: Instant): boolean {
  const condition = launch?.audience?.condition;
  if (condition === undefined) return true;
  return isTrue(condition, scopeOf(facts, { customer: viewOf(facts.customer) as Json }, now));
}
