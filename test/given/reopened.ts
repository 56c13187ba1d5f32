import { JournalHistory } from '../../src/domain/expression/journal-history.js';
import type { HistoryEvent } from '../../src/domain/expression/scope.js';
import { CustomerDesk } from '../../src/domain/journey/customer-desk.js';
import type { Enrolment } from '../../src/domain/journey/enrolment.js';
import { makeFacts, type Facts } from '../../src/domain/journey/facts.js';
import { JourneySet } from '../../src/domain/journey/journey-set.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { Workspace } from '../../src/domain/workspace.js';
import { SimulatedCustomer } from '../../src/simulate/simulated-customer.js';

/** All enrolments of a desk, as a store would keep them. */
type Kept = Map<string, string>;

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * Runs a simulation in which nobody remembers anything but JSON: at each decision for which `isCut` holds, the customer's
 * desk is closed, and another one opened on copies of enrolments, events, credit and contacts.
 */
export function reopened<T>(workspace: Workspace, isCut: (decision: number) => boolean, run: () => T): T {
  const kept = new WeakMap<CustomerDesk, Kept>();
  const journeys = new JourneySet(workspace.journeys);
  let decisions = 0;
  const keepAll = (desk: CustomerDesk, enrolments: readonly Enrolment[]): void => {
    const all: Kept = kept.get(desk) ?? new Map<string, string>();
    for (const one of enrolments) all.set(`${one.journey}/${String(one.seq)}`, JSON.stringify(one));
    kept.set(desk, all);
  };
  const openAnew = (customer: SimulatedCustomer): void => {
    decisions += 1;
    if (!isCut(decisions)) return;
    const all = kept.get(customer.desk) ?? new Map<string, string>();
    const desk = deskOf(workspace, journeys, customer, all);
    kept.set(desk, all);
    Object.assign(customer, { desk, journal: desk.facts.history });
  };
  return patched(keepAll, openAnew, run);
}

/** A decision is over when the simulator asks for the next timer. */
function patched<T>(
  keep: (desk: CustomerDesk, enrolments: readonly Enrolment[]) => void,
  open: (customer: SimulatedCustomer) => void,
  run: () => T,
): T {
  const [desks, customers] = [CustomerDesk.prototype, SimulatedCustomer.prototype];
  const [take, nextWake] = [Reflect.get(desks, 'take'), Reflect.get(customers, 'nextWake')];
  desks.take = function (this: CustomerDesk) {
    const decided = take.call(this);
    keep(this, decided.enrolments);
    return decided;
  };
  customers.nextWake = function (this: SimulatedCustomer) {
    open(this);
    return nextWake.call(this);
  };
  try {
    return run();
  } finally {
    desks.take = take;
    customers.nextWake = nextWake;
  }
}

function deskOf(
  workspace: Workspace,
  journeys: JourneySet,
  { desk: { facts } }: SimulatedCustomer,
  kept: Kept,
): CustomerDesk {
  const enrolments = [...kept.values()].map((json) => JSON.parse(json) as Enrolment);
  const own = { customerPatch: (data: JsonObject) => workspace.catalogue.checkCustomer(data).patch };
  const live = enrolments.filter(({ status }) => status !== 'ended');
  return new CustomerDesk(journeys, own, factsOf(workspace, facts), live, (journey, key) =>
    lastExit(enrolments, journey, key),
  );
}

function lastExit(enrolments: readonly Enrolment[], journey: string, key: string | undefined): number | undefined {
  const ends = enrolments
    .filter((one) => one.journey === journey && one.key === key)
    .flatMap(({ endedAt }) => endedAt ?? []);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

function factsOf(workspace: Workspace, { customer, history, seq, credit, contacts, others }: Facts): Facts {
  const grants = copyOf(credit.grants).map((grant) => ({ ...grant, key: grant.key, expiresAt: grant.expiresAt }));
  const references = new Set(copyOf([...credit.references]));
  return makeFacts(workspace, copyOf(customer), journalOf(history), seq, {
    credit: { grants, references },
    contacts: copyOf(contacts),
    others,
  });
}

/** Its events, in the order in which they stand there. */
function journalOf(history: Facts['history']): JournalHistory {
  const byType = Reflect.get(history, 'byType') as ReadonlyMap<string, readonly HistoryEvent[]>;
  const journal = new JournalHistory();
  for (const event of copyOf([...byType.values()].flat())) journal.append(event);
  return journal;
}
