import { isTrue } from '../domain/expression/expression.js';
import { viewOf } from '../domain/journey/facts.js';
import { scopeOf } from '../domain/journey/standing.js';
import type { Json } from '../domain/json.js';
import type { Instant } from '../domain/time/instant.js';
import { compareText } from '../domain/yaml/problems.js';
import type { Agenda, Item } from './agenda.js';
import { outside, type Chain } from './chain.js';
import type { Population } from './population.js';
import type { DueStart, Schedules, StartItem } from './schedules.js';
import type { SimulatedCustomer } from './simulated-customer.js';

/** Who lets follow what a start has decided. */
export interface StartHost {
  finish(customer: SimulatedCustomer, now: Instant, chain: Chain): void;
  /** All that has fallen due by now and goes before the next start. */
  catchUp(now: Instant): void;
}

/** Starts whose instant has come: of schedules, of customers' own dates, of launches. */
export class Starts {
  constructor(
    private readonly schedules: Schedules,
    private readonly agenda: Agenda<Item | StartItem>,
    private readonly population: Population,
    private readonly host: StartHost,
  ) {}

  /** Of one journey and instant by customer, whatever their triggers; what one makes due at once goes before the next. */
  run(first: StartItem): void {
    const { at } = first;
    const due = this.takeAll(first);
    const starts = due.flatMap((start) => this.peopleOf(start).map((who) => ({ who, start })));
    if (due.length > 1) starts.sort((a, b) => compareText(a.who.id, b.who.id) || a.start.number - b.start.number);
    for (const { who, start } of starts) {
      // Whoever was merged meanwhile has no start of their own any more.
      if (who.gone !== undefined || !isLaunchedFor(who, start, at)) continue;
      who.desk.start(start.journey, start.start, at);
      // Most of those whom a schedule looks at are outside its audience.
      if (!who.desk.hasDecided) continue;
      this.host.finish(who, at, outside);
      this.host.catchUp(at);
    }
  }

  /** All of the same journey and instant. */
  private takeAll(first: StartItem): readonly DueStart[] {
    const due: DueStart[] = [];
    for (let item: StartItem | undefined = first; item !== undefined; item = this.next(first)) {
      const start = this.schedules.take(item);
      if (start !== undefined) due.push(start);
    }
    return due;
  }

  private next({ at, journey }: StartItem): StartItem | undefined {
    const { first } = this.agenda;
    if (!isStart(first) || first.at !== at || first.journey !== journey) return undefined;
    this.agenda.take();
    return first;
  }

  private peopleOf({ who, zone }: DueStart): readonly SimulatedCustomer[] {
    if (who !== undefined) return [who];
    const all = this.population.inOrder();
    return zone === undefined ? all : all.filter(({ desk }) => desk.facts.clock.zone === zone);
  }
}

function isStart(item: Item | StartItem | undefined): item is StartItem {
  return item?.kind === 'start';
}

function isLaunchedFor({ desk: { facts } }: SimulatedCustomer, { launch }: DueStart, now: Instant): boolean {
  const condition = launch?.audience?.condition;
  if (condition === undefined) return true;
  return isTrue(condition, scopeOf(facts, { customer: viewOf(facts.customer) as Json }, now));
}
