import { SecondNames } from './second-names.js';
import type { SimulatedEvent } from './simulation.js';

type Identity = Pick<SimulatedEvent, 'source' | 'id'>;

/** All events so far, each by its customer, source and id. One table for all: a small one each would be larger together. */
export class SeenEvents {
  private readonly bySource = new Map<string, Map<string, string | Set<string>>>();

  /** What is noted under a second name was seen by whoever goes by it. */
  constructor(private readonly names = new SecondNames()) {}

  /** Whether it is another event of that customer than all before; asked once for each. */
  isNew({ source, id, customer: subject }: Identity & Pick<SimulatedEvent, 'customer'>, customer = subject): boolean {
    const ids = this.idsOf(source);
    const before = ids.get(id);
    if (before === undefined) {
      ids.set(id, customer);
      return true;
    }
    if (this.isAmong(before, customer)) return false;
    (typeof before === 'string' ? setOf(before, ids, id) : before).add(customer);
    return true;
  }

  has({ source, id }: Identity, customer: string): boolean {
    const before = this.bySource.get(source)?.get(id);
    return before !== undefined && this.isAmong(before, customer);
  }

  private isAmong(before: string | Set<string>, customer: string): boolean {
    if (typeof before === 'string') return this.names.of(before) === customer;
    return before.has(customer) || (this.names.areAny && [...before].some((one) => this.names.of(one) === customer));
  }

  private idsOf(source: string): Map<string, string | Set<string>> {
    const known = this.bySource.get(source);
    if (known !== undefined) return known;
    const ids = new Map<string, string | Set<string>>();
    this.bySource.set(source, ids);
    return ids;
  }
}

/** Few ids are those of several customers' events. */
function setOf(customer: string, ids: Map<string, string | Set<string>>, id: string): Set<string> {
  const customers = new Set([customer]);
  ids.set(id, customers);
  return customers;
}
