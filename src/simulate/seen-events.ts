import type { SimulatedEvent } from './simulation.js';

/** All events so far, each by its customer, source and id. One table for all: a small one each would be larger together. */
export class SeenEvents {
  private readonly bySource = new Map<string, Map<string, string | Set<string>>>();

  /** Whether it is another event than all before; asked once for each. */
  isNew({ source, id, customer }: Pick<SimulatedEvent, 'source' | 'id' | 'customer'>): boolean {
    const ids = this.idsOf(source);
    const before = ids.get(id);
    if (before === undefined) {
      ids.set(id, customer);
      return true;
    }
    if (before === customer) return false;
    return joins(customer, typeof before === 'string' ? setOf(before, ids, id) : before);
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

function joins(customer: string, customers: Set<string>): boolean {
  const before = customers.size;
  return customers.add(customer).size > before;
}
