import type { Score } from '../domain/audience/audience.js';
import { viewOf } from '../domain/journey/facts.js';
import { scopeOf } from '../domain/journey/standing.js';
import type { Json } from '../domain/json.js';
import type { Instant } from '../domain/time/instant.js';
import { compareText } from '../domain/yaml/problems.js';
import type { SimulatedCustomer } from './simulated-customer.js';

interface Ranked {
  readonly id: string;
  readonly value: number;
}

/** All customers by one score at one instant; those of whom it is unknown are not among them. */
export class Ranking {
  private places: Ranked[] = [];
  private readonly known = new Map<string, Ranked>();
  private readonly changed = new Set<SimulatedCustomer>();
  private at: Instant | undefined;

  constructor(
    private readonly score: Score,
    private readonly everybody: () => Iterable<SimulatedCustomer>,
  ) {}

  /** Something about them is not as it was. */
  note(customer: SimulatedCustomer): void {
    if (this.at !== undefined) this.changed.add(customer);
  }

  /** There are others than before: all are ranked anew when it is next asked. */
  forget(): void {
    this.at = undefined;
  }

  /** 1 (the least) to 5. */
  quintile(customer: SimulatedCustomer, now: Instant): number | undefined {
    if (this.at !== now) this.rankAnew(now);
    this.changed.add(customer);
    for (const one of this.changed) this.move(one, now);
    this.changed.clear();
    const own = this.known.get(customer.id);
    return own && Math.floor((5 * this.placeOf(own)) / this.places.length) + 1;
  }

  private rankAnew(now: Instant): void {
    this.at = now;
    this.changed.clear();
    this.known.clear();
    for (const customer of this.everybody()) {
      const ranked = this.rank(customer, now);
      if (ranked !== undefined) this.known.set(customer.id, ranked);
    }
    this.places = [...this.known.values()].sort(compareRanked);
  }

  private move(customer: SimulatedCustomer, now: Instant): void {
    const [before, after] = [this.known.get(customer.id), this.rank(customer, now)];
    if (before?.value === after?.value) return;
    if (before !== undefined) this.places.splice(this.placeOf(before), 1);
    this.known.delete(customer.id);
    if (after === undefined) return;
    this.places.splice(this.placeOf(after), 0, after);
    this.known.set(customer.id, after);
  }

  private rank({ id, desk: { facts } }: SimulatedCustomer, now: Instant): Ranked | undefined {
    const value = this.score.value.evaluate(scopeOf(facts, { customer: viewOf(facts.customer) as Json }, now));
    return typeof value === 'number' ? { id, value } : undefined;
  }

  /** How many stand below. */
  private placeOf(ranked: Ranked): number {
    let [low, high] = [0, this.places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.places[middle];
      if (other !== undefined && compareRanked(other, ranked) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compareRanked(a: Ranked, b: Ranked): number {
  return a.value - b.value || compareText(a.id, b.id);
}
