import { balanceAt, findGrant, restAt } from '../credit/credit-book.js';
import type { Scope, Standing } from '../expression/scope.js';
import type { Json } from '../json.js';
import { costOf } from '../policy/contacts.js';
import type { Instant } from '../time/instant.js';
import type { Facts } from './facts.js';

/** A customer's credit, costs and place among all; `grants` are those of the present enrolment, by name. */
class CustomerStanding implements Standing {
  constructor(
    private readonly facts: Facts,
    private readonly now: Instant,
    private readonly grants: Readonly<Record<string, string>> | undefined,
  ) {}

  credit(): number {
    return balanceAt(this.facts.credit, this.now);
  }

  rest(name: string): number | undefined {
    const id = this.grants !== undefined && Object.hasOwn(this.grants, name) ? this.grants[name] : undefined;
    const grant = id === undefined ? undefined : findGrant(this.facts.credit, id);
    return grant && restAt(grant, this.now);
  }

  spent(from: Instant | undefined, to: Instant): number {
    return costOf(this.facts.contacts, from, to);
  }

  quintile(score: string): number | undefined {
    return this.facts.others.quintile(score, this.facts.customer.id, this.now);
  }
}

/** What expressions look at, with these names. */
export function scopeOf(
  facts: Facts,
  names: Readonly<Record<string, Json | undefined>>,
  now: Instant,
  grants?: Readonly<Record<string, string>>,
): Scope {
  const { clock, history } = facts;
  return { names, now, clock, history, standing: new CustomerStanding(facts, now, grants) };
}
