import type { Customer } from '../domain/customer.js';
import type { Trace } from '../domain/journey/decision.js';
import type { OwnEffectsOf } from '../domain/journey/event-effects.js';
import type { Others } from '../domain/journey/facts.js';
import type { JourneySet } from '../domain/journey/journey-set.js';
import type { Instant } from '../domain/time/instant.js';
import type { Workspace } from '../domain/workspace.js';
import { compareText } from '../domain/yaml/problems.js';
import { Ranking } from './ranking.js';
import { SecondNames } from './second-names.js';
import { SimulatedCustomer } from './simulated-customer.js';
import type { Simulation } from './simulation.js';
import { Tally } from './tally.js';

/** All customers of a simulation, and what is known of them together. */
export class Population implements Others {
  /** Whose second names others are. */
  readonly names = new SecondNames();
  private readonly customers = new Map<string, SimulatedCustomer>();
  private readonly rankings = new Map<string, Ranking>();
  private readonly tally = new Tally();
  private readonly tasks = new Map<string, string>();
  private readonly own: OwnEffectsOf;
  private ordered: readonly SimulatedCustomer[] | undefined;

  constructor(
    private readonly workspace: Workspace,
    private readonly journeys: JourneySet,
    private readonly witnessOf?: Simulation['witness'],
  ) {
    this.own = { customerPatch: (data) => workspace.catalogue.checkCustomer(data).patch };
  }

  find(id: string): SimulatedCustomer | undefined {
    return this.customers.get(this.names.areAny ? this.names.of(id) : id);
  }

  add(customer: Customer): SimulatedCustomer {
    const added = new SimulatedCustomer(this.workspace, this.journeys, this.own, customer, {
      others: this,
      witness: this.witnessOf?.(customer.id),
    });
    this.customers.set(customer.id, added);
    this.ordered = undefined;
    this.changed(added);
    return added;
  }

  /** Of the two there is one. */
  merged(from: SimulatedCustomer, into: SimulatedCustomer): void {
    this.names.add(from.id, into.id);
    this.customers.delete(from.id);
    this.ordered = undefined;
    for (const ranking of this.rankings.values()) ranking.forget();
    this.changed(into);
  }

  /** By id, in code point order. */
  inOrder(): readonly SimulatedCustomer[] {
    this.ordered ??= [...this.customers.values()].sort((a, b) => compareText(a.id, b.id));
    return this.ordered;
  }

  /** Something was decided about them. */
  changed(customer: SimulatedCustomer): void {
    for (const ranking of this.rankings.values()) ranking.note(customer);
  }

  note(line: Trace): void {
    this.tally.note(line);
  }

  quintile(score: string, customer: string, now: Instant): number | undefined {
    const one = this.customers.get(customer);
    return one && this.rankingOf(score)?.quintile(one, now);
  }

  entries(journey: string, from: Instant | undefined, to: Instant): number {
    return this.tally.entries(journey, from, to);
  }

  granted(journey: string, from: Instant | undefined, to: Instant): number {
    return this.tally.granted(journey, from, to);
  }

  taskId(place: string): string {
    let id = this.tasks.get(place);
    if (id === undefined) this.tasks.set(place, (id = `task-${String(this.tasks.size + 1)}`));
    return id;
  }

  private rankingOf(name: string): Ranking | undefined {
    const known = this.rankings.get(name);
    const score = this.workspace.scores.get(name);
    if (known !== undefined || score === undefined) return known;
    const ranking = new Ranking(score, () => this.customers.values());
    this.rankings.set(name, ranking);
    return ranking;
  }
}
