import { balanceAt, findGrant, restAt } from '../credit/credit-book.js';
import type { History, Scope, Standing } from '../expression/scope.js';
import type { Json } from '../json.js';
import { costOf } from '../policy/contacts.js';
import type { Clock, Instant } from '../time/instant.js';
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

type Names = Readonly<Record<string, Json | undefined>>;

/** What expressions look at. Most ask for a duration alone, so that the rest is gathered when one asks for it. */
class LazyScope implements Scope {
  readonly now: Instant;
  readonly clock: Clock;
  readonly history: History;
  private standingNow: Standing | undefined;

  constructor(
    private readonly facts: Facts,
    private gathered: Names | undefined,
    private readonly teller: Teller | undefined,
    now: Instant,
    private readonly grants: Readonly<Record<string, string>> | undefined,
  ) {
    this.now = now;
    this.clock = facts.clock;
    this.history = facts.history;
  }

  get names(): Names {
    return (this.gathered ??= this.teller?.names() ?? {});
  }

  get standing(): Standing {
    return (this.standingNow ??= new CustomerStanding(this.facts, this.now, this.grants));
  }
}

/** Who gathers the names once somebody asks for them. */
export interface Teller {
  names(): Names;
}

/** What expressions look at, with these names. */
export function scopeOf(facts: Facts, names: Names, now: Instant, grants?: Readonly<Record<string, string>>): Scope {
  return new LazyScope(facts, names, undefined, now, grants);
}

/** The same, with names that are gathered when they are asked for: what they are made of must not change till then. */
export function lazyScopeOf(
  facts: Facts,
  teller: Teller,
  now: Instant,
  grants: Readonly<Record<string, string>> | undefined,
): Scope {
  return new LazyScope(facts, undefined, teller, now, grants);
}
